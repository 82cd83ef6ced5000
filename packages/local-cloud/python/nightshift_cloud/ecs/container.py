"""A container of a task: the command, environment and secrets of its process, its log stream and its health check.
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html"""

from __future__ import annotations

import http.client
import os
import re
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from moto.logs.models import logs_backends
from moto.ssm.models import ssm_backends

from ..cloud import cloud
from .processes import HOST

if TYPE_CHECKING:
    from moto.ecs.models import EC2ContainerServiceBackend

    from .images import Image


# Variables of this machine that every program needs.
KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "SYSTEMROOT", "TEMP")
# Several tasks share this machine, and the load balancer deregisters a task before the task stops.
GIVEN = {"THREADS": "1", "LINGER_SECONDS": "1"}
# Time from SIGTERM to its end in seconds of AWS, and its minimum in real seconds. SIGKILL follows after five times that.
STOPPING = {"ACCEPT_SECONDS": 0, "DRAIN_SECONDS": 4}
# Variables that a task definition cannot set here: a task is a process of this machine, not a container, and they make programs,
# loaders and libraries run code of the caller's choice or find other files. In an image on AWS they are harmless.
# https://nodejs.org/api/cli.html#environment-variables, https://man7.org/linux/man-pages/man8/ld.so.8.html#ENVIRONMENT,
# https://docs.python.org/3/using/cmdline.html#environment-variables, https://docs.openssl.org/3.0/man7/openssl-env/,
# https://www.gnu.org/software/libc/manual/html_node/Environment-Variables.html
WITHHELD = re.compile(
    r"""(NODE|LD|DYLD|OPENSSL|GLIBC|MALLOC|GIT|NPM_CONFIG|YARN|COREPACK|NIGHTSHIFT)_.*
    | (PYTHON|PERL5|RUBY|BASH).*
    | SSL_CERT_FILE | SSL_CERT_DIR | SSLKEYLOGFILE
    | PATH | PATHEXT | HOME | USERPROFILE | SYSTEMROOT | WINDIR | COMSPEC | TMPDIR | TEMP | TMP | SHELL | ENV | IFS | PS4
    | PROMPT_COMMAND | GCONV_PATH | LOCPATH | NLSPATH | ICU_DATA | JAVA_TOOL_OPTIONS | JDK_JAVA_OPTIONS | _JAVA_OPTIONS""",
    re.IGNORECASE | re.VERBOSE,
)
# Seconds of AWS that a task lives before it fails.
FAILS_AFTER = {"crashes": 20, "out-of-memory": 40}
BUNDLED = ("healthy", "slow-start")
# Default container port of the images. PORT overrides it.
DEFAULT_PORT = "8080"
# Nothing listens there: a connection is refused.
CLOSED_PORT = 1


class CannotReadSecrets(Exception):
    """With the text of AWS."""


def secret_of(backend: EC2ContainerServiceBackend, value_from: str) -> str:
    """https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-ssm-paramstore.html"""
    name = value_from.partition(":parameter")[2] or value_from
    parameters = ssm_backends[backend.account_id][backend.region_name]
    for candidate in (name, name.removeprefix("/")):
        found = parameters.get_parameters([candidate])
        if found:
            value: str = next(iter(found.values())).response_object(decrypt=True, region=backend.region_name)["Value"]
            return value
    raise CannotReadSecrets(
        "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to "
        f"retrieve secrets from ssm: service call has been retried 1 time(s): invalid ssm parameters: {name.removeprefix('/')}"
    )


def environment_of(backend: EC2ContainerServiceBackend, container: dict[str, Any], image: Image, port: int) -> dict[str, str]:
    """The environment of the process. Variables that the definition cannot set are omitted, and listed in the server log.

    @raise CannotReadSecrets when the task cannot start"""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    secrets = {item["name"]: secret_of(backend, item["valueFrom"]) for item in container.get("secrets") or []}
    own = {item["name"]: item["value"] for item in container.get("environment") or []}
    defined = {**own, **secrets}
    withheld = sorted(name for name in defined if WITHHELD.fullmatch(name))
    if withheld:
        listed = ", ".join(withheld)
        print(f"not given to the process of {container.get('name')}: {listed} (a task runs as a process of this machine)")
    given = {name: value for name, value in defined.items() if name not in withheld}
    stopping = {name: stopping_time(given.get(name, str(least)), least) for name, least in STOPPING.items()}
    return {**kept, **GIVEN, "VERSION": image.version, **given, **stopping, "HOST": HOST, "PORT": str(port)}


def stopping_time(given: str, least: int) -> str:
    """In real seconds, scaled like the time until SIGKILL. The process reports an error if the value is not a number."""
    return str(max(int(cloud.clock.seconds(int(given))), least)) if given.isdigit() else given


def process_port_of(container: dict[str, Any], port: int | None, process_port: int) -> int:
    """The port of this machine for a port of the container, None for the one that it listens on."""
    variables = {item["name"]: item["value"] for item in container.get("environment") or []}
    return process_port if port is None or str(port) == variables.get("PORT", DEFAULT_PORT) else CLOSED_PORT


def command_of(image: Image) -> tuple[list[str], dict[str, str]]:
    """The command and the additional environment variables that it needs."""
    node = os.environ.get("NIGHTSHIFT_NODE")
    if image.bundle and node and image.behaves in BUNDLED:
        return [node, image.bundle], {}
    after = cloud.clock.seconds(FAILS_AFTER.get(image.behaves, 0))
    package = str(Path(__file__).parent.parent.parent)
    return [sys.executable, "-m", f"{__package__}.sample_workload", "--behaves", image.behaves, "--after", f"{after:.3f}"], {
        "PYTHONPATH": package
    }


# Streams are in memory. The oldest lines are dropped.
MOST_EVENTS = 10_000


class CannotLog(Exception):
    """With the text of AWS."""


class TaskLog:
    """The log stream of one container. A container without awslogs has none."""

    def __init__(self, backend: EC2ContainerServiceBackend, container: dict[str, Any], task_id: str) -> None:
        configuration = container.get("logConfiguration") or {}
        options = configuration.get("options") or {}
        self.group = options.get("awslogs-group") if configuration.get("logDriver") == "awslogs" else None
        self.logs = logs_backends[backend.account_id][options.get("awslogs-region", backend.region_name)]
        prefix = options.get("awslogs-stream-prefix")
        self.stream = f"{prefix}/{container['name']}/{task_id}" if prefix else task_id

    def open(self) -> None:
        """@raise CannotLog as AWS says it in the task's stoppedReason"""
        if self.group is None:
            return
        if self.group not in self.logs.groups:
            raise CannotLog(
                "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: "
                "failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist. "
                ": exit status 1"
            )
        self.logs.create_log_stream(self.group, self.stream)

    def write(self, lines: list[Any]) -> None:
        """Writes pairs of time (seconds since 1970) and line. Ignores a log group or stream that was deleted."""
        group = self.logs.groups.get(self.group) if self.group else None
        stream = group.streams.get(self.stream) if group else None
        if self.group is None or stream is None or not lines:
            return
        events = [{"timestamp": int(moment * 1000), "message": line} for moment, line in sorted(lines, key=lambda pair: pair[0])]
        self.logs.put_log_events(self.group, self.stream, events)
        del stream.events[:-MOST_EVENTS]


URL = re.compile(r"https?://[^\s\"'/:]+(?::(?P<port>[^\s\"'/|;]+))?(?P<path>/[^\s\"'|;]*)?")
DEFAULTS = {"interval": 30, "timeout": 5, "retries": 3, "startPeriod": 0}
# Timeout and minimum interval in real seconds: processes do not respond faster when the time scale is higher.
LEAST_TIMEOUT = 2.0
LEAST_INTERVAL = 0.2

pool = ThreadPoolExecutor(max_workers=4, thread_name_prefix="container health")


def fetched_by(command: list[str]) -> tuple[int | None, str] | None:
    """Port and path of the URL that the command fetches, or None without a URL. The port is None if it is a variable."""
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

    def update(self, now: float) -> None:
        if self.asked is not None and self.asked.done():
            self.record(self.asked.result(), self.asked_at)
            self.asked = None
        if self.asked is None and now - self.asked_at >= max(self.settings["interval"], LEAST_INTERVAL * cloud.clock.scale):
            self.asked_at = now
            self.asked = pool.submit(self.ask)

    def ask(self) -> bool:
        if self.fetched is None:
            return True
        port, path = self.fetched
        return fetches(self.process_port(port), path, max(cloud.clock.seconds(self.settings["timeout"]), LEAST_TIMEOUT))

    def record(self, passed: bool, asked_at: float) -> None:
        """In the start period only a check that passes counts, and ends it."""
        if passed:
            self.status, self.failures = "HEALTHY", 0
        elif self.status != "UNKNOWN" or asked_at > self.settings["startPeriod"]:
            self.failures += 1
            if self.failures >= self.settings["retries"]:
                self.status = "UNHEALTHY"
