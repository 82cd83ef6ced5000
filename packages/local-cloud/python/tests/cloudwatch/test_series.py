import unittest

from nightshift_cloud.cloud import cloud
from nightshift_cloud.cloudwatch import series

ONE = {"LoadBalancer": "app/one/1"}


class Backend:
    pass


class SeriesTest(unittest.TestCase):
    def setUp(self):
        self.backend = Backend()

    def put(self, minute, value, count=1):
        series.put(self.backend, "N", "Latency", ONE, value, count, minute)

    def between(self, first, last, minutes=1):
        return series.between(self.backend, "N", "Latency", ONE, first, last, minutes)

    def test_keeps_samples_by_minute(self):
        self.put(10, 0.5)
        self.put(10, 0.5, 2)
        self.put(11, 1)
        self.assertEqual({10: {0.5: 3}, 11: {1: 1}}, self.between(10, 12))
        self.assertEqual({10: {0.5: 3}}, self.between(9, 11))

    def test_joins_minutes_to_periods(self):
        for minute in (4, 5, 9):
            self.put(minute, 1)
        self.assertEqual({0: {1: 1}, 5: {1: 2}}, self.between(0, 10, minutes=5))

    def test_identifies_a_series_by_its_dimensions(self):
        self.put(10, 1)
        self.assertEqual({}, series.between(self.backend, "N", "Latency", {"LoadBalancer": "app/two/2"}, 0, 20, 1))

    def test_drops_samples_older_than_a_day(self):
        for minute in range(series.KEPT_MINUTES + 2):
            self.put(minute, 1)
        self.assertEqual(2, next(iter(self.between(0, series.KEPT_MINUTES + 2))))

    def test_statistics(self):
        values = {1: 90, 2: 6, 9: 4}
        names = ("Sum", "Average", "Minimum", "Maximum", "SampleCount", "p50", "p95", "p99", "p100")
        self.assertEqual([138, 1.38, 1, 9, 100, 1, 2, 9, 9], [series.statistic(values, name) for name in names])

    def test_a_minute_follows_the_time_scale(self):
        self.assertEqual(cloud.clock.seconds(60), (series.time_of(101) - series.time_of(100)).total_seconds())
