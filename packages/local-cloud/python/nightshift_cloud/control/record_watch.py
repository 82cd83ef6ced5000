"""Ends the server when its record is deleted or replaced. Commands such as `local down` find the server by its record. Without
this check, a user who deletes `.nightshift` or starts another server would leave processes that no command ends."""

from __future__ import annotations

import json
import os
import signal
import threading
import time

INTERVAL_SECONDS = 1.0
# `local up` writes the record as soon as the process has started.
PATIENCE_SECONDS = 60.0


def recorded_pid(path: str) -> int | None:
    """The process id in the record, or None where there is none."""
    try:
        with open(path, encoding="utf-8") as file:
            pid: int | None = json.load(file).get("pid")
            return pid
    except (FileNotFoundError, NotADirectoryError, ValueError, AttributeError):
        return None


class RecordWatch:
    def __init__(self, path: str, pid: int) -> None:
        self.path, self.pid = path, pid
        self.seen = False
        self.started = time.monotonic()

    def reason_to_end(self) -> str | None:
        """Returns the reason to end the server, or None."""
        found = recorded_pid(self.path)
        if found == self.pid:
            self.seen = True
            return None
        if found is not None:
            return f"{self.path} names another server (process {found})"
        if self.seen:
            return f"{self.path} was deleted"
        if time.monotonic() - self.started > PATIENCE_SECONDS:
            return f"{self.path} was not written"
        return None

    def run(self) -> None:
        while (reason := self.reason_to_end()) is None:
            time.sleep(INTERVAL_SECONDS)
        print(f"ending: {reason}", flush=True)
        # Tasks and load balancers end with the server.
        os.kill(self.pid, signal.SIGTERM)


def watch_record(path: str) -> None:
    threading.Thread(target=RecordWatch(path, os.getpid()).run, name="record watch", daemon=True).start()
