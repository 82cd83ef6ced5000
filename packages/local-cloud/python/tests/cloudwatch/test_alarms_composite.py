from ..cloud_test_case import ACCOUNT, REGION, CloudTestCase

TOPIC = f"arn:aws:sns:{REGION}:{ACCOUNT}:alarms"


class CloudWatchTest(CloudTestCase):
    def setUp(self):
        super().setUp()
        self.cloudwatch = self.client("cloudwatch")
        for name in ("cpu", "memory"):
            self.cloudwatch.put_metric_alarm(
                AlarmName=name,
                Namespace="AWS/ECS",
                MetricName="CPUUtilization",
                Statistic="Average",
                Period=60,
                EvaluationPeriods=1,
                Threshold=85,
                ComparisonOperator="GreaterThanThreshold",
            )

    def put(self, rule='ALARM("cpu") OR ALARM("memory")', **more):
        self.cloudwatch.put_composite_alarm(AlarmName="service", AlarmRule=rule, **more)
        found = self.cloudwatch.describe_alarms(AlarmNames=["service"], AlarmTypes=["CompositeAlarm"])
        return found["CompositeAlarms"][0]

    def test_keeps_a_composite_alarm(self):
        alarm = self.put(
            AlarmDescription="any",
            ActionsEnabled=True,
            AlarmActions=[TOPIC],
            OKActions=[TOPIC],
            InsufficientDataActions=[TOPIC],
            ActionsSuppressor="memory",
            ActionsSuppressorWaitPeriod=60,
            ActionsSuppressorExtensionPeriod=120,
            Tags=[{"Key": "Project", "Value": "nightshift"}],
        )
        expected = {
            "AlarmName": "service",
            "AlarmDescription": "any",
            "AlarmRule": 'ALARM("cpu") OR ALARM("memory")',
            "ActionsEnabled": True,
            "AlarmActions": [TOPIC],
            "OKActions": [TOPIC],
            "InsufficientDataActions": [TOPIC],
            "ActionsSuppressor": "memory",
            "ActionsSuppressorWaitPeriod": 60,
            "ActionsSuppressorExtensionPeriod": 120,
        }
        self.assertEqual(expected, {name: alarm.get(name) for name in expected})
        tags = self.cloudwatch.list_tags_for_resource(ResourceARN=alarm["AlarmArn"])["Tags"]
        self.assertEqual([{"Key": "Project", "Value": "nightshift"}], tags)

    def test_keeps_one_whose_actions_are_disabled(self):
        self.assertFalse(self.put(ActionsEnabled=False)["ActionsEnabled"])

    def test_deletes_it(self):
        self.put()
        self.cloudwatch.delete_alarms(AlarmNames=["service"])
        found = self.cloudwatch.describe_alarms(AlarmNames=["service"], AlarmTypes=["CompositeAlarm"])
        self.assertEqual([], found["CompositeAlarms"])

    def test_finds_an_alarm_named_by_its_arn_or_without_quotes(self):
        rule = f"OK(cpu) AND NOT ALARM(arn:aws:cloudwatch:{REGION}:{ACCOUNT}:alarm:memory)"
        self.assertEqual(rule, self.put(rule)["AlarmRule"])

    def test_refuses_a_rule_over_alarms_that_do_not_exist(self):
        self.assert_refused(
            "ValidationError",
            "Could not save the composite alarm as alarms [none, nor this] in the alarm rule do not exist",
            self.cloudwatch.put_composite_alarm,
            AlarmName="service",
            AlarmRule='ALARM("cpu") OR ALARM("none") OR OK("nor this")',
        )
