"""A test case with a running server and boto3 clients. The server is reset before each test."""

import io
import json
import os
import threading
import unittest
import urllib.error
import urllib.request

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from nightshift_cloud.cloud import cloud
from nightshift_cloud.control.access import TOKEN_HEADER, Access
from nightshift_cloud.server import HOST, serve

REGION = "eu-central-1"
ACCOUNT = "123456789012"
ACCESS = Access("NSLCTESTED", "tested-token")

# Loading hundreds of machine images at each reset takes most of the time of a test.
os.environ["MOTO_EC2_LOAD_DEFAULT_AMIS"] = "false"


class CloudTestCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.log = io.StringIO()
        cls.clients = {}
        cls.server = serve(0, ACCESS, "tested", cls.log)
        cls.url = f"http://{HOST}:{cls.server.port}"
        threading.Thread(target=cls.server.serve_forever, daemon=True).start()

    @classmethod
    def tearDownClass(cls):
        for made in cls.clients.values():
            made.close()
        cls.server.shutdown()
        cls.server.server_close()

    def setUp(self):
        self.reset()
        self.addCleanup(self.reset_cloud)

    @staticmethod
    def reset_cloud():
        with cloud.clock.lock:
            cloud.reset()

    def reset(self):
        self.assertEqual((200, {"status": "ok"}), self.ask("POST", "/moto-api/reset"))

    def ask(self, method, path, body=None, headers=None):
        """The status and the parsed answer of a call by HTTP, with the control token unless other headers are given."""
        data = None if body is None else json.dumps(body).encode()
        token = {TOKEN_HEADER: ACCESS.control_token}
        request = urllib.request.Request(f"{self.url}{path}", data, token if headers is None else headers, method=method)
        try:
            with urllib.request.urlopen(request) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)

    def stand_still(self, now=None):
        """Stops the ticks for this test. With a time, the clock shows `self.now`, which starts there."""
        cloud.clock.paused = True
        if now is not None:
            self.now = now
            cloud.clock.now = lambda: self.now

    # Whether the SDK itself refuses requests that its model does not allow.
    parameter_validation = True

    def client(self, service, region=REGION):
        """One client for all tests of the class: creating a client takes longer than most calls."""
        if (service, region) not in self.clients:
            self.clients[service, region] = boto3.client(
                service,
                region_name=region,
                endpoint_url=self.url,
                aws_access_key_id=ACCESS.access_key_id,
                aws_secret_access_key="any",
                config=Config(retries={"total_max_attempts": 1}, parameter_validation=self.parameter_validation),
            )
        return self.clients[service, region]

    def assert_refused(self, code, message, call, **parameters):
        with self.assertRaises(ClientError) as caught:
            call(**parameters)
        error = caught.exception.response["Error"]
        self.assertEqual((code, message), (error["Code"], error.get("Message", error.get("message"))))

    def make_subnets(self, region=REGION):
        """Creates a VPC with two subnets in two zones. Returns their ids."""
        ec2 = self.client("ec2", region)
        vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        ec2.modify_vpc_attribute(VpcId=vpc, EnableDnsHostnames={"Value": True})
        return [
            ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{index}.0/24", AvailabilityZone=f"{region}{zone}")["Subnet"]
            for index, zone in enumerate("ab")
        ]
