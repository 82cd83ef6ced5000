from ..service_test_case import STRATEGY, ServiceTestCase

OWNED = "services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy to trigger a new deployment."


class EcsRefusalsTest(ServiceTestCase):
    def setUp(self):
        super().setUp()
        self.stand_still()

    def assert_update_refused(self, message, **change):
        before = self.described()
        self.assert_refused(
            "InvalidParameterException", message, self.ecs.update_service, cluster="cluster", service="service", **change
        )
        self.assertEqual(before, self.described())

    def assert_creation_refused(self, message, **changed):
        self.assert_refused("InvalidParameterException", message, self.ecs.create_service, **self.service_parameters(**changed))

    def test_refuses_updates_that_belong_to_codedeploy(self):
        service = self.create_service()
        balancers = [{"targetGroupArn": self.green, "containerName": "app", "containerPort": 8080}]
        for sentence, change in (
            ("Unable to update task definition on", {"taskDefinition": "batch:1"}),
            ("Unable to update network parameters on", {"networkConfiguration": self.network}),
            ("Unable to update load balancers on", {"loadBalancers": balancers}),
            ("Unable to update platform version on", {"platformVersion": "1.4.0"}),
            ("Unable to update capacity provider strategy on", {"capacityProviderStrategy": STRATEGY}),
            ("Cannot force a new deployment on", {"forceNewDeployment": True}),
        ):
            with self.subTest(sentence):
                self.assert_update_refused(f"{sentence} {OWNED}", **change)
        self.assertEqual(service["taskDefinition"], self.described()["taskDefinition"])

    def test_accepts_updates_that_do_not_belong_to_codedeploy(self):
        self.create_service()
        self.ecs.update_service(
            cluster="cluster",
            service="service",
            desiredCount=5,
            healthCheckGracePeriodSeconds=30,
            enableExecuteCommand=True,
            forceNewDeployment=False,
        )
        self.assertEqual(5, self.described()["desiredCount"])

    def test_accepts_every_update_of_a_service_that_ecs_deploys(self):
        self.create_service(deploymentController={"type": "ECS"})
        self.ecs.update_service(cluster="cluster", service="service", taskDefinition="batch:1", forceNewDeployment=True)
        self.assertEqual("batch:1", self.described()["taskDefinition"])

    def test_refuses_a_service_that_exists(self):
        self.create_service()
        self.assert_creation_refused("Creation of service was not idempotent.")

    def test_recreates_a_deleted_service(self):
        self.create_service()
        self.ecs.delete_service(cluster="cluster", service="service", force=True)
        self.ecs.create_service(**self.service_parameters())
        self.assertEqual("ACTIVE", self.described()["status"])

    def test_refuses_a_launch_type_with_a_strategy(self):
        self.assert_creation_refused(
            "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.",
            launchType="FARGATE",
        )

    def test_refuses_a_capacity_provider_that_the_cluster_does_not_have(self):
        self.ecs.put_cluster_capacity_providers(
            cluster="cluster", capacityProviders=["FARGATE"], defaultCapacityProviderStrategy=[]
        )
        self.assert_creation_refused(
            "The specified capacity provider strategy cannot contain a capacity provider that is not associated "
            "with the cluster. Associate the capacity provider with the cluster and try again."
        )

    def test_refuses_a_target_group_that_no_listener_uses(self):
        self.assert_creation_refused(
            f"The target group with targetGroupArn {self.blue} does not have an associated load balancer."
        )

    def test_refuses_a_container_or_a_port_that_the_task_definition_lacks(self):
        self.listen()
        balancer = {"targetGroupArn": self.blue, "containerName": "app", "containerPort": 8080}
        for message, changed in (
            ("The container web does not exist in the task definition.", {"containerName": "web"}),
            ("The container app did not have a container port 443 defined.", {"containerPort": 443}),
        ):
            with self.subTest(message):
                self.assert_creation_refused(message, loadBalancers=[{**balancer, **changed}])
