import os
import time
import unittest
from datetime import datetime, timedelta, timezone
from unittest.mock import patch

from moto.ecs.models import ecs_backends

from nightshift_cloud.ecs import metrics

from ..cloud_test_case import ACCOUNT, REGION
from ..tasks_test_case import TasksTestCase


class UsageTest(unittest.TestCase):
    def test_reads_cpu_and_memory_of_processes(self):
        own = os.getpid()
        for read in (metrics.usage_by_ps, metrics.usage_of):
            seconds, memory = read([own])[own]
            self.assertAlmostEqual(sum(os.times()[:2]), seconds, delta=2)
            self.assertGreater(memory, 1_000_000)
        self.assertEqual({}, metrics.usage_of([]))
        self.assertEqual({}, metrics.usage_of([2**22 + 1]))

    def test_cpu_is_a_share_of_the_vcpus_of_the_task(self):
        with patch.object(time, "monotonic", side_effect=[100.0, 102.0, 104.0]):
            usage = metrics.TaskUsage(10.0)
            self.assertEqual(50.0, usage.cpu_percent(12.0, 2))
            self.assertEqual(100.0, usage.cpu_percent(99.0, 2))


class MetricsTest(TasksTestCase):
    def setUp(self):
        super().setUp()
        settings = [{"name": "containerInsights", "value": "enhanced"}]
        ecs_backends[ACCOUNT][REGION].clusters["cluster"].settings = settings
        self.run_service(count=1)
        self.running(1)

    def latest(self, name, namespace="AWS/ECS", **more):
        dimensions = {"ClusterName": "cluster", "ServiceName": "service", **more}
        now = datetime.now(timezone.utc)
        points = self.client("cloudwatch").get_metric_statistics(
            Namespace=namespace,
            MetricName=name,
            Dimensions=[{"Name": key, "Value": value} for key, value in dimensions.items()],
            StartTime=now - timedelta(seconds=3),
            EndTime=now,
            Period=60,
            Statistics=["Average"],
        )["Datapoints"]
        return points[-1]["Average"] if points else None

    def load(self, **given):
        return self.ask("POST", "/nightshift/load", given)

    def test_measures_the_process_of_a_task(self):
        self.wait_for(lambda: self.latest("CPUUtilization") is not None)
        self.assertTrue(0 < self.latest("MemoryUtilization") < 10)

    def test_a_load_replaces_the_measurement(self):
        self.assertEqual((200, {"cpuPercent": 85, "memoryPercent": None}), self.load(service="service", cpuPercent=85))
        self.wait_for(lambda: self.latest("CPUUtilization") == 85)
        self.load(service="service", memoryPercent=40.5)
        self.wait_for(lambda: self.latest("MemoryUtilization") == 40.5)
        self.load(service="service", cpuPercent=None)
        self.wait_for(lambda: self.latest("CPUUtilization") != 85)

    def test_counts_tasks_for_container_insights(self):
        self.wait_for(lambda: self.latest("RunningTaskCount", "ECS/ContainerInsights") == 1)
        self.assertEqual(1, self.latest("DesiredTaskCount", "ECS/ContainerInsights"))
        self.assertIsNone(self.latest("UnHealthyContainerHealthStatus", "ECS/ContainerInsights", ContainerName="app"))

    def test_refuses_an_invalid_load(self):
        for message, body in (
            ("service: the name or the ARN of a service", {}),
            ("service: no active service has this name or ARN, got none", {"service": "none"}),
            ("unknown: often", {"service": "service", "often": 1}),
            ("cpuPercent: a number from 0 to 100, or null", {"service": "service", "cpuPercent": 101}),
            ("memoryPercent: a number from 0 to 100, or null", {"service": "service", "memoryPercent": True}),
        ):
            with self.subTest(message):
                self.assertEqual((400, {"message": message}), self.ask("POST", "/nightshift/load", body))
