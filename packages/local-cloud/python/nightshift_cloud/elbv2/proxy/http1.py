"""HTTP/1.1 on asyncio's streams. h11 parses and frames the messages: https://h11.readthedocs.io/en/latest/"""

import asyncio
from collections.abc import AsyncIterator

import h11

HEAD_LIMIT = 64 * 1024
CHUNK = 64 * 1024

# https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1
HOP_BY_HOP = frozenset(
    (
        *("connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection"),
        *("te", "trailer", "transfer-encoding", "upgrade"),
    )
)

Headers = list[tuple[str, str]]
Message = h11.Request | h11.Response


def headers_of(message: Message) -> Headers:
    """Name and value of each header, in the case in which they arrived."""
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, value in message.headers.raw_items()]


def header(message: Message, name: str) -> str:
    """The last value of a header, or an empty string. `name` is in lower case."""
    return next((value for given, value in reversed(headers_of(message)) if given.lower() == name), "")


def tokens(message: Message, name: str) -> list[str]:
    """The comma-separated values of a header in lower case, such as those of `Connection`."""
    values = (value for given, value in headers_of(message) if given.lower() == name)
    return [token.strip().lower() for value in values for token in value.split(",") if token.strip()]


def end_to_end(message: Message) -> Headers:
    """The headers that a proxy passes on."""
    named = HOP_BY_HOP.union(tokens(message, "connection"))
    return [(name, value) for name, value in headers_of(message) if name.lower() not in named]


def response(status: int, headers: Headers, reason: str) -> h11.Response:
    return h11.Response(status_code=status, headers=headers, reason=reason.encode("latin-1"))


class HttpConnection:
    """One end of a connection. `role` is ours. Malformed input raises h11.RemoteProtocolError."""

    def __init__(
        self,
        role: type[h11.CLIENT] | type[h11.SERVER],
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self.reader, self.writer = reader, writer
        self.protocol = h11.Connection(role, max_incomplete_event_size=HEAD_LIMIT)

    async def receive(self) -> object:
        """The next event of h11."""
        while (event := self.protocol.next_event()) is h11.NEED_DATA:
            self.protocol.receive_data(await self.reader.read(CHUNK))
        return event

    async def request(self) -> h11.Request | None:
        """The head of the next request, or None if the client closes the connection."""
        event = await self.receive()
        return event if isinstance(event, h11.Request) else None

    async def response(self) -> h11.Response:
        """The head of the final response. Informational responses such as 103 are skipped."""
        while not isinstance(event := await self.receive(), h11.Response):
            pass
        return event

    async def body(self) -> AsyncIterator[bytes]:
        while isinstance(event := await self.receive(), h11.Data):
            yield bytes(event.data)

    def has_received_all(self) -> bool:
        """Whether the body of the message that arrives is complete."""
        return self.protocol.their_state is not h11.SEND_BODY

    async def start_next_cycle(self) -> None:
        """Waits for the end of the message that arrives. The connection then takes another request."""
        while not self.has_received_all():
            await self.receive()
        self.protocol.start_next_cycle()

    def write(self, *events: h11.Event) -> None:
        self.writer.write(b"".join(self.protocol.send(event) or b"" for event in events))

    async def send(self, *events: h11.Event) -> None:
        self.write(*events)
        await self.writer.drain()
