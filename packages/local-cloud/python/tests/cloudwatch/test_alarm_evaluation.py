import unittest
from datetime import datetime, timezone

from nightshift_cloud.cloudwatch.alarm_evaluation import Rule, reason_of, state_of

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=timezone.utc)


def rule(**changed):
    usual = {
        "comparison": "GreaterThanThreshold",
        "threshold": 10.0,
        "evaluation_periods": 3,
        "datapoints_to_alarm": 2,
        "missing": "notBreaching",
    }
    return Rule(**{**usual, **changed})


class StateTest(unittest.TestCase):
    def states(self, tested, *cases):
        for values, expected in cases:
            with self.subTest(values=values):
                self.assertEqual(expected, state_of(tested, values))

    def test_m_out_of_n_datapoints(self):
        self.states(rule(), ([11, 12, 3], "ALARM"), ([11, 3, 12], "ALARM"), ([11, 3, 10], "OK"), ([1, 2, 3], "OK"))

    def test_each_comparison(self):
        for comparison, expected in (
            ("GreaterThanThreshold", ["OK", "OK", "ALARM"]),
            ("GreaterThanOrEqualToThreshold", ["OK", "ALARM", "ALARM"]),
            ("LessThanThreshold", ["ALARM", "OK", "OK"]),
            ("LessThanOrEqualToThreshold", ["ALARM", "ALARM", "OK"]),
        ):
            with self.subTest(comparison):
                one = rule(comparison=comparison, evaluation_periods=1, datapoints_to_alarm=1)
                self.assertEqual(expected, [state_of(one, [value]) for value in (9, 10, 11)])

    def test_missing_data_not_breaching(self):
        self.states(rule(), ([], "OK"), ([11], "OK"), ([11, 11], "ALARM"))

    def test_missing_data_breaching(self):
        self.states(rule(missing="breaching"), ([], "ALARM"), ([1], "ALARM"), ([11, 1], "ALARM"), ([1, 1], "OK"))

    def test_missing_data_ignore(self):
        self.states(rule(missing="ignore"), ([], None), ([1, 1], None), ([1, 1, 1], "OK"), ([11, 11], "ALARM"))

    def test_missing_data_missing(self):
        self.states(rule(missing="missing"), ([], "INSUFFICIENT_DATA"), ([11], None), ([1], "OK"), ([1, 1, 11], "OK"))
        self.states(rule(missing="missing"), ([None, 11, None], "ALARM"), ([None, None, 11], "ALARM"), ([11, None, None], None))


class ReasonTest(unittest.TestCase):
    def reason(self, values, state, previous, **changed):
        points = [(NOON.replace(minute=minute), value) for minute, value in zip((2, 1, 0), values)]
        return reason_of(rule(**changed), points, state, previous)

    def test_the_reason_of_alarm_lists_the_breaching_datapoints(self):
        self.assertEqual(
            "Threshold Crossed: 2 out of the last 3 datapoints [12.0 (24/11/26 12:02:00), 11.0 (24/11/26 12:00:00)] were"
            " greater than the threshold (10.0) (minimum 2 datapoints for OK -> ALARM transition).",
            self.reason([12, 1, 11], "ALARM", "OK"),
        )

    def test_the_reason_of_ok_lists_the_datapoints_that_do_not_breach(self):
        self.assertEqual(
            "Threshold Crossed: 1 out of the last 1 datapoints [0.5 (24/11/26 12:02:00)] was not less than or equal to the"
            " threshold (0.2) (minimum 1 datapoint for ALARM -> OK transition).",
            self.reason(
                [0.5],
                "OK",
                "ALARM",
                evaluation_periods=1,
                datapoints_to_alarm=1,
                threshold=0.2,
                comparison="LessThanOrEqualToThreshold",
            ),
        )

    def test_the_reason_counts_missing_datapoints(self):
        self.assertEqual(
            "Threshold Crossed: 1 out of the last 3 datapoints [12.0 (24/11/26 12:02:00)] was greater than the threshold"
            " (10.0) and 2 missing datapoints were treated as [NonBreaching] (minimum 1 datapoint for OK -> ALARM transition).",
            self.reason([12], "ALARM", "OK", datapoints_to_alarm=1),
        )

    def test_no_datapoints_at_all(self):
        self.assertEqual(
            "Threshold Crossed: no datapoints were received for 3 periods and 3 missing datapoints were treated as"
            " [NonBreaching].",
            self.reason([], "OK", "ALARM"),
        )
        self.assertEqual(
            "Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [Breaching].",
            self.reason([], "ALARM", "OK", missing="breaching", evaluation_periods=1, datapoints_to_alarm=1),
        )

    def test_no_datapoints_with_missing_data_missing(self):
        self.assertEqual(
            "Insufficient Data: 3 datapoints were unknown.",
            self.reason([], "INSUFFICIENT_DATA", "OK", missing="missing"),
        )
