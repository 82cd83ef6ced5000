"""The listeners of all load balancers, each on a port of this machine."""

import asyncio
import errno

import h11

from .connections import TargetConnections
from .exchange import ClientGone, Exchange
from .health import HealthChecks, Report
from .http1 import HttpConnection
from .measurements import Measurements
from .routes import Routes
from .table import ListenerEntry, Table

HOST = "127.0.0.1"
FLUSH_SECONDS = 0.1
TAKEN = (errno.EADDRINUSE, errno.EACCES)


class Balancer:
    def __init__(self, report: Report) -> None:
        """`report` gets each message for the server."""
        self.report = report
        self.routes, self.measurements = Routes(), Measurements()
        self.health = HealthChecks(report)
        self.servers: dict[str, asyncio.Server] = {}
        # Connections that wait for a request, by listener.
        self.idle: dict[str, set[asyncio.StreamWriter]] = {}
        self.connections = TargetConnections()
        # The port of each load balancer on this machine.
        self.addresses: dict[tuple[str, str], str] = {}

    async def apply(self, table: Table) -> None:
        """Applies a routing table: opens and closes ports, routes requests by it, and reports its version."""
        for arn in set(self.servers) - {listener["arn"] for listener in table["listeners"]}:
            self.close(arn)
        for listener in table["listeners"]:
            if listener["arn"] not in self.servers:
                self.servers[listener["arn"]] = await self.open(listener)
                self.idle[listener["arn"]] = set()
        ports: dict[str, int] = {arn: server.sockets[0].getsockname()[1] for arn, server in self.servers.items()}
        self.routes.replace(table)
        self.connections.replace(table["groups"])
        self.addresses = {
            (listener["loadBalancer"], str(listener["port"])): f"{HOST}:{ports[listener['arn']]}"
            for listener in table["listeners"]
        }
        self.health.replace(table["groups"])
        self.report({"applied": {"version": table["version"], "ports": ports}})

    async def open(self, listener: ListenerEntry) -> asyncio.Server:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await self.serve(listener["arn"], reader, writer)

        try:
            return await asyncio.start_server(serve, HOST, listener["preferredPort"], backlog=1024)
        except OSError as error:
            if error.errno not in TAKEN:
                raise
            return await asyncio.start_server(serve, HOST, 0, backlog=1024)

    def close(self, arn: str) -> None:
        """Frees the port. Requests in flight get their responses; idle connections end."""
        self.servers.pop(arn).close()
        for writer in self.idle.pop(arn):
            writer.close()

    async def serve(self, arn: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """A client's connection, request after request."""
        client = HttpConnection(h11.SERVER, reader, writer)
        try:
            while listener := self.routes.listeners.get(arn):
                request = await self.next_request(client, listener)
                # The table may have changed while the client was idle.
                current = self.routes.listeners.get(arn)
                if request is None or current is None:
                    break
                if not await Exchange(self, current, client, request).run():
                    break
                await client.start_next_cycle()
        except h11.RemoteProtocolError:
            writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        except (ClientGone, OSError):
            writer.transport.abort()
        finally:
            writer.close()

    async def next_request(self, client: HttpConnection, listener: ListenerEntry) -> h11.Request | None:
        writer = client.writer
        self.idle[listener["arn"]].add(writer)
        timer = asyncio.get_running_loop().call_later(listener["idleSeconds"], writer.close)
        try:
            return await client.request()
        finally:
            timer.cancel()
            self.idle.get(listener["arn"], set()).discard(writer)

    async def flush(self) -> None:
        while True:
            await asyncio.sleep(FLUSH_SECONDS)
            taken = self.measurements.take()
            if taken:
                self.report({"measured": taken})
