"""What a load balancer answers by itself, word for word as Application Load Balancer does.
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html"""

import re
from email.utils import formatdate
from urllib.parse import urlsplit

from .http1 import head_bytes

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


def reason_of(status):
    return REASONS.get(status, "")


def page(status):
    title = f"{status} {reason_of(status)}"
    return "\r\n".join(
        (
            f"<html>\r\n<head><title>{title}</title></head>",
            f"<body>\r\n<center><h1>{title}</h1></center>\r\n</body>",
            "</html>\r\n",
        )
    ).encode()


def answer(status, content=b"", content_type="text/html", headers=(), close=False):
    return (
        head_bytes(
            f"HTTP/1.1 {status} {reason_of(status)}",
            [
                ("Server", "awselb/2.0"),
                ("Date", formatdate(usegmt=True)),
                ("Content-Type", content_type),
                ("Content-Length", str(len(content))),
                ("Connection", "close" if close else "keep-alive"),
                *headers,
            ],
        ),
        content,
    )


def fixed_response(action):
    content = (action.get("body") or "").encode()
    return answer(action["status"], content, action.get("contentType") or "text/plain")


def redirect(action, listener, head, addresses):
    """Fills in the parts of the address that the action takes over. Where the load balancer itself listens on the port that
    is named, the place is that listener's on this machine, which speaks plain HTTP.
    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html#redirect-actions"""
    asked = urlsplit(head.first[1])
    parts = {
        "protocol": listener["protocol"],
        "host": head.get("host").partition(":")[0],
        "port": str(listener["port"]),
        "path": asked.path.lstrip("/"),
        "query": asked.query,
    }

    def filled(name, usual):
        return re.sub(r"#\{(\w+)\}", lambda match: parts.get(match[1], match[0]), action.get(name) or usual)

    protocol, port = filled("protocol", "#{protocol}").lower(), filled("port", "#{port}")
    place = f"{protocol}://{filled('host', '#{host}')}:{port}"
    local = addresses.get((listener["loadBalancer"], port))
    if local:
        place = f"http://{local}"
    query = filled("query", "#{query}")
    location = place + filled("path", "/#{path}") + (f"?{query}" if query else "")
    status = 302 if action.get("status") == "HTTP_302" else 301
    return answer(status, page(status), headers=[("Location", location)])
