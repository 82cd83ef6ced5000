from datetime import datetime, timedelta, timezone

from ..cloud_test_case import ACCOUNT
from ..service_test_case import STRATEGY, ServiceTestCase


class EcsTest(ServiceTestCase):
    def setUp(self):
        super().setUp()
        self.stand_still()

    def test_keeps_the_parameters_of_create_service(self):
        given = {
            "enableExecuteCommand": True,
            "enableECSManagedTags": True,
            "healthCheckGracePeriodSeconds": 60,
            "deploymentConfiguration": {"maximumPercent": 200, "minimumHealthyPercent": 100},
            "availabilityZoneRebalancing": "ENABLED",
        }
        self.create_service(**given)
        described = self.described()
        self.assertEqual(
            {**given, "capacityProviderStrategy": STRATEGY},
            {name: described[name] for name in (*given, "capacityProviderStrategy")},
        )

    def test_a_service_has_its_creator_and_creation_time(self):
        described = self.create_service()
        self.assertEqual(self.client("sts").get_caller_identity()["Arn"], described["createdBy"])
        self.assertLess(abs(datetime.now(timezone.utc) - described["createdAt"]), timedelta(minutes=1))
        self.assertEqual("Linux", described["platformFamily"])
        role = f"arn:aws:iam::{ACCOUNT}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"
        self.assertEqual(role, described["roleArn"])

    def test_a_service_with_a_strategy_has_no_launch_type(self):
        self.assertNotIn("launchType", self.create_service())

    def test_a_service_without_a_strategy_has_a_launch_type(self):
        self.assertEqual("FARGATE", self.create_service(capacityProviderStrategy=[], launchType="FARGATE")["launchType"])

    def test_a_service_of_codedeploy_has_no_service_deployments(self):
        self.create_service()
        listed = self.ecs.list_service_deployments(cluster="cluster", service="service")
        self.assertEqual([], listed["serviceDeployments"])
        self.assert_refused(
            "ServiceNotFoundException", "Service not found.", self.ecs.list_service_deployments, cluster="cluster", service="none"
        )

    def test_does_not_list_a_deleted_service(self):
        self.create_service()
        self.assertEqual(1, len(self.ecs.list_services(cluster="cluster")["serviceArns"]))
        self.ecs.delete_service(cluster="cluster", service="service", force=True)
        self.assertEqual([], self.ecs.list_services(cluster="cluster")["serviceArns"])
        self.assertEqual("INACTIVE", self.described()["status"])

    def test_refuses_to_delete_a_cluster_with_services(self):
        self.create_service()
        self.assert_refused(
            "ClusterContainsServicesException",
            "The Cluster cannot be deleted while Services are active.",
            self.ecs.delete_cluster,
            cluster="cluster",
        )
        self.ecs.delete_service(cluster="cluster", service="service", force=True)
        self.assertEqual("INACTIVE", self.ecs.delete_cluster(cluster="cluster")["cluster"]["status"])

    def test_does_not_list_a_deleted_cluster(self):
        self.assertEqual(1, len(self.ecs.list_clusters()["clusterArns"]))
        self.ecs.delete_cluster(cluster="cluster")
        self.assertEqual([], self.ecs.list_clusters()["clusterArns"])
        self.assertEqual("INACTIVE", self.ecs.describe_clusters(clusters=["cluster"])["clusters"][0]["status"])

    def test_deleting_a_service_deletes_its_task_sets(self):
        self.create_service()
        self.ecs.delete_service(cluster="cluster", service="service", force=True)
        described = self.described()
        self.assertEqual(([], 0), (described["taskSets"], described["desiredCount"]))
