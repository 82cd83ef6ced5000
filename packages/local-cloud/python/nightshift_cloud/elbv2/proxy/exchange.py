"""One request and its response: from a client's connection to a target, over a connection of its own, and back.

A connection for each request costs a fraction of a millisecond on one machine. The load balancer never sends a request on a
connection that the target closes at the same moment: the target has just accepted it."""

from __future__ import annotations

import asyncio
import os
import time
from typing import Protocol

import h11

from . import answers
from .connections import TargetConnections
from .http1 import HttpConnection, end_to_end, header, headers_of, response, tokens
from .measurements import Measurements
from .routes import Routes
from .table import ListenerEntry, TargetEntry

# The proxy streams a longer body, and one of unknown length.
BUFFERED = 1024 * 1024
CONNECT_SECONDS = 10
# Headers of the client that the load balancer replaces.
REPLACED = ("x-forwarded-for", "x-forwarded-proto", "x-forwarded-port", "expect", "content-length")


class NoAnswer(Exception):
    """The target sends no usable response. `status` is the status that the client gets."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class ClientGone(Exception):
    """The client has disconnected, or the response is incomplete: the connection ends."""


def trace_id() -> str:
    return f"Root=1-{int(time.time()):08x}-{os.urandom(12).hex()}"


class BalancerState(Protocol):
    """The state that all exchanges of a balancer share."""

    routes: Routes
    measurements: Measurements
    connections: TargetConnections
    # The address on this machine of a load balancer's port.
    addresses: dict[tuple[str, str], str]
    # The open listeners.
    servers: dict[str, asyncio.Server]


class Exchange:
    def __init__(self, balancer: BalancerState, listener: ListenerEntry, client: HttpConnection, request: h11.Request) -> None:
        self.balancer, self.listener = balancer, listener
        self.client, self.request = client, request
        self.load_balancer = listener["loadBalancer"]
        self.keep = request.http_version == b"1.1" and "close" not in tokens(request, "connection")

    async def run(self) -> bool:
        """Sends a response. Returns whether the connection can take another request."""
        action = self.listener["action"]
        if action["type"] == "forward":
            return await self.forward()
        if action["type"] == "fixed-response":
            return await self.reply(answers.fixed_response(action))
        return await self.reply(answers.redirect(action, self.listener, self.request, self.balancer.addresses))

    async def refuse(self, status: int) -> bool:
        self.balancer.measurements.refused(self.load_balancer, status)
        return await self.reply(answers.error_page(status))

    async def reply(self, answer: answers.Answer) -> bool:
        """A response of the load balancer itself. A body that it has not read ends the connection."""
        length = header(self.request, "content-length")
        if not self.client.has_received_all() and (length not in ("", "0") or tokens(self.request, "transfer-encoding")):
            self.keep = False
        content = () if self.request.method == b"HEAD" else (h11.Data(data=answer.content),)
        await self.client.send(answer.head(self.keep), *content, h11.EndOfMessage())
        return self.keep

    async def forward(self) -> bool:
        routes, measurements = self.balancer.routes, self.balancer.measurements
        group = routes.group_for(self.listener)
        targets = routes.targets_for(group) if group else []
        if group is None or not targets:
            return await self.refuse(503)
        measurements.count(self.load_balancer, group, "RequestCount")
        if self.client.protocol.they_are_waiting_for_100_continue:
            self.client.write(h11.InformationalResponse(status_code=100, headers=[], reason=b"Continue"))
        content = await self.buffered_body()
        try:
            target, connection = await self.connect(targets, group)
        except NoAnswer as error:
            return await self.refuse(error.status)
        try:
            with self.balancer.connections.carrying(group, target, connection.writer):
                return await self.ask(connection, group, content)
        except NoAnswer as error:
            return await self.refuse(error.status)
        finally:
            connection.writer.close()

    async def buffered_body(self) -> bytes | None:
        """The whole body, or None if it has to be streamed."""
        if tokens(self.request, "transfer-encoding") or int(header(self.request, "content-length") or 0) > BUFFERED:
            return None
        try:
            return b"".join([data async for data in self.client.body()])
        except h11.RemoteProtocolError:
            raise ClientGone from None

    async def connect(self, targets: list[TargetEntry], group: str) -> tuple[TargetEntry, HttpConnection]:
        """Connects to the first target that accepts. The others have seen nothing of the request. AWS waits ten seconds for a
        target that its packets do not reach; here this is known at once.
        https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html#http-504-issues"""
        status = 502
        for target in targets:
            status = 502
            try:
                if target["host"] is None:
                    raise asyncio.TimeoutError
                opening = asyncio.open_connection(target["host"], target["processPort"])
                return target, HttpConnection(h11.CLIENT, *await asyncio.wait_for(opening, CONNECT_SECONDS))
            except asyncio.TimeoutError:
                status = 504
            except OSError:
                pass
            self.balancer.measurements.count(self.load_balancer, group, "TargetConnectionErrorCount")
        raise NoAnswer(status)

    async def ask(self, target: HttpConnection, group: str, content: bytes | None) -> bool:
        started = time.monotonic()
        sending = None
        if content is None:
            target.write(self.forwarded_request(content))
            sending = asyncio.ensure_future(self.stream_body(target))
        else:
            target.write(self.forwarded_request(content), h11.Data(data=content), h11.EndOfMessage())
        try:
            head = await self.response_of(target)
            elapsed = time.monotonic() - started
            self.balancer.measurements.answered(self.load_balancer, group, head.status_code, elapsed)
            await self.pass_on(head, target)
        finally:
            if sending:
                self.keep = self.keep and sending.done() and not sending.cancelled() and sending.exception() is None
                sending.cancel()
        return self.keep

    def forwarded_request(self, content: bytes | None) -> h11.Request:
        client = self.client.writer.get_extra_info("peername")[0]
        previous = [value for name, value in headers_of(self.request) if name.lower() == "x-forwarded-for"]
        headers = [(name, value) for name, value in end_to_end(self.request) if name.lower() not in REPLACED]
        if not header(self.request, "host"):
            # HTTP/1.0 allows a request without one.
            headers.append(("Host", "127.0.0.1"))
        if not header(self.request, "x-amzn-trace-id"):
            headers.append(("X-Amzn-Trace-Id", trace_id()))
        headers += [
            ("X-Forwarded-For", ", ".join([*previous, client])),
            ("X-Forwarded-Proto", self.listener["protocol"].lower()),
            ("X-Forwarded-Port", str(self.listener["port"])),
            ("Connection", "close"),
        ]
        if content is None:
            headers.append(("Transfer-Encoding", "chunked"))
        elif content or header(self.request, "content-length"):
            headers.append(("Content-Length", str(len(content))))
        return h11.Request(method=self.request.method, target=self.request.target, headers=headers)

    async def stream_body(self, target: HttpConnection) -> None:
        async for data in self.client.body():
            await target.send(h11.Data(data=data))
        await target.send(h11.EndOfMessage())

    async def response_of(self, target: HttpConnection) -> h11.Response:
        late = False

        def give_up() -> None:
            nonlocal late
            late = True
            target.writer.transport.abort()

        timer = asyncio.get_running_loop().call_later(self.listener["idleSeconds"], give_up)
        try:
            return await target.response()
        except (h11.RemoteProtocolError, OSError):
            raise NoAnswer(504 if late else 502) from None
        finally:
            timer.cancel()

    async def pass_on(self, head: h11.Response, target: HttpConnection) -> None:
        self.keep = self.keep and self.listener["arn"] in self.balancer.servers
        headers = [*end_to_end(head), ("Connection", "keep-alive" if self.keep else "close")]
        # The status leaves with the first bytes of the body: until then the load balancer can still send a 502.
        pending: list[h11.Event] = [response(head.status_code, headers, bytes(head.reason).decode("latin-1"))]
        try:
            async for data in target.body():
                await self.client.send(*pending, h11.Data(data=data))
                pending = []
        except (h11.RemoteProtocolError, OSError):
            if pending:
                raise NoAnswer(502) from None
            # Only the end of the connection can tell the client now.
            raise ClientGone from None
        await self.client.send(*pending, h11.EndOfMessage())
