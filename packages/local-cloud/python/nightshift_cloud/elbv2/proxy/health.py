"""Sends the health checks of each target and reports the results to the server, which evaluates them.
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html"""

import asyncio
from collections.abc import Callable, Hashable, Sequence

import h11

from .http1 import HttpConnection
from .table import GroupEntry, HealthCheck, Message, TargetEntry

TIMEOUT, FAILED = "timeout", "failed"

Report = Callable[[Message], None]


async def check_target(target: TargetEntry, check: HealthCheck) -> int | str:
    """The status code of the response, or the reason if there is none."""
    if target["host"] is None:
        await asyncio.sleep(check["timeout"])
        return TIMEOUT
    try:
        return await asyncio.wait_for(status_of(target, check), check["timeout"])
    except asyncio.TimeoutError:
        return TIMEOUT
    except (OSError, h11.ProtocolError):
        return FAILED


async def status_of(target: TargetEntry, check: HealthCheck) -> int:
    connection = HttpConnection(h11.CLIENT, *await asyncio.open_connection(target["host"], target["processPort"]))
    try:
        headers = [
            ("Host", f"{target['ip']}:{target['port']}"),
            ("User-Agent", "ELB-HealthChecker/2.0"),
            ("Accept-Encoding", "gzip, compressed"),
            ("Connection", "close"),
        ]
        await connection.send(h11.Request(method="GET", target=check["path"], headers=headers), h11.EndOfMessage())
        return (await connection.response()).status_code
    finally:
        connection.writer.close()


class HealthChecks:
    def __init__(self, report: Report) -> None:
        self.report = report
        self.running: dict[Hashable, asyncio.Future[None]] = {}

    def replace(self, groups: Sequence[GroupEntry]) -> None:
        """Starts the checks of new targets and of changed settings. Stops those of removed targets."""
        wanted: dict[Hashable, tuple[str, TargetEntry, HealthCheck]] = {}
        for group in groups:
            check = group["check"]
            if check is None:
                continue
            for target in group["targets"]:
                if target["state"] != "draining":
                    address = (target["ip"], target["port"], target["host"], target["processPort"])
                    identity = (group["arn"], *address, check["path"], check["interval"], check["timeout"])
                    wanted[identity] = (group["arn"], target, check)
        for key in set(self.running) - set(wanted):
            self.running.pop(key).cancel()
        for key in set(wanted) - set(self.running):
            self.running[key] = asyncio.ensure_future(self.keep_checking(*wanted[key]))

    async def keep_checking(self, group: str, target: TargetEntry, check: HealthCheck) -> None:
        loop = asyncio.get_running_loop()
        while True:
            started = loop.time()
            answer = await check_target(target, check)
            self.report({"health": {"group": group, "ip": target["ip"], "port": target["processPort"], "answer": answer}})
            await asyncio.sleep(max(0.01, started + check["interval"] - loop.time()))
