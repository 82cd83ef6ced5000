import json

from nightshift_cloud.cloudwatch import series
from nightshift_cloud.elbv2 import metrics

from ..balanced_test_case import BalancedTestCase


class AlarmsTest(BalancedTestCase):
    def setUp(self):
        super().setUp()
        self.cloudwatch = self.client("cloudwatch")

    def put(self, metric="HTTPCode_Target_5XX_Count", group=None, **changed):
        dimensions = [{"Name": "LoadBalancer", "Value": metrics.suffix_of(self.balancer_arn)}]
        if group:
            dimensions.append({"Name": "TargetGroup", "Value": metrics.suffix_of(group)})
        usual = {
            "AlarmName": "gate",
            "Namespace": "AWS/ApplicationELB",
            "MetricName": metric,
            "Dimensions": dimensions,
            "Statistic": "Sum",
            "Period": 60,
            "EvaluationPeriods": 3,
            "DatapointsToAlarm": 1,
            "Threshold": 2,
            "ComparisonOperator": "GreaterThanThreshold",
            "TreatMissingData": "notBreaching",
        }
        merged = {**usual, **changed}
        self.cloudwatch.put_metric_alarm(**{name: value for name, value in merged.items() if value is not None})

    def alarm(self, name="gate"):
        return self.cloudwatch.describe_alarms(AlarmNames=[name])["MetricAlarms"][0]

    def becomes(self, state):
        self.until(lambda: self.alarm()["StateValue"] == state)
        return self.alarm()

    def test_errors_make_an_alarm_that_ends_when_they_do(self):
        self.start("one").status = 500
        self.put()
        for _ in range(8):
            self.request()
        alarm = self.becomes("ALARM")
        self.assertRegex(
            alarm["StateReason"],
            r"^Threshold Crossed: \d out of the last 3 datapoints \[\d\.0 \(.*\)\] (was|were) greater than the threshold \(2\.0\)"
            r"( and \d missing datapoints? (was|were) treated as \[NonBreaching\])?"
            r" \(minimum 1 datapoint for OK -> ALARM transition\)\.$",
        )
        data = json.loads(alarm["StateReasonData"])
        self.assertEqual(("1.0", "Sum", 60, 2.0), tuple(data[key] for key in ("version", "statistic", "period", "threshold")))
        self.assertEqual(data["recentDatapoints"][-1], data["evaluatedDatapoints"][0]["value"])
        self.assertRegex(self.becomes("OK")["StateReason"], r"treated as \[NonBreaching\]|for ALARM -> OK transition")

    def test_a_target_that_fails_its_checks_makes_one(self):
        self.put("UnHealthyHostCount", self.blue, Statistic="Maximum", Threshold=0)
        process = self.start("one")
        process.health = 500
        self.becomes("ALARM")
        process.health = 200
        self.becomes("OK")

    def test_slow_answers_make_one(self):
        self.put("TargetResponseTime", Statistic=None, ExtendedStatistic="p95", Threshold=0.1)
        self.start("one").takes = 0.2
        self.request()
        self.assertEqual("p95", json.loads(self.becomes("ALARM")["StateReasonData"])["statistic"])

    def test_an_alarm_over_several_minutes_waits_for_all_of_them(self):
        self.put("UnHealthyHostCount", self.blue, Statistic="Minimum", Threshold=0, Period=180, EvaluationPeriods=1)
        self.start("one").health = 500
        [point] = json.loads(self.becomes("ALARM")["StateReasonData"])["evaluatedDatapoints"]
        self.assertGreater(point["sampleCount"], 4)

    def test_a_state_set_by_hand_stays_until_the_data_say_something_else(self):
        self.put()
        self.cloudwatch.set_alarm_state(AlarmName="gate", StateValue="ALARM", StateReason="tried")
        until = self.minutes_later(3)
        self.until(until)
        self.assertEqual(("ALARM", "tried"), (self.alarm()["StateValue"], self.alarm()["StateReason"]))

    def minutes_later(self, count):
        start = series.minute_now()
        return lambda: series.minute_now() > start + count

    def test_a_changed_alarm_keeps_its_state(self):
        self.put()
        self.cloudwatch.set_alarm_state(AlarmName="gate", StateValue="ALARM", StateReason="tried")
        self.put(Threshold=5)
        alarm = self.alarm()
        self.assertEqual((5, "ALARM", "tried"), (alarm["Threshold"], alarm["StateValue"], alarm["StateReason"]))
        self.assertEqual(1, len(self.cloudwatch.describe_alarm_history(AlarmName="gate")["AlarmHistoryItems"]))

    def test_an_alarm_without_data_is_insufficient_where_missing_is_missing(self):
        self.put(TreatMissingData="missing")
        self.assertEqual("Insufficient Data: 3 datapoints were unknown.", self.becomes("INSUFFICIENT_DATA")["StateReason"])

    def test_an_alarm_that_ignores_missing_data_stays_as_it_is(self):
        self.put(TreatMissingData="ignore")
        self.until(self.minutes_later(2))
        self.assertEqual("OK", self.alarm()["StateValue"])

    def test_alarms_on_metrics_that_nobody_measures_here_stay_as_they_are(self):
        self.put(Namespace="AWS/ECS", TreatMissingData="breaching")
        self.until(self.minutes_later(2))
        self.assertEqual("OK", self.alarm()["StateValue"])

    def test_the_history_tells_of_each_change(self):
        self.put()
        for state in ("ALARM", "OK"):
            self.cloudwatch.set_alarm_state(AlarmName="gate", StateValue=state, StateReason=f"now {state}")
        items = self.cloudwatch.describe_alarm_history(AlarmName="gate")["AlarmHistoryItems"]
        summaries = ["Alarm updated from ALARM to OK", "Alarm updated from OK to ALARM"]
        self.assertEqual(summaries, [item["HistorySummary"] for item in items])
        self.assertEqual({"stateValue": "OK", "stateReason": "now OK"}, json.loads(items[0]["HistoryData"])["newState"])
        oldest = self.cloudwatch.describe_alarm_history(ScanBy="TimestampAscending", MaxRecords=1)["AlarmHistoryItems"]
        self.assertEqual(summaries[1:], [item["HistorySummary"] for item in oldest])
        none = self.cloudwatch.describe_alarm_history(AlarmName="gate", HistoryItemType="Action")["AlarmHistoryItems"]
        self.assertEqual([], none)
