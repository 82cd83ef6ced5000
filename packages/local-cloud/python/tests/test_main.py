import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request
from pathlib import Path

import boto3


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class MainTest(unittest.TestCase):
    def setUp(self):
        self.port = free_port()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.record = Path(folder.name, "server.json")
        self.server = subprocess.Popen(
            [
                *(sys.executable, "-m", "nightshift_cloud", "--port", str(self.port), "--fingerprint", "1a2b3c"),
                *("--record", str(self.record), "--new-account", "--quota", "L-F678F1CE=3", "--enforce-iam"),
            ],
            cwd=Path(__file__).parent.parent,
            env={**os.environ, "NIGHTSHIFT_ACCESS_KEY_ID": "NSLCTESTED", "NIGHTSHIFT_CONTROL_TOKEN": "tested-token"},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.addCleanup(self.stop)
        self.first_line = self.server.stdout.readline()

    def stop(self):
        self.server.kill()
        self.server.wait()
        self.server.stdout.close()

    def test_serves_with_the_given_options(self):
        url = f"http://127.0.0.1:{self.port}"
        self.assertEqual(f"listening on {url}\n", self.first_line)
        request = urllib.request.Request(f"{url}/nightshift/health", headers={"X-Nightshift-Token": "tested-token"})
        with urllib.request.urlopen(request) as answer:
            health = json.load(answer)
        self.assertEqual((self.server.pid, "1a2b3c"), (health["pid"], health["fingerprint"]))
        iam = boto3.client(
            "iam", region_name="us-east-1", endpoint_url=url, aws_access_key_id="NSLCTESTED", aws_secret_access_key="test"
        )
        self.addCleanup(iam.close)
        arn = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
        self.assertEqual(arn, iam.get_policy(PolicyArn=arn)["Policy"]["Arn"])

    def test_has_the_given_quotas(self):
        quotas = boto3.client(
            "service-quotas",
            region_name="us-east-1",
            endpoint_url=f"http://127.0.0.1:{self.port}",
            aws_access_key_id="NSLCTESTED",
            aws_secret_access_key="test",
        )
        self.addCleanup(quotas.close)
        values = [
            quotas.get_service_quota(ServiceCode=service, QuotaCode=code)["Quota"]["Value"]
            for service, code in (("vpc", "L-F678F1CE"), ("fargate", "L-3032A538"))
        ]
        self.assertEqual([3.0, 6.0], values)

    def test_ends_on_sigterm(self):
        self.server.terminate()
        self.server.wait(timeout=60)

    def test_ends_when_its_record_is_deleted(self):
        self.record.write_text(json.dumps({"pid": self.server.pid, "port": self.port}))
        # Long enough for the server to notice it.
        time.sleep(4)
        self.assertIsNone(self.server.poll())
        self.record.unlink()
        self.server.wait(timeout=60)
        self.assertEqual(f"ending: {self.record} was deleted\n", self.server.stdout.readline())

    def test_enforces_iam_for_the_keys_of_roles_and_users(self):
        def client(service, key):
            made = boto3.client(
                service,
                region_name="us-east-1",
                endpoint_url=f"http://127.0.0.1:{self.port}",
                aws_access_key_id=key,
                aws_secret_access_key="test",
            )
            self.addCleanup(made.close)
            return made

        iam = client("iam", "NSLCTESTED")
        iam.create_user(UserName="someone")
        key = iam.create_access_key(UserName="someone")["AccessKey"]["AccessKeyId"]
        with self.assertRaisesRegex(Exception, "user/someone is not authorized to perform: iam:ListRoles on resource: "):
            client("iam", key).list_roles()


class RefusalTest(unittest.TestCase):
    def assert_not_started(self, message, *arguments, **variables):
        ended = subprocess.run(
            [sys.executable, "-m", "nightshift_cloud", "--port", "1", "--fingerprint", "1", "--record", "none", *arguments],
            cwd=Path(__file__).parent.parent,
            env={**os.environ, **variables},
            capture_output=True,
            text=True,
            check=False,
        )
        self.assertEqual((2, message), (ended.returncode, ended.stderr.splitlines()[-1]))

    def test_does_not_start_without_its_keys(self):
        self.assert_not_started("nightshift_cloud: error: the variable NIGHTSHIFT_ACCESS_KEY_ID is missing")

    def test_does_not_start_with_a_quota_that_it_does_not_keep(self):
        known = "L-3032A538, L-36FBB829, L-0263D0A3, L-F678F1CE, L-0EA8095F, L-B6DF7632, L-822D1B1B"
        message = f"nightshift_cloud: error: argument --quota: unknown quota L-1, known are {known}"
        self.assert_not_started(message, "--quota", "L-1=2", NIGHTSHIFT_ACCESS_KEY_ID="1", NIGHTSHIFT_CONTROL_TOKEN="1")
