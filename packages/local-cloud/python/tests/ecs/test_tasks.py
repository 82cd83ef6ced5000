import os
import signal
import urllib.request
from collections import Counter
from unittest.mock import patch

from moto.ec2.models import ec2_backends
from moto.ecs.models import ecs_backends

from nightshift_cloud.cloud import cloud
from nightshift_cloud.ecs import services

from ..cloud_test_case import ACCOUNT, REGION
from ..tasks_test_case import IMAGE, TasksTestCase


def inside(task):
    """The task in the backend of moto."""
    return ecs_backends[ACCOUNT][REGION].tasks["cluster"][task["taskArn"]]


def interfaces():
    """The number of network interfaces of tasks. The load balancer has its own."""
    return sum(":attachment/" in each.description for each in ec2_backends[ACCOUNT][REGION].enis.values())


def health_check(command="wget -q -O /dev/null http://127.0.0.1:8080/health || exit 1", **changes):
    return {"healthCheck": {"command": ["CMD-SHELL", command], "interval": 30, "retries": 3, "startPeriod": 60, **changes}}


class RunningTaskTest(TasksTestCase):
    def test_runs_as_a_process_that_answers(self):
        self.run_service()
        for task in self.running():
            with urllib.request.urlopen(f"http://127.0.0.1:{inside(task).process_port}/health") as answer:
                self.assertEqual("healthy", answer.headers["X-Version"])

    def test_is_described_as_on_aws(self):
        self.run_service(propagateTags="SERVICE", tags=[{"key": "Project", "value": "Nightshift"}], enableECSManagedTags=True)
        task = self.running()[0]
        details = {detail["name"]: detail["value"] for detail in task["attachments"][0]["details"]}
        container = task["containers"][0]
        self.assertRegex(task["taskArn"], rf"^arn:aws:ecs:{REGION}:{ACCOUNT}:task/cluster/[0-9a-f]{{32}}$")
        self.assertIn(details["subnetId"], self.subnet_ids)
        self.assertTrue(details["privateIPv4Address"].startswith("10.0."))
        self.assertEqual(details["privateIPv4Address"], container["networkInterfaces"][0]["privateIpv4Address"])
        self.assertEqual(("RUNNING", f"{IMAGE}:healthy"), (container["lastStatus"], container["image"]))
        self.assertEqual(
            (self.task_set["id"], "service:service", "CONNECTED"), (task["startedBy"], task["group"], task["connectivity"])
        )
        self.assertLess(task["pullStartedAt"], task["startedAt"])
        self.assertEqual(
            {"Project": "Nightshift", "aws:ecs:clusterName": "cluster", "aws:ecs:serviceName": "service"},
            {tag["key"]: tag["value"] for tag in task["tags"]},
        )

    def test_uses_the_subnets_in_turn(self):
        self.run_service(count=4)
        zones = Counter(task["availabilityZone"] for task in self.running(4))
        self.assertEqual({f"{REGION}a": 2, f"{REGION}b": 2}, zones)

    def test_writes_to_its_log_stream(self):
        self.run_service(count=1)
        line = self.wait_for(lambda: self.lines(self.running(1)[0]))[0]
        self.assertEqual(("listening", "healthy"), (line["message"], line["version"]))

    def target_health(self):
        described = self.client("elbv2").describe_target_health(TargetGroupArn=self.blue)["TargetHealthDescriptions"]
        return [(target["Target"]["Port"], target["TargetHealth"]["State"]) for target in described]

    def on_port(self, port, **environment):
        """A service whose load balancer and container have this port."""
        self.run_service(
            count=1,
            container={
                "portMappings": [{"containerPort": port}],
                "environment": [{"name": name, "value": value} for name, value in environment.items()],
            },
            loadBalancers=[{"targetGroupArn": self.blue, "containerName": "app", "containerPort": port}],
        )

    def test_is_healthy_on_another_port_that_PORT_names(self):
        self.on_port(9090, PORT="9090")
        self.wait_for(lambda: self.target_health() == [(9090, "healthy")])

    def test_refuses_connections_on_a_port_that_it_does_not_listen_on(self):
        self.on_port(9090)
        self.wait_for(lambda: self.target_health() == [(9090, "unhealthy")])

    def test_is_a_target_of_its_group(self):
        self.run_service(count=2)
        addresses = {inside(task).ip for task in self.running(2)}
        described = self.client("elbv2").describe_target_health(TargetGroupArn=self.blue)["TargetHealthDescriptions"]
        self.assertEqual(addresses, {target["Target"]["Id"] for target in described})

    def test_a_task_whose_process_is_killed_stops_and_is_replaced(self):
        self.run_service(count=1)
        first = self.running(1)[0]
        os.killpg(inside(first).process.pid, signal.SIGKILL)
        stopped = self.stopped()
        self.assertEqual(
            (first["taskArn"], "EssentialContainerExited", "Essential container in task exited", 137),
            (stopped["taskArn"], stopped["stopCode"], stopped["stoppedReason"], stopped["containers"][0]["exitCode"]),
        )
        self.assertNotIn("reason", stopped["containers"][0])
        self.assertNotEqual(first["taskArn"], self.running(1)[0]["taskArn"])

    def test_can_be_stopped(self):
        self.run_service(count=1)
        self.ecs.stop_task(cluster="cluster", task=self.running(1)[0]["taskArn"], reason="a test")
        stopped = self.stopped()
        self.assertEqual(
            ("UserInitiated", "a test", 0), (stopped["stopCode"], stopped["stoppedReason"], stopped["containers"][0]["exitCode"])
        )
        self.assertEqual(["stop requested", "stopped"], [line["message"] for line in self.lines(stopped)][-2:])

    def test_a_task_that_does_not_stop_is_killed(self):
        self.run_service(count=1)
        task = inside(self.running(1)[0])
        task.patience = lambda: 0.2
        task.process.terminate = lambda: None
        self.ecs.stop_task(cluster="cluster", task=task.task_arn)
        stopped = self.stopped()
        self.assertEqual(("Task stopped by user", 137), (stopped["stoppedReason"], stopped["containers"][0]["exitCode"]))

    def test_gives_its_address_back(self):
        self.run_service(count=1)
        task = self.running(1)[0]
        self.ecs.stop_task(cluster="cluster", task=task["taskArn"])
        self.assertEqual("DELETED", self.stopped()["attachments"][0]["status"])
        self.running(1)
        self.assertEqual(1, interfaces())

    def test_ends_with_its_service_at_once(self):
        self.run_service()
        self.running()
        self.ecs.delete_service(cluster="cluster", service="service", force=True)
        self.assertEqual(([], [], 0), (self.arns(), self.arns("STOPPED"), interfaces()))
        self.wait_for(lambda: cloud.task_processes.alive, 0)

    def test_stops_at_a_reset(self):
        self.run_service()
        self.running()
        self.reset()
        self.assertEqual(set(), cloud.task_processes.alive)

    def test_is_described_for_an_hour_after_its_end(self):
        self.run_service("crashes", count=1)
        self.stopped()
        self.ecs.update_service(cluster="cluster", service="service", desiredCount=0)
        with patch.object(services, "STOPPED_FOR", 300):
            self.wait_for(lambda: self.arns("STOPPED"), 0)


class FailingTaskTest(TasksTestCase):
    def test_image_that_is_missing(self):
        service = self.run_service("missing", count=1)
        text = (
            f"CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref {IMAGE}:missing: "
            f"{IMAGE}:missing: not found"
        )
        stopped = self.stopped()
        container = stopped["containers"][0]
        self.assertEqual(("TaskFailedToStart", text), (stopped["stopCode"], stopped["stoppedReason"]))
        self.assertEqual(("STOPPED", text), (container["lastStatus"], container["reason"]))
        self.assertNotIn("exitCode", container)
        self.assertNotIn("startedAt", stopped)
        self.assertIn(f"{service} was unable to place a task. Reason: {text}.", self.events())
        self.wait_for(lambda: f"{service} is unable to consistently start tasks successfully." in self.events())

    def test_image_that_crashes(self):
        self.run_service("crashes", count=1)
        stopped = self.stopped()
        self.assertEqual(
            ("EssentialContainerExited", "Essential container in task exited", 1),
            (stopped["stopCode"], stopped["stoppedReason"], stopped["containers"][0]["exitCode"]),
        )
        self.assertEqual("cannot start", self.lines(stopped)[-1]["message"])
        self.assertIn("startedAt", stopped)

    def test_image_that_runs_out_of_memory(self):
        self.run_service("out-of-memory", count=1)
        stopped = self.stopped()
        container = stopped["containers"][0]
        self.assertEqual(
            ("EssentialContainerExited", "Essential container in task exited"), (stopped["stopCode"], stopped["stoppedReason"])
        )
        self.assertEqual(
            (137, "OutOfMemoryError: Container killed due to memory usage"), (container["exitCode"], container["reason"])
        )

    def test_image_that_is_unhealthy_for_the_container(self):
        service = self.run_service("unhealthy", count=1, container=health_check(startPeriod=0), loadBalancers=[])
        stopped = self.stopped()
        self.assertEqual(
            ("ServiceSchedulerInitiated", "Task failed container health checks", "UNHEALTHY"),
            (stopped["stopCode"], stopped["stoppedReason"], stopped["healthStatus"]),
        )
        id = stopped["taskArn"].rpartition("/")[2]
        self.assertIn(f"{service} (task {id}) failed container health checks.", self.events())

    def test_image_that_is_unhealthy_for_the_load_balancer(self):
        service = self.run_service("unhealthy", count=1, healthCheckGracePeriodSeconds=60)
        stopped = self.stopped()
        id = stopped["taskArn"].rpartition("/")[2]
        self.assertEqual(
            ("ServiceSchedulerInitiated", f"Task failed ELB health checks in (target-group {self.blue})"),
            (stopped["stopCode"], stopped["stoppedReason"]),
        )
        self.assertIn(
            f"{service} (task {id}) (port 8080) is unhealthy in (target-group {self.blue}) due to "
            "(reason Health checks failed with these codes: [503])",
            self.events(),
        )

    def test_log_group_that_is_missing(self):
        self.logs.delete_log_group(logGroupName="log-group-app")
        self.run_service(count=1)
        stopped = self.stopped()
        self.assertEqual(
            (
                "TaskFailedToStart",
                "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to "
                "create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist. : exit status 1",
            ),
            (stopped["stopCode"], stopped["stoppedReason"]),
        )
        self.assertNotIn("reason", stopped["containers"][0])

    def test_secret_that_is_missing(self):
        secret = {"name": "TOKEN", "valueFrom": f"arn:aws:ssm:{REGION}:{ACCOUNT}:parameter/batch/token"}
        self.run_service(count=1, container={"secrets": [secret]})
        self.assertEqual(
            "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to "
            "retrieve secrets from ssm: service call has been retried 1 time(s): invalid ssm parameters: batch/token",
            self.stopped()["stoppedReason"],
        )

    def test_subnet_that_is_missing(self):
        service = self.run_service("missing", count=0)
        ec2_backends[ACCOUNT][REGION].subnets.clear()
        self.ecs.update_service(cluster="cluster", service="service", desiredCount=1)
        reason = f"The subnet ID '{self.subnet_ids[0]}' does not exist"
        self.wait_for(lambda: any(f"{service} was unable to place a task. Reason: {reason}" in event for event in self.events()))
