"""The process that a running task is on this machine."""

from __future__ import annotations

import collections
import os
import signal
import socket
import subprocess
import threading
import time
from typing import Any

from .process_guard import ProcessGuard, kill_group

HOST = "127.0.0.1"
# What a reader falls behind with is lost, as in awslogs' non-blocking mode.
MOST_LINES = 10_000

guard = ProcessGuard()
# Every process that has been started and not reaped.
alive: set[TaskProcess] = set()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


class TaskProcess:
    def __init__(self, command: list[str], env: dict[str, str], port: int) -> None:
        self.port = port
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
        alive.add(self)
        guard.add(self.popen.pid)
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

    def take_lines(self) -> list[Any]:
        """What it has said since the last call: pairs of time (seconds since 1970) and line."""
        taken = []
        while self.lines:
            taken.append(self.lines.popleft())
        return taken

    def exit_code(self) -> int | None:
        """As a container reports it, 128 + signal after a signal; None while it runs."""
        code = self.popen.poll()
        if code is None:
            return None
        if self in alive:
            # A descendant that holds the output would keep the reader.
            kill_group(self.pid)
            self.reader.join(timeout=1)
            alive.discard(self)
            guard.remove(self.pid)
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

    def reap(self) -> None:
        """After a kill: waits until it is gone."""
        self.popen.wait()
        self.exit_code()

    def pause(self) -> None:
        """It stands still with its port open: requests wait. Where the system has no such signal, it just goes on."""
        if hasattr(signal, "SIGSTOP") and not self.paused:
            self.signal(signal.SIGSTOP)
            self.paused = True

    def resume(self) -> None:
        if self.paused:
            self.signal(signal.SIGCONT)
            self.paused = False
