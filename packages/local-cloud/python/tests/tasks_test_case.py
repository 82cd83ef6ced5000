"""A service whose tasks run: images in a registry, a log group, and time that passes quickly."""

import json
import time

from nightshift_cloud.cloud import cloud

from .cloud_test_case import ACCOUNT, REGION
from .service_test_case import STRATEGY, ServiceTestCase

REPOSITORY = "repository-batch"
IMAGE = f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/{REPOSITORY}"
SCALE = 600
PATIENCE = 60


def manifest(**changes):
    return json.dumps(
        {
            "schemaVersion": 2,
            "mediaType": "application/vnd.oci.image.manifest.v1+json",
            "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "digest": f"sha256:{'0' * 64}", "size": 2},
            "layers": [],
            **changes,
        }
    )


class TasksTestCase(ServiceTestCase):
    # A lower time scale lets a test observe short states.
    scale = SCALE

    def setUp(self):
        super().setUp()
        cloud.clock.scale = self.scale
        self.ecr, self.logs = self.client("ecr"), self.client("logs")
        self.ecr.create_repository(repositoryName=REPOSITORY)
        self.logs.create_log_group(logGroupName="log-group-app")

    def target_group(self, name):
        arn = super().target_group(name)
        self.client("elbv2").modify_target_group(TargetGroupArn=arn, HealthCheckPath="/health")
        return arn

    def push(self, behaves, tag=None):
        tag = tag or behaves
        text = manifest(annotations={"nightshift.local/behaves": behaves, "nightshift.local/version": tag})
        pushed = self.ecr.put_image(repositoryName=REPOSITORY, imageManifest=text, imageTag=tag)
        return pushed["image"]["imageId"]["imageDigest"]

    def define(self, tag, **changes):
        container = {
            "image": f"{IMAGE}:{tag}",
            "cpu": 2048,
            "stopTimeout": 110,
            "logConfiguration": {
                "logDriver": "awslogs",
                "options": {"awslogs-group": "log-group-app", "awslogs-region": REGION, "awslogs-stream-prefix": "batch"},
            },
            **changes,
        }
        return self.register(container, executionRoleArn=f"arn:aws:iam::{ACCOUNT}:role/execution")

    def run_service(self, behaves="healthy", count=3, container=None, **service):
        """Creates a service of an image with this behaviour. Returns the prefix of its events."""
        if behaves != "missing":
            self.push(behaves)
        self.listen()
        definition = self.define(behaves, **(container or {}))
        given = {"taskDefinition": definition, "desiredCount": count, "healthCheckGracePeriodSeconds": 300, **service}
        made = self.ecs.create_service(**self.service_parameters(**given))
        self.task_set = made["service"]["taskSets"][0]
        return f"(service service, taskSet {self.task_set['id']})"

    def create_task_set(self, definition, **given):
        return self.ecs.create_task_set(
            cluster="cluster",
            service="service",
            taskDefinition=definition,
            capacityProviderStrategy=STRATEGY,
            networkConfiguration=self.network,
            loadBalancers=[{"targetGroupArn": self.green, "containerName": "app", "containerPort": 8080}],
            **given,
        )["taskSet"]

    def arns(self, status="RUNNING"):
        return self.ecs.list_tasks(cluster="cluster", serviceName="service", desiredStatus=status)["taskArns"]

    def tasks(self, status="RUNNING"):
        arns = self.arns(status)
        return self.ecs.describe_tasks(cluster="cluster", tasks=arns, include=["TAGS"])["tasks"] if arns else []

    def running(self, count=3):
        """Waits for so many RUNNING tasks."""
        return self.wait_for(lambda: [task for task in self.tasks() if task["lastStatus"] == "RUNNING"], count)

    def wait_for(self, look, count=None):
        """Returns the found items when there is at least one, or `count` of them."""
        end = time.monotonic() + PATIENCE
        while True:
            found = look()
            if found if count is None else len(found) == count:
                return found
            if time.monotonic() > end:
                raise AssertionError(f"it did not happen: {found!r}; {self.events()}")
            time.sleep(0.05)

    def events(self):
        """Oldest first."""
        return [event["message"] for event in reversed(self.described()["events"])]

    def stopped(self):
        """The first task that ended."""
        return self.wait_for(lambda: [task for task in self.tasks("STOPPED") if task["lastStatus"] == "STOPPED"])[0]

    def lines(self, task):
        id = task["taskArn"].rpartition("/")[2]
        found = self.logs.get_log_events(logGroupName="log-group-app", logStreamName=f"batch/app/{id}", startFromHead=True)
        return [json.loads(event["message"]) for event in found["events"]]
