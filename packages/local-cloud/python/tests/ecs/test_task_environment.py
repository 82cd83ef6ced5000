import contextlib
import io
import os
import sys
from pathlib import Path
from unittest.mock import patch

from moto.ecs.models import ecs_backends

from nightshift_cloud import clock
from nightshift_cloud.ecs.images import Image
from nightshift_cloud.ecs.task_environment import CannotReadSecrets, command_of, environment_of

from ..cloud_test_case import ACCOUNT, REGION, CloudTestCase

BUNDLE = Image("sha256:1", "4f1c2e9", "healthy", "/bundles/1.js")


def behaving(how):
    return Image("sha256:1", "4f1c2e9", how, "/bundles/1.js")


class TaskEnvironmentTest(CloudTestCase):
    def environment(self, **container):
        return environment_of(ecs_backends[ACCOUNT][REGION], container, BUNDLE, 5000)

    def test_a_task_listens_where_it_is_told_to_whatever_its_definition_says(self):
        own = [{"name": "HOST", "value": "0.0.0.0"}, {"name": "PORT", "value": "8080"}]
        found = self.environment(environment=own)
        self.assertEqual(("127.0.0.1", "5000"), (found["HOST"], found["PORT"]))

    def test_a_task_has_the_version_of_its_image_unless_its_definition_has_another(self):
        self.assertEqual("4f1c2e9", self.environment()["VERSION"])
        self.assertEqual("own", self.environment(environment=[{"name": "VERSION", "value": "own"}])["VERSION"])

    def test_the_definition_decides_what_the_local_cloud_only_proposes(self):
        self.assertEqual("1", self.environment()["THREADS"])
        self.assertEqual("8", self.environment(environment=[{"name": "THREADS", "value": "8"}])["THREADS"])

    def test_nothing_else_of_this_machine_reaches_a_task(self):
        with patch.dict(os.environ, AWS_SECRET_ACCESS_KEY="mine", NODE_OPTIONS="--inspect"):
            found = self.environment()
        self.assertEqual(set(), {"AWS_SECRET_ACCESS_KEY", "NODE_OPTIONS"} & set(found))
        self.assertIn("PATH", found)

    def test_a_task_definition_does_not_decide_what_code_a_process_of_this_machine_runs(self):
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

    def test_a_stand_in_misbehaves_in_its_place(self):
        with patch.dict(os.environ, NIGHTSHIFT_NODE="/bin/node"), patch.object(clock, "scale", 40):
            command, more = command_of(behaving("crashes"))
        self.assertEqual(
            [sys.executable, "-m", "nightshift_cloud.ecs.stand_in", "--behaves", "crashes", "--after", "0.500"], command
        )
        self.assertEqual({"PYTHONPATH": str(Path(__file__).parent.parent.parent)}, more)

    def test_a_stand_in_answers_for_an_image_of_another_tool(self):
        with patch.dict(os.environ, NIGHTSHIFT_NODE="/bin/node"):
            self.assertIn("nightshift_cloud.ecs.stand_in", command_of(Image("sha256:1", "1", "healthy", None))[0])
