"""The HTTP server: moto's application with one call at a time, a health address, a readable log and no 500 responses."""

import collections
import io
import json
import os
import sys
import time
import traceback
from datetime import datetime, timezone
from typing import Any, TextIO

from moto.moto_server import werkzeug_app
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from . import core, extensions  # noqa: F401
from .cloud import cloud
from .control import api
from .control.access import FORBIDDEN, Access, Refusal, credential_of, has_token, refuse_unknown_callers, refuse_web_pages
from .control.error_answers import Answer, action_of, error_answer, fault_answer, is_query
from .validation.validate import refuse_invalid

HOST = "127.0.0.1"
NAME = "nightshift-local-cloud"
HEALTH_PATH = "/nightshift/health"
# The error codes of JSON services for an unknown access key, and for a call without credentials.
JSON_CODES = {
    "InvalidClientTokenId": "UnrecognizedClientException",
    "MissingAuthenticationToken": "MissingAuthenticationTokenException",
}

# Without this, every response allows every web page to read it.
werkzeug_app.__dict__["DISABLE_GLOBAL_CORS"] = True


class QuietHandler(WSGIRequestHandler):
    """Keeps connections open, as AWS does, and leaves the log to LocalCloudApp."""

    protocol_version = "HTTP/1.1"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass


def utc_now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def service_of_call(environ: dict[str, Any]) -> str | None:
    """The signing name of the service, or None for a call without credentials."""
    credential = credential_of(environ) or []
    return credential[3] if len(credential) > 3 else None


def name_of_call(environ: dict[str, Any], body: bytes) -> str:
    """Such as `ecs.CreateService`, or `s3 PUT /bucket/key` for a service without action names."""
    service, action = service_of_call(environ) or "unsigned", action_of(environ, body)
    if action != environ["REQUEST_METHOD"]:
        return f"{service}.{action}"
    query = environ.get("QUERY_STRING", "")
    # A presigned URL in the log would give access to every reader of the log.
    query = "?(presigned)" if "Signature=" in query else query and f"?{query}"
    return f"{service} {environ['REQUEST_METHOD']} {environ.get('PATH_INFO', '')}{query}"


class Answers:
    """The latest successful responses, by the invocation id that an AWS SDK sends with a call and its retries.

    Here a call takes less than the SDK for Go takes to look up from sending it: smithy-go 1.22.3 then closes the connection
    and repeats a call that was carried out. AWS would make a second key; we give the first answer again."""

    MOST = 500

    def __init__(self) -> None:
        self.kept: collections.OrderedDict[str, Answer] = collections.OrderedDict()

    def repeated(self, environ: dict[str, Any]) -> Answer | None:
        """The answer to an earlier attempt of this call, or None."""
        first = environ.get("HTTP_AMZ_SDK_REQUEST", "").startswith("attempt=1;")
        return None if first else self.kept.get(environ.get("HTTP_AMZ_SDK_INVOCATION_ID", ""))

    def keep(self, environ: dict[str, Any], answer: Any) -> None:
        call, (status, _, _) = environ.get("HTTP_AMZ_SDK_INVOCATION_ID"), answer
        if call and status.startswith("2") and environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            self.kept[call] = answer
        if len(self.kept) > self.MOST:
            self.kept.popitem(last=False)


class LocalCloudApp:
    """A WSGI application around moto's. Calls run one after the other, and none while a tick runs: moto's models are not
    made for threads."""

    def __init__(self, access: Any, fingerprint: str, log: Any = sys.stderr) -> None:
        self.moto = DomainDispatcherApplication(create_backend_app)
        self.access = access
        self.lock = cloud.clock.lock
        self.answers = Answers()
        self.log = log
        self.health = {
            "name": NAME,
            "pid": os.getpid(),
            "fingerprint": fingerprint,
            "startedAt": utc_now(),
            "timeScale": cloud.clock.scale,
        }

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        refusal = refuse_web_pages(environ, int(environ["SERVER_PORT"]))
        if refusal is None and environ.get("PATH_INFO") == HEALTH_PATH:
            start_response("200 OK", [("Content-Type", "application/json")])
            return [json.dumps(self.health_for(environ)).encode()]
        refusal = refusal or refuse_unknown_callers(environ, self.access)
        if refusal:
            return self.refuse(refusal, environ, start_response)
        body = self.read_body(environ)
        with self.lock:
            started = time.monotonic()
            (status, headers, answer), remark = self.answer(environ, body)
            took = (time.monotonic() - started) * 1000
            print(f"{utc_now()} {status[:3]} {took:4.0f} ms {name_of_call(environ, body)}{remark}", file=self.log, flush=True)
        start_response(status, headers)
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else answer]

    def health_for(self, environ: dict[str, Any]) -> dict[str, Any]:
        """A caller without the token gets only the name of the program and its process id, which `ps` shows too."""
        if has_token(environ, self.access):
            return {**self.health, "environments": cloud.environments}
        return {name: self.health[name] for name in ("name", "pid")}

    def refuse(self, refusal: Refusal, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        code = refusal.code if is_query(environ) else JSON_CODES.get(refusal.code, refusal.code)
        status, headers, answer = error_answer(environ, service_of_call(environ), FORBIDDEN, code, refusal.message)
        print(f"{utc_now()} {status[:3]}    0 ms {name_of_call(environ, b'')} ({refusal.message})", file=self.log, flush=True)
        start_response(status, headers)
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else answer]

    def answer(self, environ: dict[str, Any], body: bytes) -> tuple[Answer, str]:
        """The answer, and a remark for the log."""
        service = service_of_call(environ)
        if service is None and environ.get("PATH_INFO", "").startswith(api.PREFIX):
            return api.answer(cloud, environ["REQUEST_METHOD"], environ["PATH_INFO"], body), ""
        fault = cloud.faults.answer_for(service, action_of(environ, body)) if service else None
        if fault and fault != "lost":
            return fault_answer(fault, service, environ), " (fault on request)"
        repeated = self.answers.repeated(environ)
        answer = repeated or refuse_invalid(environ, service, body) or self.ask_moto(environ)
        if fault:
            return fault_answer(fault, service, environ), " (carried out, answer lost on request)"
        self.answers.keep(environ, answer)
        return answer, " (again)" if repeated else ""

    @staticmethod
    def read_body(environ: dict[str, Any]) -> bytes:
        """Reads the body before the lock is acquired, so that a slow client does not block other calls."""
        if environ.get("wsgi.input_terminated") and "CONTENT_LENGTH" not in environ:
            body: bytes = environ["wsgi.input"].read()
            environ["CONTENT_LENGTH"] = str(len(body))
        else:
            body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        return body

    def ask_moto(self, environ: dict[str, Any]) -> Answer:
        answered: dict[str, Any] = {}

        def keep(status: str, headers: Any, exc_info: Any = None) -> None:
            answered.update(status=status, headers=headers)

        try:
            chunks = self.moto(environ, keep)
            answer = b"".join(chunks)
            chunks.close()
        except Exception as error:
            traceback.print_exc(file=self.log)
            # A crash outside of moto's actions; S3 has none.
            refusal = core.crash(service_of_call(environ) or "", error)
            return error_answer(environ, service_of_call(environ), "400 BAD REQUEST", refusal.code, refusal.message)
        bodiless = environ["REQUEST_METHOD"] == "HEAD" or answered["status"][:3] in ("204", "304")
        return answered["status"], answered["headers"], b"" if bodiless else answer


def serve(port: int, access: Access, fingerprint: str, log: TextIO = sys.stderr) -> BaseWSGIServer:
    """A server that listens but does not answer yet: call its serve_forever()."""
    cloud.clock.start()
    return make_server(HOST, port, LocalCloudApp(access, fingerprint, log), threaded=True, request_handler=QuietHandler)
