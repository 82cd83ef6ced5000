"""The command and the environment of a task's process, and the secrets that it starts with."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from moto.ssm.models import ssm_backends

from .. import clock
from .processes import HOST

if TYPE_CHECKING:
    from moto.ecs.models import EC2ContainerServiceBackend

    from .images import Image

# What a program needs of this machine to run at all.
KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "SYSTEMROOT", "TEMP")
# Several tasks share this machine, and the load balancer knows of a task's end before the task does.
GIVEN = {"THREADS": "1", "LINGER_SECONDS": "1"}
# What a task definition must not decide here: a task is a process of this machine, not a container, and these make programs,
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
# Where the images that run here listen in their container, unless PORT says otherwise.
DEFAULT_PORT = "8080"
# Nothing listens there: a connection is refused.
CLOSED_PORT = 1


class CannotReadSecrets(Exception):
    """Its text is AWS's."""


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
    """What the process gets; what its definition may not decide is left out, and said in the server's log.

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
    return {**kept, **GIVEN, "VERSION": image.version, **given, "HOST": HOST, "PORT": str(port)}


def process_port_of(container: dict[str, Any], port: int | None, process_port: int) -> int:
    """The port of this machine for a port of the container, None for the one that it listens on."""
    variables = {item["name"]: item["value"] for item in container.get("environment") or []}
    return process_port if port is None or str(port) == variables.get("PORT", DEFAULT_PORT) else CLOSED_PORT


def command_of(image: Image) -> tuple[list[str], dict[str, str]]:
    """The command, and what it needs in its environment."""
    node = os.environ.get("NIGHTSHIFT_NODE")
    if image.bundle and node and image.behaves in BUNDLED:
        return [node, image.bundle], {}
    after = clock.seconds(FAILS_AFTER.get(image.behaves, 0))
    package = str(Path(__file__).parent.parent.parent)
    return [sys.executable, "-m", f"{__package__}.stand_in", "--behaves", image.behaves, "--after", f"{after:.3f}"], {
        "PYTHONPATH": package
    }
