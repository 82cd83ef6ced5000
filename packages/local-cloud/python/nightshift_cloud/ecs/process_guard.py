"""Ends the processes of tasks when the server ends, however it ends: a second process that sees the server's pipe close.

    python -m nightshift_cloud.ecs.process_guard

reads `+<process id>` and `-<process id>` lines; at the end of its input it kills what was added and not removed."""

import contextlib
import os
import signal
import subprocess
import sys
import threading

KILL = getattr(signal, "SIGKILL", signal.SIGTERM)


def kill_group(pid):
    """A task's process leads a group of its own where there are groups."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, KILL) if hasattr(os, "killpg") else os.kill(pid, KILL)


class ProcessGuard:
    """The server's side. A guard that was killed is replaced, and told of everything again."""

    def __init__(self):
        self.lock = threading.Lock()
        self.guarded = set()
        self.process = None

    def add(self, pid):
        with self.lock:
            self.guarded.add(pid)
            self.tell(f"+{pid}")

    def remove(self, pid):
        with self.lock:
            self.guarded.discard(pid)
            self.tell(f"-{pid}")

    def tell(self, line):
        try:
            if self.process is None:
                raise BrokenPipeError
            self.write(line)
        except BrokenPipeError:
            self.start()
            self.write("\n".join(f"+{pid}" for pid in self.guarded))

    def start(self):
        if self.process is not None:
            self.process.stdin.close()
            self.process.wait()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "nightshift_cloud.ecs.process_guard"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            bufsize=0,
            # A signal for the server's group must not end it: it has work to do then.
            start_new_session=True,
        )

    def write(self, text):
        self.process.stdin.write(f"{text}\n".encode())


def main():
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
