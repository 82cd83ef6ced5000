"""Asks each target at its interval and tells the server what it said; the server judges.
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html"""

import asyncio

from .http1 import Malformed, head_bytes, read_head

TIMEOUT, FAILED = "timeout", "failed"


async def answer_of(target, check):
    """The status code of the answer, or what happened instead of one."""
    if target["host"] is None:
        await asyncio.sleep(check["timeout"])
        return TIMEOUT
    try:
        return await asyncio.wait_for(asked(target, check), check["timeout"])
    except asyncio.TimeoutError:
        return TIMEOUT
    except (OSError, Malformed, ValueError):
        return FAILED


async def asked(target, check):
    reader, writer = await asyncio.open_connection(target["host"], target["processPort"])
    try:
        headers = [
            ("Host", f"{target['ip']}:{target['port']}"),
            ("User-Agent", "ELB-HealthChecker/2.0"),
            ("Accept-Encoding", "gzip, compressed"),
            ("Connection", "close"),
        ]
        writer.write(head_bytes(f"GET {check['path']} HTTP/1.1", headers))
        head = await read_head(reader)
        if head is None:
            return FAILED
        return int(head.first[1])
    finally:
        writer.close()


class HealthChecks:
    def __init__(self, report):
        self.report, self.running = report, {}

    def replace(self, groups):
        """Begins with new targets, and with changed settings; ends with what is gone."""
        wanted = {}
        for group in groups:
            for target in group["targets"] if group["check"] else ():
                if target["state"] != "draining":
                    address = (target["ip"], target["port"], target["host"], target["processPort"])
                    wanted[(group["arn"], *address, *sorted(group["check"].items()))] = (group, target)
        for key in set(self.running) - set(wanted):
            self.running.pop(key).cancel()
        for key in set(wanted) - set(self.running):
            self.running[key] = asyncio.ensure_future(self.keep_asking(*wanted[key]))

    async def keep_asking(self, group, target):
        loop, check = asyncio.get_running_loop(), group["check"]
        while True:
            started = loop.time()
            answer = await answer_of(target, check)
            self.report({"health": {"group": group["arn"], "ip": target["ip"], "port": target["processPort"], "answer": answer}})
            await asyncio.sleep(max(0.01, started + check["interval"] - loop.time()))
