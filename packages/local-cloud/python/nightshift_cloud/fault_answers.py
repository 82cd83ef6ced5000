"""How AWS says that it throttles or has failed, in the form that the client of a service reads.
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/CommonErrors.html"""

import json
import uuid
from xml.sax.saxutils import escape

RATE = "Rate exceeded"
INTERNAL = "The request processing has failed because of an unknown error, exception or failure."
THROTTLED_STATUS, FAILED_STATUS, SLOW_DOWN_STATUS = "400 BAD REQUEST", "500 INTERNAL SERVER ERROR", "503 SLOW DOWN"


def action_of(environ, body):
    """Such as `GetDeployment`. REST calls (S3) have the method for a name."""
    action = environ.get("HTTP_X_AMZ_TARGET", "").rpartition(".")[2]
    if not action and "/operation/" in environ.get("PATH_INFO", ""):
        action = environ["PATH_INFO"].rpartition("/")[2]
    if not action and body.startswith(b"Action="):
        action = body[len(b"Action=") :].partition(b"&")[0].decode("ascii", "replace")
    return action or environ["REQUEST_METHOD"]


def cbor_text(text):
    encoded = text.encode()
    return b"\x79" + len(encoded).to_bytes(2, "big") + encoded


def cbor_error(code, message):
    fields = ("__type", code, "message", message)
    return b"\xa2" + b"".join(cbor_text(text) for text in fields)


def fault_answer(answer, service, environ):
    """Status line, headers and body."""
    throttled = answer == "throttle"
    status = THROTTLED_STATUS if throttled else FAILED_STATUS
    message = RATE if throttled else INTERNAL
    if service == "s3":
        status = SLOW_DOWN_STATUS if throttled else FAILED_STATUS
        code, message = ("SlowDown", "Please reduce your request rate.") if throttled else ("InternalError", INTERNAL)
        content_type, body = "application/xml", f"<Error><Code>{code}</Code><Message>{escape(message)}</Message></Error>".encode()
    elif "HTTP_X_AMZ_TARGET" in environ:
        code = "ThrottlingException" if throttled else "InternalFailure"
        content_type, body = "application/x-amz-json-1.1", json.dumps({"__type": code, "message": message}).encode()
    elif "cbor" in environ.get("HTTP_SMITHY_PROTOCOL", ""):
        code = "ThrottlingException" if throttled else "InternalFailure"
        content_type, body = "application/cbor", cbor_error(code, message)
    else:
        code, sender = ("Throttling", "Sender") if throttled else ("InternalFailure", "Receiver")
        content_type = "text/xml"
        body = (
            f"<ErrorResponse><Error><Type>{sender}</Type><Code>{code}</Code><Message>{escape(message)}</Message></Error>"
            f"<RequestId>{uuid.uuid4()}</RequestId></ErrorResponse>"
        ).encode()
    headers = [("Content-Type", content_type), ("Content-Length", str(len(body)))]
    if content_type == "application/cbor":
        headers.append(("smithy-protocol", "rpc-v2-cbor"))
    return status, headers, body
