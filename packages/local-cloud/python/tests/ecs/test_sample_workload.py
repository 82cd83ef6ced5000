import json
import os
import signal
import subprocess
import sys
import unittest
import urllib.error
import urllib.request
from pathlib import Path

from nightshift_cloud.ecs.processes import free_port

PYTHON_FOLDER = Path(__file__).parent.parent.parent


class StandInTest(unittest.TestCase):
    def start(self, behaves, **options):
        self.port = free_port()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "nightshift_cloud.ecs.sample_workload", "--behaves", behaves],
            cwd=PYTHON_FOLDER,
            env={**os.environ, "HOST": "127.0.0.1", "PORT": str(self.port), "VERSION": "4f1c2e9"},
            stdout=subprocess.PIPE,
            text=True,
        )
        self.addCleanup(self.process.stdout.close)
        self.addCleanup(self.process.wait)
        self.addCleanup(self.process.kill)
        return self.line()

    def line(self):
        return json.loads(self.process.stdout.readline())

    def ask(self, path, data=None):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", data) as answer:
                return answer.status, answer.headers["X-Version"], json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers["X-Version"], json.load(error)

    def test_logs_that_it_listens(self):
        line = self.start("healthy")
        self.assertEqual(
            ("info", "listening", self.port, "4f1c2e9"), tuple(line[name] for name in ("level", "message", "port", "version"))
        )

    def test_a_healthy_one_answers(self):
        self.start("healthy")
        self.assertEqual((200, "4f1c2e9", {"status": "ok", "version": "4f1c2e9"}), self.ask("/health"))
        self.assertEqual((200, "4f1c2e9", {"version": "4f1c2e9"}), self.ask("/jobs", b"{}"))

    def test_an_unhealthy_one_fails_its_health_check(self):
        self.start("unhealthy")
        self.assertEqual((503, "4f1c2e9", {"status": "overloaded", "version": "4f1c2e9"}), self.ask("/health"))

    def test_an_unhealthy_one_is_alive(self):
        self.start("unhealthy")
        self.assertEqual((200, "4f1c2e9", {"status": "ok", "version": "4f1c2e9"}), self.ask("/live"))

    def test_one_with_errors_is_healthy_but_answers_500(self):
        self.start("errors")
        self.assertEqual(200, self.ask("/health")[0])
        self.assertEqual((500, "4f1c2e9", {"problems": ["a defect: see the log"]}), self.ask("/jobs", b"{}"))
        self.assertEqual("request failed", self.line()["message"])

    def test_answers_request_after_request_on_one_connection(self):
        import http.client

        self.start("healthy")
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        self.addCleanup(connection.close)
        for body in (b"{}", iter([b"{", b"}"])):
            connection.request("POST", "/jobs", body=body, encode_chunked=True, headers={})
            answer = connection.getresponse()
            self.assertEqual((200, b'{"version": "4f1c2e9"}\n'), (answer.status, answer.read()))

    def test_one_that_crashes_logs_the_reason_and_exits_with_1(self):
        self.start("crashes")
        self.assertEqual(("error", "cannot start"), (line := self.line())["level"] and (line["level"], line["message"]))
        self.assertEqual(1, self.process.wait(10))

    def test_one_that_runs_out_of_memory_is_killed(self):
        self.start("out-of-memory")
        self.assertEqual(-signal.SIGKILL, self.process.wait(10))

    def test_stops_on_sigterm(self):
        self.start("healthy")
        self.process.send_signal(signal.SIGTERM)
        self.assertEqual(0, self.process.wait(10))
        self.assertEqual(["stop requested", "stopped"], [self.line()["message"], self.line()["message"]])
