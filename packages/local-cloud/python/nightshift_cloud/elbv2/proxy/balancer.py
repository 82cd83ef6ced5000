"""The listeners of all load balancers, each on a port of this machine."""

import asyncio
import errno

from .exchange import ClientGone, Exchange
from .health import HealthChecks
from .http1 import HEAD_LIMIT, Malformed, read_head
from .measurements import Measurements
from .routes import Routes

HOST = "127.0.0.1"
FLUSH_SECONDS = 0.1
TAKEN = (errno.EADDRINUSE, errno.EACCES)


class Balancer:
    def __init__(self, report):
        """`report` gets each message for the server."""
        self.report = report
        self.routes, self.measurements = Routes(), Measurements()
        self.health = HealthChecks(report)
        self.servers, self.idle, self.addresses = {}, {}, {}

    async def apply(self, table):
        """Opens and closes ports so that they are those of the table, sends requests by it from here on, and says so."""
        for arn in set(self.servers) - {listener["arn"] for listener in table["listeners"]}:
            self.close(arn)
        for listener in table["listeners"]:
            if listener["arn"] not in self.servers:
                self.servers[listener["arn"]] = await self.open(listener)
                self.idle[listener["arn"]] = set()
        ports = {arn: server.sockets[0].getsockname()[1] for arn, server in self.servers.items()}
        self.routes.replace(table)
        self.addresses = {
            (listener["loadBalancer"], str(listener["port"])): f"{HOST}:{ports[listener['arn']]}"
            for listener in table["listeners"]
        }
        self.health.replace(table["groups"])
        self.report({"applied": {"version": table["version"], "ports": ports}})

    async def open(self, listener):
        async def serve(reader, writer):
            await self.serve(listener["arn"], reader, writer)

        try:
            return await asyncio.start_server(serve, HOST, listener["preferredPort"], limit=HEAD_LIMIT, backlog=1024)
        except OSError as error:
            if error.errno not in TAKEN:
                raise
            return await asyncio.start_server(serve, HOST, 0, limit=HEAD_LIMIT, backlog=1024)

    def close(self, arn):
        """Frees the port. Requests that are being answered get their answer; connections without one end."""
        self.servers.pop(arn).close()
        for writer in self.idle.pop(arn):
            writer.close()

    async def serve(self, arn, reader, writer):
        """A client's connection, request after request."""
        loop = asyncio.get_running_loop()
        try:
            while listener := self.routes.listeners.get(arn):
                self.idle[arn].add(writer)
                timer = loop.call_later(listener["idleSeconds"], writer.close)
                try:
                    head = await read_head(reader)
                finally:
                    timer.cancel()
                    self.idle.get(arn, set()).discard(writer)
                # The table may have changed while the client was thinking.
                listener = self.routes.listeners.get(arn)
                if head is None or listener is None:
                    break
                if not await Exchange(self, listener, reader, writer, head).run():
                    break
        except Malformed:
            writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        except (ClientGone, OSError):
            writer.transport.abort()
        finally:
            writer.close()

    async def flush(self):
        while True:
            await asyncio.sleep(FLUSH_SECONDS)
            taken = self.measurements.take()
            if taken:
                self.report({"measured": taken})
