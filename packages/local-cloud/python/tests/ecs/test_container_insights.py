from nightshift_cloud.cloud import cloud

from ..cloud_test_case import CloudTestCase

GROUP = "/aws/ecs/containerinsights/cluster/performance"


class ContainerInsightsTest(CloudTestCase):
    def setUp(self):
        super().setUp()
        self.stand_still(0.0)

    def delete(self, insights):
        ecs = self.client("ecs")
        ecs.create_cluster(clusterName="cluster", settings=[{"name": "containerInsights", "value": insights}])
        ecs.delete_cluster(cluster="cluster")

    def pass_seconds(self, aws_seconds):
        self.now += cloud.clock.seconds(aws_seconds)
        cloud.clock.paused = False
        cloud.clock.tick()
        cloud.clock.paused = True

    def groups(self):
        return [group["logGroupName"] for group in self.client("logs").describe_log_groups()["logGroups"]]

    def test_makes_its_log_group_again_a_minute_after_the_cluster_is_gone(self):
        self.delete("enhanced")
        self.pass_seconds(50)
        self.assertEqual([], self.groups())
        self.pass_seconds(20)
        self.assertEqual([GROUP], self.groups())

    def test_does_so_once(self):
        self.delete("enabled")
        self.pass_seconds(70)
        self.client("logs").delete_log_group(logGroupName=GROUP)
        self.pass_seconds(600)
        self.assertEqual([], self.groups())

    def test_keeps_an_existing_group(self):
        self.delete("enabled")
        self.client("logs").create_log_group(logGroupName=GROUP)
        self.pass_seconds(70)
        self.assertEqual([GROUP], self.groups())

    def test_does_nothing_without_container_insights(self):
        self.delete("disabled")
        self.pass_seconds(70)
        self.assertEqual([], self.groups())
