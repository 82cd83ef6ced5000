"""HTTP/1.1 messages on asyncio's streams, as much as a load balancer has to understand of them.
https://www.rfc-editor.org/rfc/rfc9112"""

import asyncio
from dataclasses import dataclass

HEAD_LIMIT = 64 * 1024
CHUNK = 64 * 1024

# https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1
HOP_BY_HOP = frozenset(
    (
        *("connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection"),
        *("te", "trailer", "transfer-encoding", "upgrade"),
    )
)
WITHOUT_BODY = frozenset((204, 304))


class Malformed(Exception):
    """What came is not HTTP/1.1."""


@dataclass
class Head:
    """The first line's three parts, and the headers as they came."""

    first: tuple
    headers: list

    def get(self, name):
        """The last value of a header, or an empty string."""
        return next((value for given, value in reversed(self.headers) if given.lower() == name), "")

    def tokens(self, name):
        values = (value for given, value in self.headers if given.lower() == name)
        return [token.strip().lower() for value in values for token in value.split(",") if token.strip()]

    def end_to_end(self):
        """The headers that a proxy passes on."""
        named = HOP_BY_HOP.union(self.tokens("connection"))
        return [(name, value) for name, value in self.headers if name.lower() not in named]


async def read_head(reader):
    """The next message's head; None when the connection ends before one begins."""
    try:
        raw = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as error:
        if error.partial.strip():
            raise Malformed("the head ends in the middle") from None
        return None
    except asyncio.LimitOverrunError:
        raise Malformed("the head is too long") from None
    lines = raw[:-4].decode("latin-1").lstrip("\r\n").split("\r\n")
    first = lines[0].split(" ", 2)
    if len(first) < 2:
        raise Malformed("the first line has no second part")
    headers = []
    for line in lines[1:]:
        name, colon, value = line.partition(":")
        if not colon or name != name.strip() or not name:
            raise Malformed("a header has no name")
        headers.append((name, value.strip()))
    return Head((first[0], first[1], first[2] if len(first) == 3 else ""), headers)


def length_of(head, otherwise):
    """How the body ends: a number of bytes, 'chunked' or, for an answer, 'close'."""
    encodings = head.tokens("transfer-encoding")
    if encodings:
        if encodings[-1] != "chunked":
            raise Malformed("the body ends where nobody can tell")
        return "chunked"
    lengths = set(head.tokens("content-length"))
    if not lengths:
        return otherwise
    if len(lengths) > 1 or not (text := lengths.pop()).isdigit():
        raise Malformed("the length is no number")
    return int(text)


async def body(reader, length):
    """The bytes of a body, as they come. @raises Malformed when it ends early"""
    if length == "close":
        while data := await reader.read(CHUNK):
            yield data
        return
    if length == "chunked":
        async for data in chunks(reader):
            yield data
        return
    left = length
    while left > 0:
        data = await reader.read(min(left, CHUNK))
        if not data:
            raise Malformed("the body ends early")
        left -= len(data)
        yield data


async def chunks(reader):
    try:
        while size := int((await reader.readuntil(b"\r\n")).partition(b";")[0].strip(), 16):
            async for data in body(reader, size):
                yield data
            await reader.readexactly(2)
        while await reader.readuntil(b"\r\n") != b"\r\n":
            pass
    except (ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
        raise Malformed("a chunk is cut off") from None


def head_bytes(first, headers):
    lines = [first, *(f"{name}: {value}" for name, value in headers)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def chunk_bytes(data):
    return b"%x\r\n%b\r\n" % (len(data), data)
