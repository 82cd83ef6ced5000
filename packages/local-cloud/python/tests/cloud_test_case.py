"""A test case with a real server of ours behind boto3, emptied before each test."""

import io
import os
import threading
import unittest
import urllib.request
from unittest.mock import patch

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from nightshift_cloud import clock
from nightshift_cloud.server import HOST, serve

REGION = "eu-central-1"
ACCOUNT = "123456789012"

# Loading hundreds of machine images at each reset takes most of the time of a test.
os.environ["MOTO_EC2_LOAD_DEFAULT_AMIS"] = "false"


class CloudTestCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.log = io.StringIO()
        cls.clients = {}
        cls.server = serve(0, "tested", cls.log)
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

    def reset(self):
        urllib.request.urlopen(urllib.request.Request(f"{self.url}/moto-api/reset", method="POST")).close()

    def stand_still(self):
        """Nothing happens by itself any more in this test."""
        frozen = patch.object(clock.ticking, "functions", [])
        frozen.start()
        self.addCleanup(frozen.stop)

    def client(self, service, region=REGION):
        """One for all tests of the class: to make one takes longer than most calls."""
        if (service, region) not in self.clients:
            self.clients[service, region] = boto3.client(
                service,
                region_name=region,
                endpoint_url=self.url,
                aws_access_key_id="test",
                aws_secret_access_key="test",
                config=Config(retries={"total_max_attempts": 1}),
            )
        return self.clients[service, region]

    def assert_refused(self, code, message, call, **parameters):
        with self.assertRaises(ClientError) as caught:
            call(**parameters)
        error = caught.exception.response["Error"]
        self.assertEqual((code, message), (error["Code"], error.get("Message", error.get("message"))))

    def make_subnets(self, region=REGION):
        """A VPC with two subnets in two zones; gives their ids."""
        ec2 = self.client("ec2", region)
        vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        ec2.modify_vpc_attribute(VpcId=vpc, EnableDnsHostnames={"Value": True})
        return [
            ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{index}.0/24", AvailabilityZone=f"{region}{zone}")["Subnet"]
            for index, zone in enumerate("ab")
        ]
