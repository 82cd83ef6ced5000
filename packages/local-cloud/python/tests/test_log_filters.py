import json
import time
import unittest

from nightshift_cloud.log_filters import InvalidPattern, compile_pattern

from .cloud_test_case import CloudTestCase

ERROR = json.dumps(
    {"level": "error", "message": "request failed", "status": 500, "user": {"name": "x", "roles": ["admin"]}, "ok": False}
)
INFO = json.dumps({"level": "info", "message": "listening", "status": 200})
ACCESS = '127.0.0.1 Prod frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534'


class LogFiltersTest(unittest.TestCase):
    def matches(self, pattern, message):
        return compile_pattern(pattern)(message)

    def test_terms(self):
        message = "ERROR 401 unauthorized request"
        for pattern, expected in (
            ("", True),
            ("ERROR", True),
            ("error", False),
            ("ERROR request", True),
            ("ERROR missing", False),
            ("?missing ?request", True),
            ("?missing ?other", False),
            ("ERROR -unauthorized", False),
            ('"401 unauthorized"', True),
            ('"unauthorized 401"', False),
            ("%4[0-9]{2}%", True),
        ):
            with self.subTest(pattern):
                self.assertEqual(expected, self.matches(pattern, message))

    def test_json(self):
        for pattern, error, info in (
            ('{ $.level = "error" }', True, False),
            ('{ $.level != "error" }', False, True),
            ('{ $.level = "err*" }', True, False),
            ("{ $.level = %^(error|fatal)$% }", True, False),
            ("{ $.status >= 500 }", True, False),
            ('{ $.status = 200 || ($.level = "error" && $.status < 600) }', True, True),
            ('{ ($.status = 200 || $.level = "error") && $.status < 300 }', False, True),
            ("{ $.user.roles[0] = admin }", True, False),
            ("{ $.user EXISTS }", True, False),
            ("{ $.user NOT EXISTS }", False, True),
            ("{ $.ok IS FALSE }", True, False),
            ("{ $.nothing != 1 }", False, False),
        ):
            with self.subTest(pattern):
                self.assertEqual((error, info), (self.matches(pattern, ERROR), self.matches(pattern, INFO)))
        self.assertFalse(self.matches('{ $.level = "error" }', "level=error"))

    def test_fields_between_spaces(self):
        for pattern, expected in (
            ("[ip, user, username, timestamp, request, status_code, bytes]", True),
            ("[ip, user, username, timestamp, request, status_code = 4*, bytes > 1000]", True),
            ("[ip, user, username, timestamp, request = *index.html*, status_code = 500, bytes]", False),
            ("[ip, ..., status_code = 404, bytes]", True),
            ("[..., bytes = 1534]", True),
            ("[ip, user]", False),
        ):
            with self.subTest(pattern):
                self.assertEqual(expected, self.matches(pattern, ACCESS))

    def test_refuses_invalid_patterns(self):
        for pattern in (
            "{ $.a = }",
            "{ a = 1 }",
            "{ $.a = 1",
            "[a, , b]",
            "[..., a, ...]",
            "{ ($.a = 1 }",
            "%[%",
            '{ $.a > "x" }',
            "a=b",
        ):
            with self.subTest(pattern), self.assertRaises(InvalidPattern):
                compile_pattern(pattern)


class FilterLogEventsTest(CloudTestCase):
    def setUp(self):
        super().setUp()
        self.logs = self.client("logs")
        self.logs.create_log_group(logGroupName="g")
        self.logs.create_log_stream(logGroupName="g", logStreamName="s")
        events = [{"timestamp": int(time.time() * 1000), "message": message} for message in (ERROR, INFO)]
        self.logs.put_log_events(logGroupName="g", logStreamName="s", logEvents=events)

    def test_returns_events_that_match(self):
        found = self.logs.filter_log_events(logGroupName="g", filterPattern='{ $.level = "error" }')["events"]
        self.assertEqual([ERROR], [event["message"] for event in found])

    def test_refuses_an_invalid_pattern(self):
        message = "Invalid filter pattern"
        self.assert_refused(
            "InvalidParameterException", message, self.logs.filter_log_events, logGroupName="g", filterPattern="{ $.a = }"
        )

    def test_does_not_support_logs_insights(self):
        with self.assertRaises(self.logs.exceptions.ClientError) as caught:
            self.logs.start_query(logGroupName="g", startTime=0, endTime=1, queryString="fields @message")
        error = caught.exception.response["Error"]
        self.assertEqual("NotInLocalCloud", error["Code"])
        self.assertIn("the local cloud does not run Logs Insights queries - use FilterLogEvents", error["Message"])
