"""The health check of a container. Its command cannot be run here: what it fetches is fetched from the task's process.
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html"""

from __future__ import annotations

import http.client
import re
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from .. import clock
from .processes import HOST

URL = re.compile(r"https?://[^\s\"'/:]+(?::(?P<port>[^\s\"'/|;]+))?(?P<path>/[^\s\"'|;]*)?")
DEFAULTS = {"interval": 30, "timeout": 5, "retries": 3, "startPeriod": 0}
# A process does not answer faster because time passes faster; nor is it asked more often than this, in real seconds.
LEAST_TIMEOUT = 2.0
LEAST_INTERVAL = 0.2

pool = ThreadPoolExecutor(max_workers=4, thread_name_prefix="container health")


def fetched_by(command: list[str]) -> tuple[int | None, str] | None:
    """Port and path of what the command fetches, or None where it fetches nothing. The port is None where it is a variable."""
    found = URL.search(" ".join(command))
    if not found:
        return None
    port = found["port"] or "80"
    return int(port) if port.isdigit() else None, found["path"] or "/"


def fetches(port: int, path: str, timeout: float) -> bool:
    connection = http.client.HTTPConnection(HOST, port, timeout=timeout)
    try:
        connection.request("GET", path)
        return 200 <= connection.getresponse().status < 400
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


class ContainerHealth:
    """`status` is UNKNOWN, HEALTHY or UNHEALTHY. Times are seconds of AWS since the container started. `process_port` gives the
    port on this machine for one of the container."""

    def __init__(self, check: dict[str, Any], process_port: Callable[..., Any]) -> None:
        self.settings = {**DEFAULTS, **{name: value for name, value in check.items() if value is not None}}
        self.fetched = fetched_by(self.settings.get("command", []))
        self.process_port = process_port
        self.status = "UNKNOWN"
        self.failures = 0
        self.asked: Future[bool] | None = None
        self.asked_at = 0.0

    def look(self, now: float) -> None:
        if self.asked is not None and self.asked.done():
            self.record(self.asked.result(), self.asked_at)
            self.asked = None
        if self.asked is None and now - self.asked_at >= max(self.settings["interval"], LEAST_INTERVAL * clock.scale):
            self.asked_at = now
            self.asked = pool.submit(self.ask)

    def ask(self) -> bool:
        if self.fetched is None:
            return True
        port, path = self.fetched
        return fetches(self.process_port(port), path, max(clock.seconds(self.settings["timeout"]), LEAST_TIMEOUT))

    def record(self, passed: bool, asked_at: float) -> None:
        """In the start period only a check that passes counts, and ends it."""
        if passed:
            self.status, self.failures = "HEALTHY", 0
        elif self.status != "UNKNOWN" or asked_at > self.settings["startPeriod"]:
            self.failures += 1
            if self.failures >= self.settings["retries"]:
                self.status = "UNHEALTHY"
