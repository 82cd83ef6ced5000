"""The processes of running tasks, and the guard that kills all of them when the server ends.

    python -m nightshift_cloud.ecs.processes

is the guard. It reads lines `+<process id>` and `-<process id>`; at the end of its input it kills every process that was added
and not removed. So no process is left, even if the server is killed."""

from __future__ import annotations

import atexit
import collections
import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterable

HOST = "127.0.0.1"
# If nobody reads the output, older lines are dropped, as in awslogs' non-blocking mode.
MOST_LINES = 10_000
KILL = getattr(signal, "SIGKILL", signal.SIGTERM)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def kill_group(pid: int) -> None:
    """The process of a task. It leads a process group if the system supports groups."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, KILL) if hasattr(os, "killpg") else os.kill(pid, KILL)


class TaskProcesses:
    """Every process that was started and not reaped."""

    def __init__(self) -> None:
        self.alive: set[TaskProcess] = set()
        self.guard = ProcessGuard()

    def start(self, command: list[str], env: dict[str, str], port: int) -> TaskProcess:
        process = TaskProcess(command, env, port, self)
        self.alive.add(process)
        self.guard.add(process.pid)
        return process

    def remove(self, process: TaskProcess) -> None:
        self.alive.discard(process)
        self.guard.remove(process.pid)

    @staticmethod
    def end(processes: Iterable[TaskProcess]) -> None:
        """Kills them and waits until they are gone."""
        for process in processes:
            process.kill()
        for process in processes:
            process.popen.wait()
            process.exit_code()


class TaskProcess:
    def __init__(self, command: list[str], env: dict[str, str], port: int, processes: TaskProcesses) -> None:
        self.port, self.processes = port, processes
        self.lines: collections.deque[tuple[float, str]] = collections.deque(maxlen=MOST_LINES)
        self.listened = False
        self.paused = False
        self.popen = subprocess.Popen(
            command,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self.reader = threading.Thread(target=self.read, name=f"task process {self.popen.pid}", daemon=True)
        self.reader.start()

    @property
    def pid(self) -> int:
        return self.popen.pid

    def read(self) -> None:
        assert self.popen.stdout is not None
        with self.popen.stdout as output:
            for line in output:
                self.lines.append((time.time(), line.decode("utf-8", "replace").rstrip("\n")))

    def take_lines(self) -> list[tuple[float, str]]:
        """Its output since the last call: pairs of time (seconds since 1970) and line."""
        taken = []
        while self.lines:
            taken.append(self.lines.popleft())
        return taken

    def exit_code(self) -> int | None:
        """As a container reports it, 128 + signal after a signal; None while it runs."""
        code = self.popen.poll()
        if code is None:
            return None
        if self in self.processes.alive:
            # A descendant that holds the output would block the reader.
            kill_group(self.pid)
            self.reader.join(timeout=1)
            self.processes.remove(self)
        return code if code >= 0 else 128 - code

    def listens(self) -> bool:
        if not self.listened:
            with socket.socket() as probe:
                probe.settimeout(0.2)
                self.listened = probe.connect_ex((HOST, self.port)) == 0
        return self.listened

    def signal(self, number: signal.Signals) -> None:
        if self.popen.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.resume()
        self.signal(signal.SIGTERM)

    def kill(self) -> None:
        if self.popen.poll() is None:
            kill_group(self.pid)

    def pause(self) -> None:
        """Suspends the process: its port stays open and requests wait. Has no effect on a system without this signal."""
        if hasattr(signal, "SIGSTOP") and not self.paused:
            self.signal(signal.SIGSTOP)
            self.paused = True

    def resume(self) -> None:
        if self.paused:
            self.signal(signal.SIGCONT)
            self.paused = False


class ProcessGuard:
    """The server's side. A guard that was killed is replaced, and the new one gets all process ids."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.guarded: set[int] = set()
        self.process: subprocess.Popen[bytes] | None = None
        atexit.register(self.end)

    def add(self, pid: int) -> None:
        with self.lock:
            self.guarded.add(pid)
            self.send(f"+{pid}")

    def remove(self, pid: int) -> None:
        with self.lock:
            self.guarded.discard(pid)
            self.send(f"-{pid}")

    def send(self, line: str) -> None:
        try:
            if self.process is None:
                raise BrokenPipeError
            write_to(self.process, line)
        except BrokenPipeError:
            write_to(self.start(), "\n".join(f"+{pid}" for pid in self.guarded))

    def start(self) -> subprocess.Popen[bytes]:
        self.end()
        process = self.process = subprocess.Popen(
            [sys.executable, "-m", "nightshift_cloud.ecs.processes"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            bufsize=0,
            # A signal for the server's group must not end the guard, which still has to kill the processes.
            start_new_session=True,
        )
        return process

    def end(self) -> None:
        """The guard kills the guarded processes at the end of its input."""
        if self.process is not None:
            assert self.process.stdin is not None
            self.process.stdin.close()
            self.process.wait()


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
