from ..cloud_test_case import ACCOUNT, REGION, CloudTestCase


class TaskDefinitionsTest(CloudTestCase):
    def register(self, container=None, **more):
        containers = [{"name": "app", "image": "app", "memory": 512, **(container or {})}]
        return self.client("ecs").register_task_definition(family="batch", containerDefinitions=containers, **more)[
            "taskDefinition"
        ]

    def attributes(self, **given):
        return {attribute["name"].rpartition("capability.")[2] for attribute in self.register(**given)["requiresAttributes"]}

    def test_has_the_caller_and_time_of_the_registration(self):
        registered = self.register()
        self.assertEqual(self.client("sts").get_caller_identity()["Arn"], registered["registeredBy"])
        deregistered = self.client("ecs").deregister_task_definition(taskDefinition="batch:1")["taskDefinition"]
        self.assertGreaterEqual(deregistered["deregisteredAt"], registered["registeredAt"])

    def test_requires_the_capabilities_that_it_uses(self):
        self.assertEqual({"docker-remote-api.1.18"}, self.attributes())
        role = f"arn:aws:iam::{ACCOUNT}:role/tasks"
        container = {
            "image": f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/batch:1",
            "logConfiguration": {"logDriver": "awslogs", "options": {}},
            "healthCheck": {"command": ["CMD", "true"]},
            "secrets": [{"name": "A", "valueFrom": "/a"}, {"name": "B", "valueFrom": "arn:aws:secretsmanager:x"}],
        }
        fargate = {"requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc", "cpu": "256", "memory": "512"}
        expected = {
            *("docker-remote-api.1.18", "docker-remote-api.1.19", "docker-remote-api.1.24", "task-eni", "task-iam-role"),
            *("ecr-auth", "execution-role-ecr-pull", "logging-driver.awslogs", "execution-role-awslogs"),
            *("container-health-check", "secrets.ssm.environment-variables", "secrets.asm.environment-variables"),
        }
        self.assertEqual(expected, self.attributes(container=container, taskRoleArn=role, executionRoleArn=role, **fargate))
