import json

from nightshift_cloud.cloudwatch import series
from nightshift_cloud.elbv2 import metrics

from ..balanced_test_case import BalancedTestCase


class AlarmsTest(BalancedTestCase):
    def setUp(self):
        super().setUp()
        self.cloudwatch = self.client("cloudwatch")

    def dimensions(self):
        return [{"Name": "LoadBalancer", "Value": metrics.suffix_of(self.balancer_arn)}]

    def put(self, metric="HTTPCode_Target_5XX_Count", group=None, **changed):
        dimensions = self.dimensions()
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

    def test_an_alarm_on_errors_fires_and_recovers(self):
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

    def test_an_unhealthy_target_triggers_an_alarm(self):
        self.put("UnHealthyHostCount", self.blue, Statistic="Maximum", Threshold=0)
        process = self.start("one")
        process.health = 500
        self.becomes("ALARM")
        process.health = 200
        self.becomes("OK")

    def test_slow_responses_trigger_an_alarm(self):
        self.put("TargetResponseTime", Statistic=None, ExtendedStatistic="p95", Threshold=0.1)
        self.start("one").takes = 0.2
        self.request()
        self.assertEqual("p95", json.loads(self.becomes("ALARM")["StateReasonData"])["statistic"])

    def test_an_alarm_over_several_minutes_waits_for_all_of_them(self):
        self.put("UnHealthyHostCount", self.blue, Statistic="Minimum", Threshold=0, Period=180, EvaluationPeriods=1)
        self.start("one").health = 500
        [point] = json.loads(self.becomes("ALARM")["StateReasonData"])["evaluatedDatapoints"]
        self.assertGreater(point["sampleCount"], 4)

    def test_a_state_set_by_the_api_stays_until_the_result_changes(self):
        self.put()
        self.cloudwatch.set_alarm_state(AlarmName="gate", StateValue="ALARM", StateReason="tried")
        until = self.minutes_later(3)
        self.until(until)
        self.assertEqual(("ALARM", "tried"), (self.alarm()["StateValue"], self.alarm()["StateReason"]))

    def minutes_later(self, count):
        start = series.minute_now()
        return lambda: series.minute_now() > start + count

    def test_a_changed_alarm_keeps_its_state(self):
        self.stand_still()
        self.put()
        self.cloudwatch.set_alarm_state(AlarmName="gate", StateValue="ALARM", StateReason="tried")
        self.put(Threshold=5)
        alarm = self.alarm()
        self.assertEqual((5, "ALARM", "tried"), (alarm["Threshold"], alarm["StateValue"], alarm["StateReason"]))
        self.assertEqual(2, len(self.cloudwatch.describe_alarm_history(AlarmName="gate")["AlarmHistoryItems"]))

    def test_an_alarm_without_data_is_insufficient_where_missing_is_missing(self):
        self.put(TreatMissingData="missing")
        self.assertEqual("Unchecked: Initial alarm creation", self.becomes("INSUFFICIENT_DATA")["StateReason"])
        self.cloudwatch.set_alarm_state(AlarmName="gate", StateValue="OK", StateReason="tried")
        self.put(TreatMissingData="missing", Threshold=1)
        self.assertEqual("Insufficient Data: 3 datapoints were unknown.", self.becomes("INSUFFICIENT_DATA")["StateReason"])

    def test_an_alarm_that_ignores_missing_data_keeps_its_state(self):
        self.put(TreatMissingData="ignore")
        self.until(self.minutes_later(2))
        self.assertEqual("INSUFFICIENT_DATA", self.alarm()["StateValue"])

    def test_missing_data_breach_if_configured(self):
        self.put(Namespace="Custom", TreatMissingData="breaching")
        self.becomes("ALARM")

    def test_custom_metrics_trigger_alarms(self):
        self.put("Jobs", Namespace="Custom", Dimensions=[], Statistic="Maximum")
        self.becomes("OK")
        self.cloudwatch.put_metric_data(
            Namespace="Custom", MetricData=[{"MetricName": "Jobs", "Values": [1, 3], "Counts": [1, 2]}]
        )
        self.becomes("ALARM")

    def query(self, id, metric, **more):
        watched = {"Namespace": "AWS/ApplicationELB", "MetricName": metric, "Dimensions": self.dimensions()}
        return {"Id": id, "MetricStat": {"Metric": watched, "Stat": "Sum", "Period": 60}, "ReturnData": False, **more}

    def put_expression(self, expression):
        plain = dict.fromkeys(("Namespace", "MetricName", "Dimensions", "Statistic", "Period"))
        queries = [
            self.query("requests", "RequestCount"),
            self.query("errors", "HTTPCode_Target_5XX_Count"),
            {"Id": "result", "Expression": expression, "Label": "Failed requests (%)", "ReturnData": True},
        ]
        self.put(Metrics=queries, Threshold=50, EvaluationPeriods=12, **plain)

    def test_an_expression_triggers_an_alarm(self):
        self.put_expression("IF(FILL(requests, 0) >= 2, 100 * FILL(errors, 0) / requests, 0)")
        self.becomes("OK")
        process = self.start("one")
        process.status = 500
        self.request()
        for _ in range(20):
            self.request()
        self.assertIn("greater than the threshold (50.0)", self.becomes("ALARM")["StateReason"])
        process.status = 200
        self.becomes("OK")

    def test_refuses_an_invalid_expression(self):
        for expression, message in (
            ("requests +", "Error in expression 'result': Invalid syntax"),
            ("requests + nothing", "Error in expression 'result': Undefined id nothing"),
        ):
            with self.assertRaises(self.cloudwatch.exceptions.ClientError) as caught:
                self.put_expression(expression)
            error = caught.exception.response["Error"]
            self.assertEqual(("ValidationError", message), (error["Code"], error["Message"]))

    def test_the_history_lists_each_state_change(self):
        self.stand_still()
        self.put()
        for state in ("ALARM", "OK"):
            self.cloudwatch.set_alarm_state(AlarmName="gate", StateValue=state, StateReason=f"now {state}")
        items = self.cloudwatch.describe_alarm_history(AlarmName="gate")["AlarmHistoryItems"]
        changes = (("ALARM", "OK"), ("OK", "ALARM"), ("INSUFFICIENT_DATA", "OK"))
        summaries = [f"Alarm updated from {before} to {after}" for before, after in changes]
        self.assertEqual(summaries, [item["HistorySummary"] for item in items])
        self.assertEqual({"stateValue": "OK", "stateReason": "now OK"}, json.loads(items[0]["HistoryData"])["newState"])
        oldest = self.cloudwatch.describe_alarm_history(ScanBy="TimestampAscending", MaxRecords=1)["AlarmHistoryItems"]
        self.assertEqual(summaries[2:], [item["HistorySummary"] for item in oldest])
        none = self.cloudwatch.describe_alarm_history(AlarmName="gate", HistoryItemType="Action")["AlarmHistoryItems"]
        self.assertEqual([], none)
