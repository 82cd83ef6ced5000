from .service_test_case import STRATEGY, ServiceTestCase


class EcsTest(ServiceTestCase):
    def interfaces(self):
        return self.client("ec2").describe_network_interfaces()["NetworkInterfaces"]

    def start_task_set(self):
        return self.ecs.create_task_set(
            cluster="cluster",
            service="service",
            taskDefinition="batch",
            launchType="FARGATE",
            networkConfiguration=self.network,
            scale={"unit": "PERCENT", "value": 100},
        )["taskSet"]["taskSetArn"]

    def tasks(self):
        return self.ecs.list_tasks(cluster="cluster")["taskArns"]

    def test_keeps_what_a_service_was_created_with(self):
        given = {
            "enableExecuteCommand": True,
            "enableECSManagedTags": True,
            "healthCheckGracePeriodSeconds": 60,
            "deploymentConfiguration": {"maximumPercent": 200, "minimumHealthyPercent": 100},
            "availabilityZoneRebalancing": "ENABLED",
        }
        self.create_service(**given)
        described = self.described()
        self.assertEqual({**given, "capacityProviderStrategy": STRATEGY}, {name: described[name] for name in (*given, "capacityProviderStrategy")})

    def test_a_service_with_a_strategy_has_no_launch_type(self):
        self.assertNotIn("launchType", self.create_service())

    def test_a_service_without_a_strategy_has_a_launch_type(self):
        self.assertEqual("FARGATE", self.create_service(capacityProviderStrategy=[], launchType="FARGATE")["launchType"])

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

    def test_a_task_set_takes_its_tasks_and_their_interfaces_with_it(self):
        self.create_service()
        task_set = self.start_task_set()
        self.assertEqual((3, 3), (len(self.tasks()), len(self.interfaces())))
        other = self.start_task_set()
        self.ecs.delete_task_set(cluster="cluster", service="service", taskSet=task_set)
        self.assertEqual((3, 3), (len(self.tasks()), len(self.interfaces())))
        self.assertEqual(other, self.described()["taskSets"][0]["taskSetArn"])

    def test_a_service_takes_its_task_sets_with_it(self):
        self.create_service()
        self.start_task_set()
        self.ecs.delete_service(cluster="cluster", service="service", force=True)
        self.assertEqual(([], []), (self.tasks(), self.interfaces()))

    def test_a_service_whose_task_was_stopped_before_can_be_deleted(self):
        self.create_service()
        self.start_task_set()
        self.ecs.stop_task(cluster="cluster", task=self.tasks()[0])
        self.ecs.delete_service(cluster="cluster", service="service", force=True)
        self.assertEqual([], self.interfaces())
