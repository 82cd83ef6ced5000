"""Throttling and internal errors in the format of each AWS protocol.
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/CommonErrors.html"""

from __future__ import annotations

import json
import re
import uuid
from typing import Any
from xml.sax.saxutils import escape

# Status line, headers and body.
Answer = tuple[str, list[tuple[str, str]], bytes]

RATE = "Rate exceeded"
INTERNAL = "The request processing has failed because of an unknown error, exception or failure."
REFUSED_STATUS = THROTTLED_STATUS = "400 BAD REQUEST"
FAILED_STATUS, SLOW_DOWN_STATUS = "500 INTERNAL SERVER ERROR", "503 SLOW DOWN"


def action_of(environ: dict[str, str], body: bytes) -> str:
    """Returns the action, such as `GetDeployment`. For REST calls (S3) it is the HTTP method."""
    action = environ.get("HTTP_X_AMZ_TARGET", "").rpartition(".")[2]
    if not action and "/operation/" in environ.get("PATH_INFO", ""):
        action = environ["PATH_INFO"].rpartition("/")[2]
    if not action and body.startswith(b"Action="):
        action = body[len(b"Action=") :].partition(b"&")[0].decode("ascii", "replace")
    return action or environ["REQUEST_METHOD"]


def cbor_text(text: str) -> bytes:
    encoded = text.encode()
    return b"\x79" + len(encoded).to_bytes(2, "big") + encoded


def cbor_error(code: str, message: str) -> bytes:
    fields = ("__type", code, "message", message)
    return b"\xa2" + b"".join(cbor_text(text) for text in fields)


def error_answer(environ: dict[str, Any], service: str | None, status: str, code: str, message: str) -> Answer:
    """Status line, headers and body of an error, in the form that the client of this service reads."""
    headers = []
    if service == "s3":
        content_type, body = (
            "application/xml",
            f"<Error><Code>{code}</Code><Message>{xml_text(message)}</Message></Error>".encode(),
        )
    elif service == "ec2":
        content_type = "text/xml"
        body = (
            f"<Response><Errors><Error><Code>{code}</Code><Message>{xml_text(message)}</Message></Error></Errors>"
            f"<RequestID>{uuid.uuid4()}</RequestID></Response>"
        ).encode()
    elif "HTTP_X_AMZ_TARGET" in environ:
        if environ.get("HTTP_X_AMZN_QUERY_MODE") == "true":
            # https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#aws-protocols-awsquerycompatible-trait
            headers.append(("x-amzn-query-error", f"{code};{fault_of(status)}"))
        content_type, body = "application/x-amz-json-1.1", json.dumps({"__type": code, "message": message}).encode()
    elif "cbor" in environ.get("HTTP_SMITHY_PROTOCOL", ""):
        content_type, body = "application/cbor", cbor_error(code, message)
        headers.append(("smithy-protocol", "rpc-v2-cbor"))
    else:
        content_type = "text/xml"
        body = (
            f"<ErrorResponse><Error><Type>{fault_of(status)}</Type><Code>{code}</Code><Message>{xml_text(message)}</Message></Error>"
            f"<RequestId>{uuid.uuid4()}</RequestId></ErrorResponse>"
        ).encode()
    return status, [("Content-Type", content_type), ("Content-Length", str(len(body))), *headers], body


def xml_text(text: str) -> str:
    """Removes control characters, which XML does not allow: https://www.w3.org/TR/xml/#charsets"""
    return escape(re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text))


def fault_of(status: str) -> str:
    return "Receiver" if status.startswith("5") else "Sender"


def is_query(environ: dict[str, Any]) -> bool:
    """Whether errors are written in the XML of AWS's query protocol."""
    return "HTTP_X_AMZ_TARGET" not in environ and "cbor" not in environ.get("HTTP_SMITHY_PROTOCOL", "")


def throttled(service: str | None, environ: dict[str, Any]) -> tuple[str, str, str]:
    if service == "s3":
        return SLOW_DOWN_STATUS, "SlowDown", "Please reduce your request rate."
    return THROTTLED_STATUS, "Throttling" if is_query(environ) else "ThrottlingException", RATE


def failed(service: str | None, _environ: dict[str, Any]) -> tuple[str, str, str]:
    return FAILED_STATUS, "InternalError" if service == "s3" else "InternalFailure", INTERNAL


# Status, code and message by the kind of a fault. The server carries out a lost call before it answers.
FAULT_ANSWERS = {"throttle": throttled, "error": failed, "lost": failed}


def fault_answer(answer: str, service: str | None, environ: dict[str, Any]) -> Answer:
    """Status line, headers and body."""
    return error_answer(environ, service, *FAULT_ANSWERS[answer](service, environ))
