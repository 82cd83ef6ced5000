import unittest
from collections import Counter

from nightshift_cloud.ecs.capacity import LONGEST, StartThrottle, provider_to_add, provider_to_remove

from ..cloud_test_case import CloudTestCase
from ..tasks_test_case import TasksTestCase

SHARES = [{"capacityProvider": "FARGATE_SPOT", "weight": 70, "base": 0}, {"capacityProvider": "FARGATE", "weight": 30, "base": 0}]


def fill(strategy, tasks):
    counts = Counter()
    for _ in range(tasks):
        counts[provider_to_add(strategy, counts)] += 1
    return counts


class CapacityTest(unittest.TestCase):
    def test_three_tasks_of_70_to_30_are_two_and_one(self):
        self.assertEqual({"FARGATE_SPOT": 2, "FARGATE": 1}, fill(SHARES, 3))

    def test_many_tasks_are_split_by_weight(self):
        self.assertEqual({"FARGATE_SPOT": 7, "FARGATE": 3}, fill(SHARES, 10))
        self.assertEqual({"FARGATE_SPOT": 70, "FARGATE": 30}, fill(SHARES, 100))

    def test_a_base_is_filled_first(self):
        strategy = [SHARES[0], {"capacityProvider": "FARGATE", "weight": 30, "base": 2}]
        self.assertEqual({"FARGATE": 2}, fill(strategy, 2))
        self.assertEqual({"FARGATE": 2, "FARGATE_SPOT": 2}, fill(strategy, 4))

    def test_a_provider_of_weight_0_gets_its_base_only(self):
        strategy = [{"capacityProvider": "FARGATE", "base": 1}, {"capacityProvider": "FARGATE_SPOT", "weight": 1}]
        self.assertEqual({"FARGATE": 1, "FARGATE_SPOT": 4}, fill(strategy, 5))

    def test_an_empty_strategy_places_no_tasks(self):
        self.assertIsNone(provider_to_add([], {}))

    def test_scaling_in_keeps_the_shares(self):
        counts = fill(SHARES, 10)
        for _ in range(7):
            counts[provider_to_remove(SHARES, counts)] -= 1
        self.assertEqual({"FARGATE_SPOT": 2, "FARGATE": 1}, counts)

    def test_scaling_in_starts_with_providers_outside_the_strategy(self):
        self.assertEqual("OLD", provider_to_remove(SHARES, {"OLD": 1, "FARGATE_SPOT": 9}))

    def test_scaling_in_without_tasks_stops_none(self):
        self.assertIsNone(provider_to_remove(SHARES, {"FARGATE": 0}))


class StartThrottleTest(unittest.TestCase):
    def test_the_pause_grows_up_to_27_minutes(self):
        throttle, now, pauses = StartThrottle(), 0.0, []
        for _ in range(110):
            throttle.failed(now)
            pauses.append(throttle.not_before - now)
            now = throttle.not_before
        self.assertEqual(([15, 30, 45], [1605, LONGEST, LONGEST, LONGEST]), (pauses[:3], pauses[-4:]))

    def test_reports_consistent_failures_from_the_third_failure_on(self):
        throttle = StartThrottle()
        self.assertEqual([False, False, True, True], [throttle.failed(now) for now in (0, 100, 200, 300)])

    def test_counts_tasks_that_fail_together_once(self):
        throttle = StartThrottle()
        throttle.failed(0)
        self.assertFalse(throttle.failed(1))
        self.assertEqual((1, 15), (throttle.failures, throttle.not_before))

    def test_waits_until_the_pause_is_over(self):
        throttle = StartThrottle()
        self.assertTrue(throttle.allows(0))
        throttle.failed(0)
        self.assertEqual((False, True), (throttle.allows(14), throttle.allows(15)))

    def test_a_running_task_ends_the_pause(self):
        throttle = StartThrottle()
        throttle.failed(0)
        throttle.succeeded()
        self.assertTrue(throttle.allows(1))


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

    def test_interrupts_one_task_by_default(self):
        self.run_service()
        self.running()
        self.assertEqual(1, len(self.order(service="service")["interrupted"]))

    def test_refuses_an_invalid_request(self):
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


class CapacityProvidersTest(CloudTestCase):
    def test_an_account_has_the_fargate_providers(self):
        described = self.client("ecs").describe_capacity_providers()["capacityProviders"]
        self.assertEqual(
            [("FARGATE", "ACTIVE"), ("FARGATE_SPOT", "ACTIVE")], [(each["name"], each["status"]) for each in described]
        )

    def test_describes_the_named_providers(self):
        answer = self.client("ecs").describe_capacity_providers(capacityProviders=["FARGATE_SPOT", "none"])
        self.assertEqual(["FARGATE_SPOT"], [each["name"] for each in answer["capacityProviders"]])
        self.assertEqual(["MISSING"], [failure["reason"] for failure in answer["failures"]])
