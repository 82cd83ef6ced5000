import unittest

from nightshift_cloud.codedeploy.configs import PREDEFINED, shifted_percent


class ShiftTest(unittest.TestCase):
    def shares(self, name, minutes):
        routing = PREDEFINED[f"CodeDeployDefault.{name}"]["trafficRoutingConfig"]
        return [shifted_percent(routing, minute) for minute in minutes]

    def test_linear_moves_at_the_start_of_each_interval(self):
        self.assertEqual(
            [10, 10, 20, 20, 90, 100, 100], self.shares("ECSLinear10PercentEvery1Minutes", (0, 0.99, 1, 1.5, 8.99, 9, 60))
        )
        self.assertEqual([10, 10, 20, 100], self.shares("ECSLinear10PercentEvery3Minutes", (0, 2.9, 3, 27)))

    def test_linear_never_goes_beyond_all(self):
        routing = {"type": "TimeBasedLinear", "timeBasedLinear": {"linearPercentage": 30, "linearInterval": 1}}
        self.assertEqual([30, 60, 90, 100, 100], [shifted_percent(routing, minute) for minute in range(5)])

    def test_canary_moves_twice(self):
        self.assertEqual([10, 10, 100, 100], self.shares("ECSCanary10Percent5Minutes", (0, 4.9, 5, 6)))

    def test_all_at_once_moves_at_once(self):
        self.assertEqual([100], self.shares("ECSAllAtOnce", (0,)))
