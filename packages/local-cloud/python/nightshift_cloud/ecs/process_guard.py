"""Ends the processes of tasks when the server ends, however it ends: a second process that sees the server's pipe close.

    python -m nightshift_cloud.ecs.process_guard

reads `+<process id>` and `-<process id>` lines; at the end of its input it kills what was added and not removed."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading

KILL = getattr(signal, "SIGKILL", signal.SIGTERM)


def kill_group(pid: int) -> None:
    """A task's process leads a group of its own where there are groups."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, KILL) if hasattr(os, "killpg") else os.kill(pid, KILL)


class ProcessGuard:
    """The server's side. A guard that was killed is replaced, and told of everything again."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.guarded: set[int] = set()
        self.process: subprocess.Popen[bytes] | None = None

    def add(self, pid: int) -> None:
        with self.lock:
            self.guarded.add(pid)
            self.tell(f"+{pid}")

    def remove(self, pid: int) -> None:
        with self.lock:
            self.guarded.discard(pid)
            self.tell(f"-{pid}")

    def tell(self, line: str) -> None:
        try:
            if self.process is None:
                raise BrokenPipeError
            write_to(self.process, line)
        except BrokenPipeError:
            write_to(self.start(), "\n".join(f"+{pid}" for pid in self.guarded))

    def start(self) -> subprocess.Popen[bytes]:
        if self.process is not None:
            assert self.process.stdin is not None
            self.process.stdin.close()
            self.process.wait()
        process = self.process = subprocess.Popen(
            [sys.executable, "-m", "nightshift_cloud.ecs.process_guard"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            bufsize=0,
            # A signal for the server's group must not end it: it has work to do then.
            start_new_session=True,
        )
        return process


def write_to(process: subprocess.Popen[bytes], text: str) -> None:
    assert process.stdin is not None
    process.stdin.write(f"{text}\n".encode())


def main() -> None:
    guarded = set()
    for line in sys.stdin:
        if line.startswith("+"):
            guarded.add(int(line[1:]))
        elif line.startswith("-"):
            guarded.discard(int(line[1:]))
    for pid in guarded:
        kill_group(pid)


if __name__ == "__main__":
    main()
