import unittest
from collections import Counter

from nightshift_cloud.ecs.placement import LONGEST, StartThrottle, provider_to_add, provider_to_remove

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

    def test_a_strategy_of_nothing_places_nothing(self):
        self.assertIsNone(provider_to_add([], {}))

    def test_scaling_in_keeps_the_shares(self):
        counts = fill(SHARES, 10)
        for _ in range(7):
            counts[provider_to_remove(SHARES, counts)] -= 1
        self.assertEqual({"FARGATE_SPOT": 2, "FARGATE": 1}, counts)

    def test_scaling_in_takes_a_provider_first_that_left_the_strategy(self):
        self.assertEqual("OLD", provider_to_remove(SHARES, {"OLD": 1, "FARGATE_SPOT": 9}))

    def test_scaling_in_of_nothing_takes_nothing(self):
        self.assertIsNone(provider_to_remove(SHARES, {"FARGATE": 0}))


class StartThrottleTest(unittest.TestCase):
    def test_the_pause_grows_up_to_27_minutes(self):
        throttle, now, pauses = StartThrottle(), 0.0, []
        for _ in range(110):
            throttle.failed(now)
            pauses.append(throttle.not_before - now)
            now = throttle.not_before
        self.assertEqual(([15, 30, 45], [1605, LONGEST, LONGEST, LONGEST]), (pauses[:3], pauses[-4:]))

    def test_says_from_the_third_failure_on_that_it_fails_consistently(self):
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

    def test_a_task_that_runs_ends_it(self):
        throttle = StartThrottle()
        throttle.failed(0)
        throttle.succeeded()
        self.assertTrue(throttle.allows(1))
