import unittest

from nightshift_cloud.ecs.placement import LONGEST, StartThrottle


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
