from datetime import datetime, timedelta, timezone

from nightshift_cloud.cloud import cloud
from nightshift_cloud.elbv2 import metrics

from ..balanced_test_case import BalancedTestCase

NAMESPACE = "AWS/ApplicationELB"


class LoadBalancerMetricsTest(BalancedTestCase):
    def setUp(self):
        super().setUp()
        self.cloudwatch = self.client("cloudwatch")

    def dimensions(self, group=None):
        named = {"LoadBalancer": metrics.suffix_of(self.balancer_arn)}
        if group:
            named["TargetGroup"] = metrics.suffix_of(group)
        return [{"Name": name, "Value": value} for name, value in named.items()]

    def data(self, metric, stat="Sum", group=None, period=3600, **more):
        now = datetime.now(timezone.utc)
        wanted = {"Namespace": NAMESPACE, "MetricName": metric, "Dimensions": self.dimensions(group)}
        query = {"Id": "m1", "MetricStat": {"Metric": wanted, "Period": period, "Stat": stat}, **more}
        return self.cloudwatch.get_metric_data(
            MetricDataQueries=[query], StartTime=now - timedelta(minutes=5), EndTime=now + timedelta(seconds=1)
        )["MetricDataResults"]

    def total(self, metric, **kwargs):
        return sum(self.data(metric, **kwargs)[0]["Values"])

    def comes_to(self, expected, metric, **kwargs):
        self.until(lambda: self.total(metric, **kwargs) == expected)

    def test_requests_are_counted_for_the_load_balancer_and_the_target_group(self):
        self.start("one")
        for _ in range(3):
            self.asked()
        for group in (None, self.blue):
            self.comes_to(3, "RequestCount", group=group)
            self.comes_to(3, "HTTPCode_Target_2XX_Count", group=group)
        self.assertEqual([], self.data("HTTPCode_Target_5XX_Count")[0]["Values"])

    def test_server_errors_of_targets_are_not_those_of_the_load_balancer(self):
        self.start("one").status = 500
        self.request()
        self.comes_to(1, "HTTPCode_Target_5XX_Count")
        self.assertEqual(0, self.total("HTTPCode_ELB_5XX_Count"))

    def test_server_errors_of_the_load_balancer_are_not_those_of_targets(self):
        self.request()
        self.comes_to(1, "HTTPCode_ELB_5XX_Count")
        self.comes_to(1, "HTTPCode_ELB_503_Count")
        self.assertEqual((0, 0), (self.total("HTTPCode_Target_5XX_Count"), self.total("RequestCount")))

    def test_connections_that_fail_are_counted(self):
        self.start("one").end()
        self.request()
        self.comes_to(1, "TargetConnectionErrorCount", group=self.blue)

    def test_response_times_are_those_of_the_target(self):
        self.start("one").takes = 0.2
        self.asked()
        self.until(lambda: self.data("TargetResponseTime", "p95")[0]["Values"])
        [seconds] = self.data("TargetResponseTime", "p95")[0]["Values"]
        self.assertTrue(0.2 <= seconds < 1, seconds)

    def test_hosts_are_counted(self):
        self.start("one")
        self.until(lambda: self.data("HealthyHostCount", "Maximum", self.blue)[0]["Values"] == [1])
        self.assertEqual([0], self.data("UnHealthyHostCount", "Maximum", self.blue)[0]["Values"])
        self.assertEqual([], self.data("HealthyHostCount", "Maximum", self.green)[0]["Values"])

    def test_a_period_is_of_the_time_of_aws(self):
        self.start("one")
        self.until(lambda: len(self.data("HealthyHostCount", "Maximum", self.blue, period=60)[0]["Values"]) > 2)
        [result] = self.data("HealthyHostCount", "Maximum", self.blue, period=60)
        newest, previous = result["Timestamps"][:2]
        self.assertEqual(cloud.clock.seconds(60), (newest - previous).total_seconds())

    def test_omits_queries_with_return_data_false(self):
        self.assertEqual([], self.data("RequestCount", ReturnData=False))

    def test_moto_returns_other_metrics(self):
        self.cloudwatch.put_metric_data(Namespace="Own", MetricData=[{"MetricName": "n", "Value": 2}])
        now = datetime.now(timezone.utc)
        span = {"StartTime": now - timedelta(minutes=5), "EndTime": now + timedelta(minutes=1)}
        query = {"MetricStat": {"Metric": {"Namespace": "Own", "MetricName": "n"}, "Period": 60, "Stat": "Sum"}}
        [result] = self.cloudwatch.get_metric_data(MetricDataQueries=[{"Id": "n", **query}], **span)["MetricDataResults"]
        self.assertEqual([2], result["Values"])
        statistics = self.cloudwatch.get_metric_statistics(Namespace="Own", MetricName="n", Period=60, Statistics=["Sum"], **span)
        self.assertEqual([2], [point["Sum"] for point in statistics["Datapoints"]])

    def test_statistics_and_percentiles_can_be_asked_for(self):
        self.start("one")
        self.asked()
        self.comes_to(1, "RequestCount")
        now = datetime.now(timezone.utc)
        answer = self.cloudwatch.get_metric_statistics(
            Namespace=NAMESPACE,
            MetricName="TargetResponseTime",
            Dimensions=self.dimensions(),
            StartTime=now - timedelta(minutes=5),
            EndTime=now + timedelta(seconds=1),
            Period=3600,
            Statistics=["SampleCount"],
            ExtendedStatistics=["p95"],
        )
        self.assertEqual("TargetResponseTime", answer["Label"])
        [point] = answer["Datapoints"]
        self.assertEqual((1, "Seconds"), (point["SampleCount"], point["Unit"]))
        self.assertLess(point["ExtendedStatistics"]["p95"], 1)

    def test_the_metrics_are_listed(self):
        self.request()
        self.comes_to(1, "HTTPCode_ELB_503_Count")
        listed = self.cloudwatch.list_metrics(Namespace=NAMESPACE, MetricName="HTTPCode_ELB_503_Count")["Metrics"]
        self.assertEqual([self.dimensions()], [metric["Dimensions"] for metric in listed])
