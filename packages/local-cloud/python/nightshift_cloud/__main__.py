"""Starts the server.

    NIGHTSHIFT_ACCESS_KEY_ID=… NIGHTSHIFT_CONTROL_TOKEN=… python -m nightshift_cloud \\
        --port 45660 --fingerprint 1a2b3c --record server.json"""

import argparse
import os

from . import servicequotas
from .cloud import cloud
from .control.access import Access
from .control.record_watch import watch_record
from .server import HOST, serve


def take_variable(parser: argparse.ArgumentParser, name: str) -> str:
    """Reads a secret and removes it from the environment: tasks and helpers must not inherit it."""
    value = os.environ.pop(name, "")
    if not value:
        parser.error(f"the variable {name} is missing")
    return value


def main() -> None:
    parser = argparse.ArgumentParser(prog="nightshift_cloud", description="The local cloud of Nightshift.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--fingerprint", required=True, help="what the health address reports as the code's version")
    parser.add_argument("--record", required=True, help="the server ends when this file does not name its process any more")
    parser.add_argument(
        "--quota", action="append", default=[], help="such as L-3032A538=100 (default: those of a raised account)"
    )
    parser.add_argument("--new-account", action="store_true", help="the quotas of a new account")
    parser.add_argument("--enforce-iam", action="store_true", help="policies bind all callers but the key of the start")
    options = parser.parse_args()
    try:
        given = servicequotas.parse(",".join(options.quota))
    except ValueError as error:
        parser.error(f"argument --quota: {error}")
    values = {**(servicequotas.NEW_ACCOUNT if options.new_account else {}), **given}
    os.environ[servicequotas.VARIABLE] = ",".join(f"{code}={value:g}" for code, value in values.items())
    cloud.enforces_iam = options.enforce_iam
    access = Access(take_variable(parser, "NIGHTSHIFT_ACCESS_KEY_ID"), take_variable(parser, "NIGHTSHIFT_CONTROL_TOKEN"))
    # Only this user can read the files that the server and the tasks write.
    os.umask(0o077)
    # AWS's own policies, such as service-role/AmazonECSTaskExecutionRolePolicy; moto does not load them by default.
    os.environ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true"
    # Loading machine images takes a second, and nothing here uses them.
    os.environ["MOTO_EC2_LOAD_DEFAULT_AMIS"] = "false"
    server = serve(options.port, access, options.fingerprint)
    watch_record(options.record)
    print(f"listening on http://{HOST}:{options.port}", flush=True)
    server.serve_forever()


main()
