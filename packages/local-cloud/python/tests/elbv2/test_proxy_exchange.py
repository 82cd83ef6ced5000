"""Requests and responses in all forms that HTTP allows, through the load balancer."""

import socket
import threading
import time
from http.client import IncompleteRead
from http.server import BaseHTTPRequestHandler

from ..balanced_test_case import Answering, BalancedTestCase

ATTRIBUTE = "idle_timeout.timeout_seconds"


class Odd(Answering):
    """Answers by path. Most answers are unusual, and some are invalid."""

    def do_GET(self):
        answers = {
            "/chunked": lambda: self.chunked(b"one", b"two" * 50000),
            "/until-close": lambda: self.raw(b"HTTP/1.0 200 OK\r\n\r\nall of it"),
            "/no-content": lambda: self.raw(b"HTTP/1.1 204 No Content\r\n\r\n"),
            "/early": lambda: self.raw(b"HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"),
            "/own": lambda: self.raw(
                b"HTTP/1.1 418 Teapot time\r\nConnection: x-own\r\nX-Own: 1\r\nX-Kept: 2\r\nContent-Length: 0\r\n\r\n"
            ),
            "/broken": lambda: self.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"),
            "/broken-chunk": lambda: self.raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
            "/hangs-up": lambda: self.raw(b""),
            "/garbled": lambda: self.raw(b"HTTP/1.1 what\r\n\r\n"),
            "/two-lengths": lambda: self.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nok"),
            "/endless": lambda: time.sleep(3),
            "/too-large": lambda: self.raw(b"HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n"),
        }
        answers.get(self.path, super().do_GET)()

    do_POST = do_HEAD = do_GET

    def raw(self, content):
        self.wfile.write(content)
        self.close_connection = True

    def chunked(self, *parts):
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for part in parts:
            self.wfile.write(b"%x\r\n%b\r\n" % (len(part), part))
        self.wfile.write(b"0\r\nX-Trailer: 1\r\n\r\n")


class Chunked(BaseHTTPRequestHandler):
    """Answers with the size of a chunked request."""

    def log_message(self, *args):
        pass

    def do_POST(self):
        total = 0
        while size := int(self.rfile.readline(), 16):
            total += len(self.rfile.read(size))
            self.rfile.readline()
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%d" % (len(str(total)), total))

    def do_GET(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")


class ExchangeTest(BalancedTestCase):
    def through(self, path, **kwargs):
        self.start("odd", handler=Odd)
        return self.request(path, **kwargs)

    def raw(self, *parts):
        """Sends these bytes, and returns the response until the connection ends."""
        with socket.create_connection(("127.0.0.1", self.port_of(self.listener)), timeout=60) as connection:
            for part in parts:
                connection.sendall(part)
            received = b""
            while data := connection.recv(65536):
                received += data
            return received

    def test_an_answer_in_chunks_comes_in_chunks(self):
        status, headers, content = self.through("/chunked")
        self.assertEqual((200, "chunked", b"one" + b"two" * 50000), (status, headers["Transfer-Encoding"], content))

    def test_an_answer_that_ends_with_its_connection_comes_whole(self):
        status, headers, content = self.through("/until-close")
        self.assertEqual((200, "chunked", b"all of it"), (status, headers["Transfer-Encoding"], content))

    def test_a_client_of_http_1_0_gets_it_without_chunks(self):
        self.start("odd", handler=Odd)
        head, _, content = self.raw(b"GET /chunked HTTP/1.0\r\n\r\n").partition(b"\r\n\r\n")
        self.assertEqual(b"one" + b"two" * 50000, content)
        self.assertNotIn(b"Transfer-Encoding", head)
        self.assertIn(b"Connection: close", head)

    def test_an_answer_without_a_body(self):
        self.assertEqual((204, b""), self.through("/no-content")[::2])

    def test_an_answer_to_head_has_no_body(self):
        status, headers, content = self.through("/else", method="HEAD")
        self.assertEqual((200, b""), (status, content))
        self.assertGreater(int(headers["Content-Length"]), 0)

    def test_an_answer_of_the_load_balancer_to_head_has_no_body(self):
        self.assertEqual(b"", self.raw(b"HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").partition(b"\r\n\r\n")[2])

    def test_early_hints_are_not_the_answer(self):
        self.assertEqual((200, b"ok"), self.through("/early")[::2])

    def test_status_and_headers_are_the_targets_except_those_of_its_connection(self):
        status, headers, _ = self.through("/own")
        self.assertEqual((418, "2", None), (status, headers["X-Kept"], headers["X-Own"]))

    def test_an_answer_that_breaks_off_breaks_off(self):
        with self.assertRaises(IncompleteRead):
            self.through("/broken")

    def test_no_answer_and_no_http_are_a_bad_gateway(self):
        self.start("odd", handler=Odd)
        for path in ("/hangs-up", "/garbled", "/two-lengths", "/broken-chunk"):
            with self.subTest(path):
                self.assertEqual(502, self.request(path)[0])

    def test_an_answer_that_does_not_come_is_a_gateway_timeout(self):
        attributes = [{"Key": ATTRIBUTE, "Value": "1"}]
        self.elbv2.modify_load_balancer_attributes(LoadBalancerArn=self.balancer_arn, Attributes=attributes)
        self.assertEqual(504, self.through("/endless")[0])

    def test_an_idle_connection_is_closed(self):
        attributes = [{"Key": ATTRIBUTE, "Value": "1"}]
        self.elbv2.modify_load_balancer_attributes(LoadBalancerArn=self.balancer_arn, Attributes=attributes)
        self.assertEqual(b"", self.raw())

    def test_a_long_body_is_passed_on_while_it_comes(self):
        self.start("one", handler=Chunked)
        head = b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2000000\r\n\r\n"
        answer = self.raw(head, b"x" * 1000000, b"x" * 1000000)
        self.assertTrue(answer.startswith(b"HTTP/1.1 200 OK"), answer)
        self.assertTrue(answer.endswith(b"\r\n\r\n2000000"), answer)

    def test_a_body_in_chunks_is_passed_on(self):
        self.start("one", handler=Chunked)
        head = b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
        self.assertTrue(self.raw(head, b"3\r\nabc\r\n", b"2\r\nde\r\n0\r\n\r\n").endswith(b"\r\n\r\n5"))

    def test_a_target_may_answer_before_the_body_is_over(self):
        self.start("odd", handler=Odd)
        answer = self.raw(b"POST /too-large HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\n", b"x" * 1000)
        self.assertTrue(answer.startswith(b"HTTP/1.1 413 Too Large\r\n"), answer)

    def test_a_client_that_asks_whether_to_go_on_is_told_to(self):
        self.start("one")
        head = b"POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Length: 2\r\n\r\n"
        answer = self.raw(head, b"ab")
        self.assertTrue(answer.startswith(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"), answer)
        self.assertIn(b'"body": "ab"', answer)
        self.assertNotIn(b'"expect"', answer)

    def test_what_is_no_http_is_a_bad_request(self):
        self.start("one")
        for request in (
            b"what\r\n\r\n",
            b"GET / HTTP/1.1\r\n\r\n",
            b"GET / HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n",
            b"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n",
            b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n",
            b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"x" * 70000,
        ):
            with self.subTest(request[:40]):
                self.assertTrue(self.raw(request).startswith(b"HTTP/1.1 400 Bad Request\r\n"))

    def test_a_client_that_leaves_disturbs_nobody(self):
        self.start("one")
        port = self.port_of(self.listener)
        for request in (
            b"GET",
            b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nab",
            b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        ):
            with socket.create_connection(("127.0.0.1", port)) as connection:
                connection.sendall(request)
        self.assertEqual("one", self.asked()["name"])

    def test_many_clients_at_once_are_answered(self):
        self.start("one")
        statuses = []
        asking = [threading.Thread(target=lambda: statuses.append(self.request()[0])) for _ in range(50)]
        for thread in asking:
            thread.start()
        for thread in asking:
            thread.join()
        self.assertEqual([200] * 50, statuses)

    def test_an_unread_body_ends_the_connection(self):
        answer = self.raw(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n")
        self.assertTrue(answer.startswith(b"HTTP/1.1 503 Service Temporarily Unavailable\r\n"), answer)
