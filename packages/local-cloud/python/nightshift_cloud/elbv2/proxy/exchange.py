"""One request and its answer: from a client's connection to a target, over a connection of its own, and back.

A connection for each request costs a fraction of a millisecond on one machine, and none is ever found closed by its target
at the moment a request goes out on it: what is sent is sent to a process that has just accepted it."""

import asyncio
import os
import time

from . import answers
from .http1 import WITHOUT_BODY, Malformed, body, chunk_bytes, head_bytes, length_of, read_head

# A longer body, and one of unknown length, goes out while it comes in.
BUFFERED = 1024 * 1024
CONNECT_SECONDS = 10


class NoAnswer(Exception):
    """The target's answer cannot be had; `status` is what the client is told."""

    def __init__(self, status):
        super().__init__(status)
        self.status = status


class ClientGone(Exception):
    """Nobody waits for the answer any more, or it broke off in the middle: the connection ends."""


def trace_id():
    return f"Root=1-{int(time.time()):08x}-{os.urandom(12).hex()}"


class Exchange:
    def __init__(self, balancer, listener, reader, writer, head):
        self.balancer, self.listener = balancer, listener
        self.reader, self.writer, self.head = reader, writer, head
        self.load_balancer = listener["loadBalancer"]
        modern = head.first[2] == "HTTP/1.1"
        self.chunked = modern
        self.keep = modern and "close" not in head.tokens("connection")

    async def run(self):
        """Answers; gives whether the connection can take another request."""
        try:
            self.length = length_of(self.head, 0)
        except Malformed:
            self.keep = False
            return await self.refuse(400)
        action = self.listener["action"]
        if action["type"] == "forward":
            return await self.forward()
        return await self.reply(
            answers.fixed_response(action)
            if action["type"] == "fixed-response"
            else answers.redirect(action, self.listener, self.head, self.balancer.addresses)
        )

    async def refuse(self, status):
        self.balancer.measurements.refused(self.load_balancer, status)
        return await self.reply(answers.answer(status, answers.page(status), close=not self.keep))

    async def reply(self, answer):
        """An answer of the load balancer's own. A body that nobody has read ends the connection."""
        head, content = answer
        self.keep = self.keep and self.length == 0
        self.writer.write(head if self.head.first[0] == "HEAD" else head + content)
        await self.writer.drain()
        return self.keep

    async def forward(self):
        routes, measurements = self.balancer.routes, self.balancer.measurements
        group = routes.group_for(self.listener)
        targets = routes.targets_for(group)
        if not targets:
            return await self.refuse(503)
        measurements.count(self.load_balancer, group, "RequestCount")
        if self.head.get("expect").lower() == "100-continue":
            self.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        content = await self.buffered_body()
        try:
            upstream = await self.connect(targets, group)
        except NoAnswer as error:
            return await self.refuse(error.status)
        try:
            return await self.ask(upstream, group, content)
        except NoAnswer as error:
            return await self.refuse(error.status)
        finally:
            upstream[1].close()

    async def buffered_body(self):
        """The whole body, or None when it has to be streamed."""
        if self.length == "chunked" or self.length > BUFFERED:
            return None
        try:
            content = b"".join([data async for data in body(self.reader, self.length)])
        except Malformed:
            raise ClientGone from None
        self.length = 0
        return content

    async def connect(self, targets, group):
        """To the first target that accepts: one that does not has seen nothing of the request. AWS waits ten seconds for a target
        that its packets do not reach; here that is known at once.
        https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html#http-504-issues"""
        for target in targets:
            status = 502
            try:
                if target["host"] is None:
                    raise asyncio.TimeoutError
                return await asyncio.wait_for(asyncio.open_connection(target["host"], target["processPort"]), CONNECT_SECONDS)
            except asyncio.TimeoutError:
                status = 504
            except OSError:
                pass
            self.balancer.measurements.count(self.load_balancer, group, "TargetConnectionErrorCount")
        raise NoAnswer(status)

    async def ask(self, upstream, group, content):
        reader, writer = upstream
        started = time.monotonic()
        writer.write(self.request_head(content) + (content or b""))
        sending = None if content is not None else asyncio.ensure_future(self.stream_body(writer))
        try:
            head = await self.answer_head(reader, writer)
            status = int(head.first[1])
            self.balancer.measurements.answered(self.load_balancer, group, status, time.monotonic() - started)
            await self.pass_on(head, status, reader)
        finally:
            if sending:
                self.keep = self.keep and sending.done() and not sending.cancelled() and sending.exception() is None
                sending.cancel()
        return self.keep

    def request_head(self, content):
        client = self.writer.get_extra_info("peername")[0]
        forwarded = [value for name, value in self.head.headers if name.lower() == "x-forwarded-for"]
        ours = ("x-forwarded-for", "x-forwarded-proto", "x-forwarded-port", "expect", "content-length")
        headers = [(name, value) for name, value in self.head.end_to_end() if name.lower() not in ours]
        if not self.head.get("x-amzn-trace-id"):
            headers.append(("X-Amzn-Trace-Id", trace_id()))
        headers += [
            ("X-Forwarded-For", ", ".join([*forwarded, client])),
            ("X-Forwarded-Proto", self.listener["protocol"].lower()),
            ("X-Forwarded-Port", str(self.listener["port"])),
            ("Connection", "close"),
        ]
        if content is None:
            headers.append(("Transfer-Encoding", "chunked"))
        elif content or self.head.get("content-length"):
            headers.append(("Content-Length", str(len(content))))
        return head_bytes(f"{self.head.first[0]} {self.head.first[1]} HTTP/1.1", headers)

    async def stream_body(self, writer):
        async for data in body(self.reader, self.length):
            writer.write(chunk_bytes(data))
            await writer.drain()
        writer.write(b"0\r\n\r\n")
        self.length = 0

    async def answer_head(self, reader, writer):
        late = []

        def give_up():
            late.append(True)
            writer.transport.abort()

        timer = asyncio.get_running_loop().call_later(self.listener["idleSeconds"], give_up)
        try:
            while head := await read_head(reader):
                if not head.first[1].isdigit():
                    raise NoAnswer(502)
                if head.first[1] > "199":
                    return head
        except (Malformed, OSError):
            pass
        finally:
            timer.cancel()
        raise NoAnswer(504 if late else 502)

    async def pass_on(self, head, status, reader):
        try:
            length = length_of(head, "close")
        except Malformed:
            raise NoAnswer(502) from None
        bodiless = self.head.first[0] == "HEAD" or status in WITHOUT_BODY
        headers = head.end_to_end()
        chunked = self.chunked and not bodiless and not isinstance(length, int)
        if chunked:
            headers = [(name, value) for name, value in headers if name.lower() != "content-length"]
            headers.append(("Transfer-Encoding", "chunked"))
        told = bodiless or chunked or isinstance(length, int)
        self.keep = self.keep and told and self.listener["arn"] in self.balancer.servers
        headers.append(("Connection", "keep-alive" if self.keep else "close"))
        pending = head_bytes(" ".join(("HTTP/1.1", *head.first[1:])), headers)
        try:
            if not bodiless:
                async for data in body(reader, length):
                    self.writer.write(pending + (chunk_bytes(data) if chunked else data))
                    pending = b""
                    await self.writer.drain()
        except (Malformed, OSError):
            if pending:
                raise NoAnswer(502) from None
            # The status is on its way already: a client can only be told by the end of its connection.
            raise ClientGone from None
        self.writer.write(pending + (b"0\r\n\r\n" if chunked else b""))
        await self.writer.drain()
