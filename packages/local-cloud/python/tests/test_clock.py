import contextlib
import io
import threading
import time
import unittest

from nightshift_cloud.clock import Clock


class ClockTest(unittest.TestCase):
    def setUp(self):
        self.clock = Clock()

    def test_ten_minutes_pass_in_ten_seconds_by_default(self):
        self.assertEqual(10, self.clock.seconds(600))

    def test_timestamps_are_real_times(self):
        self.assertAlmostEqual(time.time(), self.clock.now(), delta=1)

    def test_time_passes_by_the_scale(self):
        self.clock.now = lambda: 1010.0
        self.assertEqual(600, self.clock.passed_since(1000.0))

    def test_a_function_that_fails_is_logged_and_called_again(self):
        after = []
        self.clock.on_tick(lambda: 1 / 0)
        self.clock.on_tick(lambda: after.append(1))
        with contextlib.redirect_stderr(io.StringIO()) as printed:
            self.clock.tick()
            self.clock.tick()
        self.assertEqual((2, 2), (len(after), printed.getvalue().count("ZeroDivisionError: division by zero")))

    def test_does_not_tick_while_it_is_paused(self):
        ticks = []
        self.clock.on_tick(lambda: ticks.append(1))
        self.clock.paused = True
        self.clock.tick()
        self.assertEqual([], ticks)
        self.clock.reset()
        self.clock.tick()
        self.assertEqual([1], ticks)

    def test_starts_one_thread(self):
        ticks = threading.Semaphore(0)
        self.clock.on_tick(ticks.release)
        self.clock.start()
        thread = self.clock.thread
        self.clock.start()
        self.assertTrue(ticks.acquire(timeout=60) and ticks.acquire(timeout=60))
        self.assertIs(thread, self.clock.thread)
        self.assertTrue(thread.daemon)
