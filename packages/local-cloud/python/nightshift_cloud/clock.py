"""Time in the local cloud. It passes `scale` times as fast as real time, so that ten minutes of AWS can take ten seconds.

Timestamps of the API are real times; only waiting is shorter. State that changes without a call changes in a tick. Ticks and API
calls hold `lock`, so that neither sees a half-finished change of the other."""

from __future__ import annotations

import os
import threading
import time
import traceback
from collections.abc import Callable
from typing import Any

# Real seconds between two ticks.
TICK = 0.1


class Clock:
    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.ticks: list[Callable[[], Any]] = []
        self.thread: threading.Thread | None = None
        self.reset()

    def reset(self) -> None:
        # Seconds of AWS that pass in a real second.
        self.scale = float(os.environ.get("NIGHTSHIFT_TIME_SCALE", "60"))
        # Tests replace the time source, or stop the ticks.
        self.now: Callable[[], float] = time.time
        self.paused = False

    def seconds(self, aws_seconds: float) -> float:
        """Converts seconds of AWS to real seconds."""
        return aws_seconds / self.scale

    def passed_since(self, moment: float) -> float:
        """Returns the seconds of AWS since a value of `now()`."""
        return (self.now() - moment) * self.scale

    def on_tick(self, function: Callable[[], Any]) -> Callable[[], Any]:
        """Calls the decorated function in each tick."""
        self.ticks.append(function)
        return function

    def start(self) -> None:
        if self.thread is None:
            self.thread = threading.Thread(target=self.run, name="clock", daemon=True)
            self.thread.start()

    def run(self) -> None:
        while True:
            self.tick()
            time.sleep(TICK)

    def tick(self) -> None:
        """Calls every function. A failure of one is logged; the function is called again in the next tick."""
        for function in list(self.ticks):
            with self.lock:
                if self.paused:
                    return
                try:
                    function()
                except Exception:
                    traceback.print_exc()
