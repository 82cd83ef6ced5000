import contextlib
import io
import time
import unittest
from unittest.mock import patch

from moto.ecs.models import ecs_backends

from nightshift_cloud import clock
from nightshift_cloud.clock import TICK, Ticking

from .cloud_test_case import CloudTestCase


class ClockTest(unittest.TestCase):
    def test_ten_minutes_pass_in_ten_seconds_unless_told_otherwise(self):
        with patch.object(clock, "scale", 60):
            self.assertEqual(10, clock.seconds(600))

    def test_timestamps_are_those_of_the_wall(self):
        self.assertAlmostEqual(time.time(), clock.now(), delta=1)

    def test_time_passes_by_the_scale(self):
        with patch.object(clock, "scale", 60), patch.object(clock, "now", return_value=1010.0):
            self.assertEqual(600, clock.passed_since(1000.0))

    def test_calls_each_function_as_often_as_it_asked(self):
        ticking, often, seldom = Ticking(), [], []
        ticking.add(TICK, lambda: often.append(1))
        ticking.add(1, lambda: seldom.append(1))
        for step in range(20):
            ticking.tick(100 + step * TICK)
        self.assertEqual((20, 2), (len(often), len(seldom)))

    def test_a_function_that_fails_is_logged_and_called_again(self):
        ticking, after = Ticking(), []
        ticking.add(TICK, lambda: 1 / 0)
        ticking.add(TICK, lambda: after.append(1))
        with contextlib.redirect_stderr(io.StringIO()) as printed:
            ticking.tick(100)
            ticking.tick(101)
        self.assertEqual((2, 2), (len(after), printed.getvalue().count("ZeroDivisionError: division by zero")))

    def test_starts_one_thread(self):
        ticking, ticks = Ticking(), []
        ticking.add(TICK, lambda: ticks.append(1))
        ticking.start()
        thread = ticking.thread
        ticking.start()
        time.sleep(3 * TICK)
        self.assertIs(thread, ticking.thread)
        self.assertTrue(thread.daemon)
        self.assertGreater(len(ticks), 1)


class ResetTest(CloudTestCase):
    def test_says_when_everything_is_forgotten(self):
        self.client("ecs").create_cluster(clusterName="cluster")
        seen = []

        def look():
            seen.extend(backend.clusters for backend in clock.existing(ecs_backends) if backend.clusters)

        with patch.object(clock, "resets", [look]):
            self.reset()
        self.assertEqual(["cluster"], [name for clusters in seen for name in clusters])
        self.assertEqual([], [backend for backend in clock.existing(ecs_backends) if backend.clusters])
