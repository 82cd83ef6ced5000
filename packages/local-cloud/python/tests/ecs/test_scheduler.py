from unittest.mock import patch

from nightshift_cloud.ecs import scheduler

from ..tasks_test_case import TasksTestCase


class TaskSetsTest(TasksTestCase):
    def task_sets(self):
        return self.described()["taskSets"]

    def steady(self):
        self.wait_for(lambda: all(task_set["stabilityStatus"] == "STEADY_STATE" for task_set in self.task_sets()))

    def test_writes_the_events_of_aws(self):
        service = self.run_service(count=2)
        self.steady()
        ids = " ".join(f"(task {arn.rpartition('/')[2]})" for arn in self.arns())
        events = self.events()
        self.assertEqual(
            [
                f"(service service) updated computedDesiredCount for taskSet {self.task_set['id']} to 2.",
                f"{service} has started 2 tasks: {ids}.",
            ],
            events[:2],
        )
        registered = [event for event in events if "registered" in event]
        self.assertEqual(2, sum(int(event.partition("registered ")[2].split()[0]) for event in registered))
        self.assertTrue(registered[0].endswith(f"targets in (target-group {self.blue})"))
        self.assertEqual("(service service) has reached a steady state.", events[-1])

    def test_counts_its_tasks(self):
        self.run_service(count=2)
        self.assertEqual("STABILIZING", self.task_set["stabilityStatus"])
        self.steady()
        described = self.described()
        task_set = described["taskSets"][0]
        self.assertEqual((2, 0), (task_set["runningCount"], task_set["pendingCount"]))
        self.assertEqual((2, 0), (described["runningCount"], described["pendingCount"]))
        cluster = self.ecs.describe_clusters(clusters=["cluster"])["clusters"][0]
        self.assertEqual((2, 0), (cluster["runningTasksCount"], cluster["pendingTasksCount"]))

    def test_is_not_steady_before_its_targets_are_healthy(self):
        self.run_service("unhealthy", count=1)
        self.running(1)
        self.assertEqual("STABILIZING", self.task_sets()[0]["stabilityStatus"])

    def test_is_not_steady_before_its_containers_are_healthy(self):
        check = {"command": ["CMD-SHELL", "curl -f http://localhost:8080/health"], "interval": 300, "startPeriod": 300}
        self.run_service(count=1, container={"healthCheck": check})
        self.running(1)
        self.assertEqual("STABILIZING", self.task_sets()[0]["stabilityStatus"])
        self.steady()
        self.assertEqual("HEALTHY", self.running(1)[0]["healthStatus"])

    def test_an_image_that_starts_slowly_becomes_steady(self):
        self.run_service("slow-start", count=1)
        self.steady()

    def test_scales_out_and_in(self):
        service = self.run_service(count=3)
        self.running(3)
        self.ecs.update_service(cluster="cluster", service="service", desiredCount=4)
        self.running(4)
        self.ecs.update_service(cluster="cluster", service="service", desiredCount=1)
        self.running(1)
        stopped = self.stopped()
        self.assertEqual(
            ("ServiceSchedulerInitiated", f"Scaling activity initiated by (deployment {self.task_set['id']})"),
            (stopped["stopCode"], stopped["stoppedReason"]),
        )
        events = self.events()
        first = events.index(f"{service} deregistered 3 targets in (target-group {self.blue})")
        self.assertEqual(f"{service} has begun draining connections on 3 tasks.", events[first + 1])
        self.assertTrue(events[first + 2].startswith(f"{service} has stopped 3 running tasks: (task "))
        times = [event["createdAt"] for event in self.described()["events"]]
        self.assertEqual(sorted(set(times), reverse=True), times)

    def test_starts_many_tasks_in_batches(self):
        with patch.object(scheduler, "BATCH", 2):
            service = self.run_service("missing", count=3)
            self.wait_for(lambda: [event for event in self.events() if event.startswith(f"{service} has started 1 tasks")])
        self.assertTrue(any(event.startswith(f"{service} has started 2 tasks") for event in self.events()))

    def test_a_second_task_set_runs_beside_the_first_until_it_is_deleted(self):
        self.run_service(count=2)
        self.steady()
        self.push("errors")
        second = self.create_task_set(self.define("errors"), scale={"unit": "PERCENT", "value": 50})
        self.running(3)
        self.assertEqual(1, len([task for task in self.tasks() if task["startedBy"] == second["id"]]))
        self.ecs.delete_task_set(cluster="cluster", service="service", taskSet=second["taskSetArn"], force=True)
        self.running(2)
        self.wait_for(self.task_sets, 1)
        self.steady()

    def test_lists_tasks_by_service_family_and_start(self):
        self.run_service(count=1)
        arn = self.running(1)[0]["taskArn"]
        for filters, found in (
            ({"family": "batch"}, [arn]),
            ({"family": "other"}, []),
            ({"serviceName": "other"}, []),
            ({"launchType": "FARGATE"}, [arn]),
            ({"launchType": "EC2"}, []),
            ({"startedBy": self.task_set["id"]}, [arn]),
            ({"startedBy": "other"}, []),
            ({"desiredStatus": "STOPPED"}, []),
        ):
            self.assertEqual(found, self.ecs.list_tasks(cluster="cluster", **filters)["taskArns"], filters)

    def test_describe_tasks_reports_a_missing_task(self):
        self.run_service(count=0)
        missing = self.ecs.describe_tasks(cluster="cluster", tasks=["0" * 32])
        self.assertEqual(([], "MISSING"), (missing["tasks"], missing["failures"][0]["reason"]))
        self.assertTrue(missing["failures"][0]["arn"].endswith(f":task/cluster/{'0' * 32}"))
        self.assert_refused(
            "InvalidParameterException",
            "The referenced task was not found.",
            self.ecs.stop_task,
            cluster="cluster",
            task="0" * 32,
        )
