"""Time in the local cloud: it passes `scale` times as fast as on the wall, so that ten minutes of AWS can be ten seconds.

The API's timestamps are those of the wall: only what is waited for is shorter. Whatever changes by itself does so in a tick.
Ticks and API calls hold `lock`, so that they never see each other's work half done."""

from __future__ import annotations

import os
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from moto.moto_api._internal.models import MotoAPIBackend

from .extending import wraps

if TYPE_CHECKING:
    from moto.core.base_backend import BackendDict

# Real seconds between two looks at what is due.
TICK = 0.1

lock = threading.RLock()
# Seconds of AWS that pass in a real second.
scale = float(os.environ.get("NIGHTSHIFT_TIME_SCALE", "60"))


def now() -> float:
    """Of the wall, in seconds since 1970: what the API's timestamps say."""
    return time.time()


def seconds(aws_seconds: float) -> float:
    """How long these seconds of AWS take here."""
    return aws_seconds / scale


def passed_since(moment: float) -> float:
    """How many seconds of AWS have passed since a moment of `now()`."""
    return (now() - moment) * scale


@dataclass
class TickFunction:
    real_seconds: float
    function: Callable[[], Any]
    due: float = 0.0


class Ticking:
    """Functions that are called again and again by one thread, each with the lock held."""

    def __init__(self) -> None:
        self.functions: list[TickFunction] = []
        self.thread: threading.Thread | None = None

    def add(self, real_seconds: float, function: Callable[..., Any]) -> None:
        self.functions.append(TickFunction(real_seconds, function))

    def start(self) -> None:
        if self.thread is None:
            self.thread = threading.Thread(target=self.run, name="clock", daemon=True)
            self.thread.start()

    def run(self) -> None:
        while True:
            self.tick(time.monotonic())
            time.sleep(TICK)

    def tick(self, moment: float) -> None:
        """Calls what is due. A function that fails is logged and called again."""
        for entry in list(self.functions):
            if moment < entry.due:
                continue
            entry.due = moment + entry.real_seconds - TICK / 2
            try:
                with lock:
                    entry.function()
            except Exception:
                traceback.print_exc()


ticking = Ticking()
resets: list[Callable[[], Any]] = []


def every(real_seconds: float, function: Callable[..., Any]) -> None:
    """Calls the function about that often from now on, as long as the server lives."""
    ticking.add(real_seconds, function)


def on_reset(function: Callable[[], None]) -> Callable[[], None]:
    """Calls the function before everything in the emulated accounts is forgotten."""
    resets.append(function)
    return function


@wraps(MotoAPIBackend)
def reset(original: Callable[..., Any], self: MotoAPIBackend) -> None:
    with lock:
        for function in resets:
            function()
        original(self)


def existing(backends: BackendDict[Any]) -> list[Any]:
    """The backends of a service that an API call has made, such as of `ecs_backends`; looking makes none."""
    return [backend for regions in list(backends.values()) for backend in list(regions.values())]
