"""The responses that an Application Load Balancer sends itself, with its own texts.
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import formatdate
from urllib.parse import urlsplit

import h11

from .http1 import Headers, header, response
from .table import FixedResponse, ListenerEntry, Redirect

REASONS = {
    200: "OK",
    301: "Moved Permanently",
    302: "Found",
    400: "Bad Request",
    404: "Not Found",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Temporarily Unavailable",
    504: "Gateway Time-out",
}


@dataclass(frozen=True)
class Answer:
    status: int
    content: bytes = b""
    content_type: str = "text/html"
    location: str | None = None

    def head(self, keep: bool) -> h11.Response:
        """`keep` tells the client whether the connection stays open."""
        headers: Headers = [
            ("Server", "awselb/2.0"),
            ("Date", formatdate(usegmt=True)),
            ("Content-Type", self.content_type),
            ("Content-Length", str(len(self.content))),
            ("Connection", "keep-alive" if keep else "close"),
        ]
        if self.location is not None:
            headers.append(("Location", self.location))
        return response(self.status, headers, reason_of(self.status))


def reason_of(status: int) -> str:
    return REASONS.get(status, "")


def page(status: int) -> bytes:
    title = f"{status} {reason_of(status)}"
    return "\r\n".join(
        (
            f"<html>\r\n<head><title>{title}</title></head>",
            f"<body>\r\n<center><h1>{title}</h1></center>\r\n</body>",
            "</html>\r\n",
        )
    ).encode()


def error_page(status: int) -> Answer:
    return Answer(status, page(status))


def fixed_response(action: FixedResponse) -> Answer:
    return Answer(action["status"], (action["body"] or "").encode(), action["contentType"] or "text/plain")


def redirect(action: Redirect, listener: ListenerEntry, request: h11.Request, addresses: Mapping[tuple[str, str], str]) -> Answer:
    """Fills in the parts of the request's address. If the load balancer itself listens on the port of the redirect, the location
    is the address of that listener on this machine, which uses plain HTTP.
    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html#redirect-actions"""
    asked = urlsplit(request.target.decode("latin-1"))
    parts = {
        "protocol": listener["protocol"],
        "host": header(request, "host").partition(":")[0],
        "port": str(listener["port"]),
        "path": asked.path.lstrip("/"),
        "query": asked.query,
    }

    def filled(template: str | None, default: str) -> str:
        return re.sub(r"#\{(\w+)\}", lambda match: parts.get(match[1], match[0]), template or default)

    protocol, port = filled(action["protocol"], "#{protocol}").lower(), filled(action["port"], "#{port}")
    origin = f"{protocol}://{filled(action['host'], '#{host}')}:{port}"
    local = addresses.get((listener["loadBalancer"], port))
    if local:
        origin = f"http://{local}"
    query = filled(action["query"], "#{query}")
    location = origin + filled(action["path"], "/#{path}") + (f"?{query}" if query else "")
    status = 302 if action["status"] == "HTTP_302" else 301
    return Answer(status, page(status), location=location)
