import contextlib
import io
import os
import sys
import time
from pathlib import Path
from unittest.mock import patch

from moto.ecs.models import ecs_backends

from nightshift_cloud.cloud import cloud
from nightshift_cloud.ecs import container
from nightshift_cloud.ecs.container import (
    CannotLog,
    CannotReadSecrets,
    TaskLog,
    command_of,
    environment_of,
)
from nightshift_cloud.ecs.images import Image

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
