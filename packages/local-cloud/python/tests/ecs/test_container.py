import contextlib
import io
import os
import sys
import time
import unittest
from pathlib import Path
from unittest.mock import patch

from moto.ecs.models import ecs_backends

from nightshift_cloud.cloud import cloud
from nightshift_cloud.ecs import container
from nightshift_cloud.ecs.container import (
    CannotLog,
    CannotReadSecrets,
    ContainerHealth,
    TaskLog,
    command_of,
    environment_of,
    fetched_by,
    fetches,
)
from nightshift_cloud.ecs.images import Image
from nightshift_cloud.ecs.processes import free_port

from ..cloud_test_case import ACCOUNT, REGION, CloudTestCase

BUNDLE = Image("sha256:1", "4f1c2e9", "healthy", "/bundles/1.js")


def behaving(how):
    return Image("sha256:1", "4f1c2e9", how, "/bundles/1.js")


class TaskEnvironmentTest(CloudTestCase):
    def environment(self, **container):
        return environment_of(ecs_backends[ACCOUNT][REGION], container, BUNDLE, 5000)

    def test_the_port_of_the_process_overrides_that_of_the_definition(self):
        own = [{"name": "HOST", "value": "0.0.0.0"}, {"name": "PORT", "value": "8080"}]
        found = self.environment(environment=own)
        self.assertEqual(("127.0.0.1", "5000"), (found["HOST"], found["PORT"]))

    def test_a_task_has_the_version_of_its_image_unless_its_definition_has_another(self):
        self.assertEqual("4f1c2e9", self.environment()["VERSION"])
        self.assertEqual("own", self.environment(environment=[{"name": "VERSION", "value": "own"}])["VERSION"])

    def test_the_definition_overrides_defaults(self):
        self.assertEqual("1", self.environment()["THREADS"])
        self.assertEqual("8", self.environment(environment=[{"name": "THREADS", "value": "8"}])["THREADS"])

    def test_the_stop_time_follows_the_time_scale(self):
        def stopping(accept, drain):
            own = [{"name": "ACCEPT_SECONDS", "value": accept}, {"name": "DRAIN_SECONDS", "value": drain}]
            found = self.environment(environment=own)
            return found["ACCEPT_SECONDS"], found["DRAIN_SECONDS"]

        cloud.clock.scale = 10.0
        self.assertEqual(("2", "8"), stopping("20", "80"))
        self.assertEqual(("0", "4"), stopping("0", "10"))
        self.assertEqual(("soon", "4"), stopping("soon", "0"))
        self.assertEqual("4", self.environment()["DRAIN_SECONDS"])

    def test_a_task_gets_no_other_variables_of_this_machine(self):
        with patch.dict(os.environ, AWS_SECRET_ACCESS_KEY="mine", NODE_OPTIONS="--inspect"):
            found = self.environment()
        self.assertEqual(set(), {"AWS_SECRET_ACCESS_KEY", "NODE_OPTIONS"} & set(found))
        self.assertIn("PATH", found)

    def test_a_task_definition_cannot_set_variables_that_load_code(self):
        names = [
            "NODE_OPTIONS",
            "NODE_PATH",
            "NODE_ENV",
            "LD_PRELOAD",
            "LD_LIBRARY_PATH",
            "DYLD_INSERT_LIBRARIES",
            "PATH",
            "Path",
            "HOME",
            "PYTHONPATH",
            "PYTHONSTARTUP",
            "BASH_ENV",
            "ENV",
            "SHELL",
            "PERL5LIB",
            "PERL5OPT",
            "RUBYOPT",
            "RUBYLIB",
            "GIT_SSH_COMMAND",
            "npm_config_prefix",
            "OPENSSL_CONF",
            "SSL_CERT_FILE",
            "GCONV_PATH",
            "GLIBC_TUNABLES",
            "TMPDIR",
            "ComSpec",
            "NIGHTSHIFT_NODE",
        ]
        mine = {name: os.environ.get(name) for name in names}
        self.client("ssm").put_parameter(Name="/node", Value="evil", Type="String")
        arn = f"arn:aws:ssm:{REGION}:{ACCOUNT}:parameter/node"
        own = [{"name": name, "value": "evil"} for name in [*names, "RISK_MODEL", "HOMEPAGE", "LDAP_URL", "SSLMODE"]]
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            found = self.environment(name="app", environment=own, secrets=[{"name": "NODE_EXTRA_CA_CERTS", "valueFrom": arn}])
        self.assertEqual(["RISK_MODEL", "HOMEPAGE", "LDAP_URL", "SSLMODE"], [name for name in found if found[name] == "evil"])
        self.assertEqual(mine["PATH"], found["PATH"])
        listed = ", ".join(sorted([*names, "NODE_EXTRA_CA_CERTS"]))
        self.assertEqual(
            f"not given to the process of app: {listed} (a task runs as a process of this machine)\n", output.getvalue()
        )

    def test_secrets_are_read_from_their_parameters(self):
        ssm = self.client("ssm")
        ssm.put_parameter(Name="/batch/token", Value="secret", Type="SecureString")
        ssm.put_parameter(Name="plain", Value="open", Type="String")
        arn = f"arn:aws:ssm:{REGION}:{ACCOUNT}:parameter"
        secrets = [{"name": "TOKEN", "valueFrom": f"{arn}/batch/token"}, {"name": "PLAIN", "valueFrom": f"{arn}/plain"}]
        found = self.environment(secrets=secrets)
        self.assertEqual(("secret", "open"), (found["TOKEN"], found["PLAIN"]))
        with self.assertRaises(CannotReadSecrets):
            self.environment(secrets=[{"name": "TOKEN", "valueFrom": f"{arn}/missing"}])

    def test_an_image_with_the_workload_runs_it(self):
        with patch.dict(os.environ, NIGHTSHIFT_NODE="/bin/node"):
            self.assertEqual((["/bin/node", "/bundles/1.js"], {}), command_of(behaving("healthy")))
            self.assertEqual((["/bin/node", "/bundles/1.js"], {}), command_of(behaving("slow-start")))

    def test_the_sample_workload_runs_for_a_faulty_image(self):
        with patch.dict(os.environ, NIGHTSHIFT_NODE="/bin/node"), patch.object(cloud.clock, "scale", 40):
            command, more = command_of(behaving("crashes"))
        self.assertEqual(
            [sys.executable, "-m", "nightshift_cloud.ecs.sample_workload", "--behaves", "crashes", "--after", "0.500"], command
        )
        self.assertEqual({"PYTHONPATH": str(Path(__file__).parent.parent.parent)}, more)

    def test_the_sample_workload_runs_for_an_image_of_another_tool(self):
        with patch.dict(os.environ, NIGHTSHIFT_NODE="/bin/node"):
            self.assertIn("nightshift_cloud.ecs.sample_workload", command_of(Image("sha256:1", "1", "healthy", None))[0])


class TaskLogsTest(CloudTestCase):
    def setUp(self):
        super().setUp()
        self.logs = self.client("logs")
        self.logs.create_log_group(logGroupName="group")

    def task_log(self, driver="awslogs", **options):
        container = {"name": "app", "logConfiguration": {"logDriver": driver, "options": {"awslogs-group": "group", **options}}}
        return TaskLog(ecs_backends[ACCOUNT][REGION], container, "1a2b")

    def events(self, log):
        stream = log.logs.groups["group"].streams[log.stream]
        return [(event.timestamp, event.message) for event in stream.events]

    def test_a_stream_has_the_name_that_awslogs_gives_it(self):
        self.assertEqual(
            ("batch/app/1a2b", "1a2b"), (self.task_log(**{"awslogs-stream-prefix": "batch"}).stream, self.task_log().stream)
        )

    def test_lines_keep_their_time_and_order(self):
        log = self.task_log()
        log.open()
        now = int(time.time())
        log.write([(now + 0.5, "two"), (now + 0.25, "one")])
        log.write([])
        self.assertEqual([(now * 1000 + 250, "one"), (now * 1000 + 500, "two")], self.events(log))

    def test_drops_the_oldest_lines(self):
        log = self.task_log()
        log.open()
        with patch.object(container, "MOST_EVENTS", 2):
            log.write([(time.time() + number, str(number)) for number in range(5)])
        self.assertEqual(["3", "4"], [message for _, message in self.events(log)])

    def test_a_container_without_awslogs_has_no_stream(self):
        log = self.task_log(driver="json-file")
        log.open()
        log.write([(1.0, "lost")])
        self.assertEqual([], self.logs.describe_log_streams(logGroupName="group")["logStreams"])

    def test_a_group_that_is_deleted_while_the_task_runs_is_no_error(self):
        log = self.task_log()
        log.open()
        self.logs.delete_log_group(logGroupName="group")
        log.write([(1.0, "lost")])

    def test_a_missing_group_at_the_start_is_an_error(self):
        self.logs.delete_log_group(logGroupName="group")
        with self.assertRaises(CannotLog):
            self.task_log().open()

    def test_a_group_can_be_in_another_region(self):
        with self.assertRaises(CannotLog):
            self.task_log(**{"awslogs-region": "us-east-1"}).open()


def ports(port):
    """Where a port of the container is on this machine."""
    return 40000 + port


class ContainerHealthTest(unittest.TestCase):
    def health(self, answers, **check):
        """After as many checks as there are answers, one each interval."""
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
