from ..service_test_case import STRATEGY, ServiceTestCase

ROLE = "arn:aws:iam::123456789012:role/execution"
QUOTED = "\u2018awsvpc\u2019"


class EcsRulesTest(ServiceTestCase):
    def assert_not_registered(self, message, container=None, **changed):
        parameters = {
            "family": "batch",
            "networkMode": "awsvpc",
            "requiresCompatibilities": ["FARGATE"],
            "cpu": "256",
            "memory": "512",
            "containerDefinitions": [{"name": "app", "image": "app", **(container or {})}],
            **changed,
        }
        self.assert_refused("ClientException", message, self.ecs.register_task_definition, **parameters)

    def test_refuses_a_size_that_fargate_does_not_offer(self):
        for cpu, memory in (("256", "4096"), ("1024", "2560"), ("300", "512"), ("4 vCPU", "31GB"), ("8192", "17408")):
            self.assert_not_registered("No Fargate configuration exists for given values.", cpu=cpu, memory=memory)
        for cpu, memory in (("256", "1024"), ("2 vCPU", "4 GB"), ("16384", "122880")):
            self.ecs.register_task_definition(
                family="batch",
                networkMode="awsvpc",
                requiresCompatibilities=["FARGATE"],
                cpu=cpu,
                memory=memory,
                containerDefinitions=[{"name": "app", "image": "app"}],
            )

    def test_fargate_needs_sizes_of_the_task_and_awsvpc(self):
        self.assert_not_registered("Fargate requires that 'cpu' be defined at the task level.", cpu="")
        self.assert_not_registered("Fargate requires that 'memory' be defined at the task level.", memory="")
        self.assert_not_registered(f"Fargate only supports network mode {QUOTED}.", networkMode="bridge")

    def test_fargate_has_no_privileged_containers(self):
        self.assert_not_registered("Tasks using the Fargate launch type do not support privileged.", {"privileged": True})

    def test_the_execution_role_fetches_images_logs_and_secrets(self):
        needs = "Fargate requires task definition to have execution role ARN to support "
        self.assert_not_registered(f"{needs}log driver awslogs.", {"logConfiguration": {"logDriver": "awslogs"}})
        image = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/app:1"
        self.assert_not_registered(f"{needs}ECR images.", {"image": image})
        secrets = {"secrets": [{"name": "A", "valueFrom": "arn:aws:ssm:eu-central-1:123456789012:parameter/a"}]}
        self.assert_not_registered(
            "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.", secrets
        )
        self.ecs.register_task_definition(
            family="batch", executionRoleArn=ROLE, containerDefinitions=[{"name": "app", "image": image, "memory": 8, **secrets}]
        )

    def test_mount_points_have_a_volume(self):
        point = {"sourceVolume": "scratch", "containerPath": "/tmp"}
        self.assert_not_registered("Unknown volume 'scratch'.", {"mountPoints": [point]})

    def test_a_container_fits_into_its_task(self):
        message = "The '{}' setting for container 'app' is greater than for the task."
        self.assert_not_registered(message.format("memory"), {"memory": 1024})
        self.assert_not_registered(message.format("cpu"), {"cpu": 512})

    def test_one_base_and_a_weight(self):
        self.listen()
        based = [{**item, "base": 1} for item in STRATEGY]
        self.assert_refused(
            "InvalidParameterException",
            "Only one capacity provider in a capacity provider strategy can have a base defined.",
            self.ecs.create_service,
            **self.service_parameters(capacityProviderStrategy=based),
        )
        self.assert_refused(
            "InvalidParameterException",
            "A capacity provider strategy must have at least one capacity provider with a weight value greater than zero.",
            self.ecs.put_cluster_capacity_providers,
            cluster="cluster",
            capacityProviders=["FARGATE"],
            defaultCapacityProviderStrategy=[{"capacityProvider": "FARGATE", "weight": 0}],
        )

    def test_refuses_to_delete_a_cluster_with_tasks(self):
        self.ecs.run_task(
            cluster="cluster",
            taskDefinition="batch",
            launchType="FARGATE",
            networkConfiguration=self.network,
        )
        self.assert_refused(
            "ClusterContainsTasksException",
            "The Cluster cannot be deleted while Tasks are active.",
            self.ecs.delete_cluster,
            cluster="cluster",
        )
