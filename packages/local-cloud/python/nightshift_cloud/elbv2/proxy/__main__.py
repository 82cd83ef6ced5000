"""python -m nightshift_cloud.elbv2.proxy

Reads routing tables from standard input, one JSON object a line, and writes messages to standard output.
The end of the input means that the server has ended. This process ends too."""

import asyncio
import json
import os
import signal
import sys
import threading

from .balancer import Balancer
from .table import Message, Table


def report(message: Message) -> None:
    sys.stdout.write(json.dumps(message, separators=(",", ":")) + "\n")
    sys.stdout.flush()


def read_tables(loop: asyncio.AbstractEventLoop, tables: asyncio.Queue[Table]) -> None:
    for line in sys.stdin.buffer:
        loop.call_soon_threadsafe(tables.put_nowait, json.loads(line))
    os._exit(0)


async def main() -> None:
    tables: asyncio.Queue[Table] = asyncio.Queue()
    threading.Thread(target=read_tables, args=(asyncio.get_running_loop(), tables), daemon=True).start()
    balancer = Balancer(report)
    flushing = asyncio.ensure_future(balancer.flush())
    while not flushing.cancelled():
        await balancer.apply(await tables.get())


# Ctrl-C at the server's terminal reaches this process too: it ends when the server ends, not before.
signal.signal(signal.SIGINT, signal.SIG_IGN)
try:
    asyncio.run(main())
except BrokenPipeError:
    os._exit(0)
