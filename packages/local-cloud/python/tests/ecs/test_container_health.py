import unittest
from unittest.mock import patch

from nightshift_cloud.ecs import container
from nightshift_cloud.ecs.container import ContainerHealth, fetched_by, fetches
from nightshift_cloud.ecs.processes import free_port


def ports(port):
    """The port of this machine for a port of the container."""
    return 40000 + port


class ContainerHealthTest(unittest.TestCase):
    def health(self, answers, **check):
        """The status after one check for each answer, one per interval."""
        health = ContainerHealth({"command": [], "interval": 30, "retries": 2, **check}, ports)
        for count, passed in enumerate(answers, 1):
            health.record(passed, 30 * count)
        return health.status

    def test_reads_the_url_of_the_command(self):
        wget = "wget -q -O /dev/null http://127.0.0.1:8080/health || exit 1"
        self.assertEqual((8080, "/health"), fetched_by(["CMD-SHELL", wget]))
        self.assertEqual((80, "/live?deep=1"), fetched_by(["CMD", "curl", "-f", "http://localhost/live?deep=1"]))
        self.assertEqual((9090, "/"), fetched_by(["CMD-SHELL", "curl http://localhost:9090"]))
        self.assertEqual((None, "/health"), fetched_by(["CMD-SHELL", "curl -f http://localhost:${PORT}/health||exit 1"]))
        self.assertIsNone(fetched_by(["CMD", "/healthy"]))

    def test_is_unknown_before_the_first_check_and_healthy_with_one_that_passes(self):
        self.assertEqual(["UNKNOWN", "HEALTHY"], [self.health([]), self.health([True])])

    def test_is_unhealthy_after_as_many_failures_in_a_row_as_it_says(self):
        self.assertEqual("HEALTHY", self.health([True, False]))
        self.assertEqual("UNHEALTHY", self.health([True, False, False]))
        self.assertEqual("HEALTHY", self.health([True, False, True, False]))

    def test_failures_of_the_start_period_do_not_count(self):
        self.assertEqual("UNKNOWN", self.health([False, False], startPeriod=60))
        self.assertEqual("UNHEALTHY", self.health([False, False, False, False], startPeriod=60))

    def test_the_first_success_ends_the_start_period(self):
        self.assertEqual("UNHEALTHY", self.health([True, False, False], startPeriod=600))

    def test_recovers(self):
        self.assertEqual("HEALTHY", self.health([False, False, True]))

    def test_checks_once_per_interval(self):
        asked = []
        health = ContainerHealth({"command": [], "interval": 30}, ports)
        with patch.object(health, "ask", lambda: asked.append(1) or True):
            for now in (0, 20, 31, 40, 62):
                health.update(now)
                if health.asked is not None:
                    health.asked.result(timeout=60)
        self.assertEqual((2, "HEALTHY"), (len(asked), health.status))

    def test_a_command_that_fetches_nothing_passes_as_long_as_the_process_lives(self):
        self.assertTrue(ContainerHealth({"command": ["CMD", "/healthy"]}, ports).ask())

    def test_a_check_without_a_response_fails(self):
        self.assertFalse(fetches(free_port(), "/health", 0.2))

    def test_the_timeout_is_in_real_seconds(self):
        health = ContainerHealth({"command": ["CMD", "curl", "http://localhost/"], "timeout": 5}, ports)
        with patch.object(container, "fetches") as fetched:
            health.ask()
        fetched.assert_called_once_with(40080, "/", container.LEAST_TIMEOUT)
