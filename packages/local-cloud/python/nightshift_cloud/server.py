"""The HTTP server: moto's, one call at a time, with a health address, a log that can be read and no outage answers."""

import collections
import io
import json
import os
import sys
import time
import traceback
from datetime import datetime, timezone
from xml.sax.saxutils import escape

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server

from . import clock, control, core, extensions, faults, load_balancers  # noqa: F401
from .fault_answers import action_of, fault_answer

HOST = "127.0.0.1"
NAME = "nightshift-local-cloud"
HEALTH_PATH = "/nightshift/health"


class QuietHandler(WSGIRequestHandler):
    """Keeps connections open, as AWS does, and leaves the log to LocalCloudApp."""

    protocol_version = "HTTP/1.1"

    def log_request(self, code="-", size="-"):
        pass


def utc_now():
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def service_of_call(environ):
    """The name that a service is signed with, or None of a call without credentials."""
    credential = environ.get("HTTP_AUTHORIZATION", "").partition("Credential=")[2].split("/")
    return credential[3] if len(credential) > 3 else None


def name_of_call(environ, body):
    """Such as `ecs.CreateService`, or `s3 PUT /bucket/key` for a service without action names."""
    service, action = service_of_call(environ) or "unsigned", action_of(environ, body)
    if action != environ["REQUEST_METHOD"]:
        return f"{service}.{action}"
    query = f"?{environ['QUERY_STRING']}" if environ.get("QUERY_STRING") else ""
    return f"{service} {environ['REQUEST_METHOD']} {environ.get('PATH_INFO', '')}{query}"


def gap_answer(environ, message):
    """The 400 for a crash outside of moto's actions (S3 has none), in the form that the client reads."""
    if "HTTP_X_AMZ_TARGET" in environ:
        content_type, answer = "application/x-amz-json-1.1", json.dumps({"__type": core.CODE, "message": message})
    else:
        content_type = "application/xml"
        answer = f"<Error><Code>{core.CODE}</Code><Message>{escape(message)}</Message></Error>"
    encoded = answer.encode()
    return "400 BAD REQUEST", [("Content-Type", content_type), ("Content-Length", str(len(encoded)))], encoded


class Answers:
    """The latest successful answers, by the id that an AWS SDK gives a call and all its repetitions.

    Here a call takes less than the SDK for Go takes to look up from sending it: smithy-go 1.22.3 then closes the connection
    and repeats a call that was carried out. AWS would make a second key; we give the first answer again."""

    MOST = 500

    def __init__(self):
        self.kept = collections.OrderedDict()

    def repeated(self, environ):
        """The answer to an earlier attempt of this call, or None."""
        first = environ.get("HTTP_AMZ_SDK_REQUEST", "").startswith("attempt=1;")
        return None if first else self.kept.get(environ.get("HTTP_AMZ_SDK_INVOCATION_ID"))

    def keep(self, environ, answer):
        call, (status, _, _) = environ.get("HTTP_AMZ_SDK_INVOCATION_ID"), answer
        if call and status.startswith("2") and environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            self.kept[call] = answer
        if len(self.kept) > self.MOST:
            self.kept.popitem(last=False)


class LocalCloudApp:
    """A WSGI application around moto's. Calls run one after the other, and none while a tick runs: moto's models are not
    made for threads."""

    def __init__(self, fingerprint, log=sys.stderr):
        self.moto = DomainDispatcherApplication(create_backend_app)
        self.lock = clock.lock
        self.answers = Answers()
        self.log = log
        self.health = {
            "name": NAME,
            "fingerprint": fingerprint,
            "pid": os.getpid(),
            "startedAt": utc_now(),
            "timeScale": clock.scale,
        }

    def __call__(self, environ, start_response):
        if environ.get("PATH_INFO") == HEALTH_PATH and "HTTP_AUTHORIZATION" not in environ:
            start_response("200 OK", [("Content-Type", "application/json")])
            return [json.dumps({**self.health, "environments": load_balancers.environments}).encode()]
        body = self.read_body(environ)
        with self.lock:
            started = time.monotonic()
            (status, headers, answer), remark = self.answer(environ, body)
            took = (time.monotonic() - started) * 1000
            print(f"{utc_now()} {status[:3]} {took:4.0f} ms {name_of_call(environ, body)}{remark}", file=self.log, flush=True)
        start_response(status, headers)
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else answer]

    def answer(self, environ, body):
        """The answer, and a remark for the log."""
        service = service_of_call(environ)
        if service is None and environ.get("PATH_INFO", "").startswith(control.PREFIX):
            return control.answer(environ["REQUEST_METHOD"], environ["PATH_INFO"], body), ""
        fault = faults.strike(service, action_of(environ, body)) if service else None
        if fault and fault != "lost":
            return fault_answer(fault, service, environ), " (fault on request)"
        repeated = self.answers.repeated(environ)
        answer = repeated or self.ask_moto(environ)
        if fault:
            return fault_answer(fault, service, environ), " (carried out, answer lost on request)"
        self.answers.keep(environ, answer)
        return answer, " (again)" if repeated else ""

    @staticmethod
    def read_body(environ):
        """Reads it before the lock is taken, so that a slow client holds up nobody."""
        if environ.get("wsgi.input_terminated") and "CONTENT_LENGTH" not in environ:
            body = environ["wsgi.input"].read()
            environ["CONTENT_LENGTH"] = str(len(body))
        else:
            body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        return body

    def ask_moto(self, environ):
        answered = {}

        def keep(status, headers, exc_info=None):
            answered.update(status=status, headers=headers)

        try:
            chunks = self.moto(environ, keep)
            answer = b"".join(chunks)
            chunks.close()
        except Exception as error:
            traceback.print_exc(file=self.log)
            return gap_answer(environ, core.describe(error))
        bodiless = environ["REQUEST_METHOD"] == "HEAD" or answered["status"][:3] in ("204", "304")
        return answered["status"], answered["headers"], b"" if bodiless else answer


def serve(port, fingerprint, log=sys.stderr):
    """A server that listens but does not answer yet: call its serve_forever()."""
    clock.ticking.start()
    return make_server(HOST, port, LocalCloudApp(fingerprint, log), threaded=True, request_handler=QuietHandler)
