from collections import Counter

from ..tasks_test_case import TasksTestCase


class SpotTest(TasksTestCase):
    def order(self, **given):
        status, answer = self.ask("POST", "/nightshift/interrupt", given)
        return answer if status == 200 else (status, answer)

    def providers(self, count=3):
        return Counter(task["capacityProviderName"] for task in self.running(count))

    def test_r5_2_tasks_are_split_over_the_capacity_providers(self):
        self.run_service()
        self.assertEqual({"FARGATE_SPOT": 2, "FARGATE": 1}, self.providers())

    def test_r5_2_a_service_without_a_strategy_has_no_spot_tasks(self):
        self.run_service(capacityProviderStrategy=[], launchType="FARGATE")
        self.assertEqual({None}, {task.get("capacityProviderName") for task in self.running()})
        self.assertEqual({"FARGATE"}, {task["launchType"] for task in self.running()})

    def test_r5_4_an_interrupted_task_leaves_the_load_balancer_stops_and_is_replaced(self):
        self.run_service()
        self.running()
        interrupted = self.order(service="service", count=1)
        self.assertEqual((1, True), (len(interrupted["interrupted"]), interrupted["spotAvailable"]))
        warned = self.ecs.describe_tasks(cluster="cluster", tasks=interrupted["interrupted"])["tasks"][0]
        self.assertEqual(("STOPPED", "TerminationNotice"), (warned["desiredStatus"], warned["stopCode"]))
        stopped = self.stopped()
        self.assertEqual(
            (interrupted["interrupted"][0], "SpotInterruption", "Your Spot Task was interrupted.", 0),
            (stopped["taskArn"], stopped["stopCode"], stopped["stoppedReason"], stopped["containers"][0]["exitCode"]),
        )
        self.assertEqual("stop requested", self.lines(stopped)[-2]["message"])
        self.assertEqual({"FARGATE_SPOT": 2, "FARGATE": 1}, self.providers())

    def test_r5_2_without_spot_capacity_nothing_takes_its_place(self):
        service = self.run_service()
        self.running()
        gone = self.order(service="service", count=9, spotAvailable=False)
        self.assertEqual((2, False), (len(gone["interrupted"]), gone["spotAvailable"]))
        event = (
            f"{service} was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in a "
            "different availability zone. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide."
        )
        self.wait_for(lambda: event in self.events())
        self.assertEqual({"FARGATE": 1}, self.providers(1))
        self.assertEqual({"interrupted": [], "spotAvailable": True}, self.order(service="service", spotAvailable=True))
        self.assertEqual({"FARGATE_SPOT": 2, "FARGATE": 1}, self.providers())

    def test_takes_one_task_unless_told_otherwise(self):
        self.run_service()
        self.running()
        self.assertEqual(1, len(self.order(service="service")["interrupted"]))

    def test_says_what_is_wrong_with_an_order(self):
        self.run_service(count=0)
        for given, problem in (
            ({}, "service: the name or the ARN of a service"),
            ({"service": "other"}, "service: no active service has this name or ARN, got other"),
            ({"service": "service", "count": -1}, "count: a whole number from 0"),
            ({"service": "service", "count": True}, "count: a whole number from 0"),
            ({"service": "service", "spotAvailable": "no"}, "spotAvailable: true or false"),
            ({"service": "service", "tasks": 1}, "unknown: tasks"),
        ):
            self.assertEqual((400, {"message": problem}), self.order(**given))
