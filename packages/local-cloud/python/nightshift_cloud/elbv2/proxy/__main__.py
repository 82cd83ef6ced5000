"""python -m nightshift_cloud.elbv2.proxy

Routing tables come in on standard input, one JSON object a line, and messages go out on standard output.
The end of the input is the end of the server, and of this process."""

import asyncio
import json
import os
import signal
import sys
import threading

from .balancer import Balancer


def report(message):
    sys.stdout.write(json.dumps(message, separators=(",", ":")) + "\n")
    sys.stdout.flush()


def read_tables(loop, tables):
    for line in sys.stdin.buffer:
        loop.call_soon_threadsafe(tables.put_nowait, json.loads(line))
    os._exit(0)


async def main():
    tables = asyncio.Queue()
    threading.Thread(target=read_tables, args=(asyncio.get_running_loop(), tables), daemon=True).start()
    balancer = Balancer(report)
    flushing = asyncio.ensure_future(balancer.flush())
    while not flushing.cancelled():
        await balancer.apply(await tables.get())


# Ctrl-C at the server's terminal reaches this process too: it ends when the server does, not before.
signal.signal(signal.SIGINT, signal.SIG_IGN)
try:
    asyncio.run(main())
except BrokenPipeError:
    os._exit(0)
