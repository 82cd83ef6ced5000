"""Controls the proxy process of the load balancers (proxy/): sends routing tables and receives messages."""

from __future__ import annotations

import atexit
import collections
import json
import subprocess
import sys
import threading
from pathlib import Path

from .proxy.table import Message, Routing

FOLDER = Path(__file__).parent.parent.parent
PATIENCE_SECONDS = 5


class BalancerProcess:
    """The proxy process. It starts with the first table, restarts after a crash, and ends with the server (its input closes)."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[str] | None = None
        self.version = 0
        self.ports: dict[str, int] = {}
        self.messages: collections.deque[Message] = collections.deque()
        self.applied = threading.Condition()
        self.applied_version = 0
        # The current routing table.
        self.sent: Routing | None = None
        # By region, load balancer and port: the port on this machine that a listener had last.
        self.places: dict[str, int] = {}
        atexit.register(self.end)

    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def start(self) -> subprocess.Popen[str]:
        if self.process is not None and self.process.stdin is not None:
            self.process.stdin.close()
        self.applied_version = 0
        process = self.process = subprocess.Popen(
            [sys.executable, "-m", f"{__package__}.proxy"],
            cwd=FOLDER,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        threading.Thread(target=self.listen, args=(process,), daemon=True).start()
        return process

    def listen(self, process: subprocess.Popen[str]) -> None:
        """It must not acquire a lock that the caller of `send` holds: the caller waits for this thread."""
        assert process.stdout is not None
        for line in process.stdout:
            message = json.loads(line)
            if "applied" not in message:
                self.messages.append(message)
                continue
            with self.applied:
                self.ports = message["applied"]["ports"]
                self.applied_version = message["applied"]["version"]
                self.applied.notify_all()
        process.stdout.close()

    def send(self, table: Routing) -> bool:
        """Requests follow this table when it returns true. A process that does not answer is killed."""
        process = self.process if self.process is not None and self.alive() else self.start()
        assert process.stdin is not None
        self.version += 1
        version = self.version
        self.sent = None
        try:
            process.stdin.write(json.dumps({"version": version, **table}, separators=(",", ":")) + "\n")
            process.stdin.flush()
        except OSError:
            return False
        with self.applied:
            applied = self.applied.wait_for(lambda: self.applied_version >= version, PATIENCE_SECONDS)
        if applied:
            self.sent = table
        else:
            process.kill()
        return applied

    def end(self) -> None:
        if self.process is not None:
            process, self.process = self.process, None
            assert process.stdin is not None
            process.stdin.close()
            process.wait(PATIENCE_SECONDS)
