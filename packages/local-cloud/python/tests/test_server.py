import json
import os
import urllib.request

from nightshift_cloud.server import name_of_call

from .cloud_test_case import CloudTestCase


class ServerTest(CloudTestCase):
    def test_says_who_it_is(self):
        with urllib.request.urlopen(f"{self.url}/nightshift/health") as answer:
            health = json.load(answer)
        self.assertRegex(health.pop("startedAt"), r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
        self.assertEqual({"name": "nightshift-local-cloud", "fingerprint": "tested", "pid": os.getpid()}, health)

    def test_listens_on_this_machine_only(self):
        self.assertEqual("127.0.0.1", self.server.host)

    def test_logs_each_call_by_name(self):
        self.client("sts").get_caller_identity()
        self.client("ecs").list_clusters()
        self.client("s3").list_buckets()
        for call in ("sts.GetCallerIdentity", "ecs.ListClusters", r"s3 GET /"):
            self.assertRegex(self.log.getvalue(), rf"(?m)^\S+Z 200 +\d+ ms {call}$")

    def test_names_a_call_without_credentials(self):
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/moto-api/data.json", "QUERY_STRING": "a=1"}
        self.assertEqual("unsigned GET /moto-api/data.json?a=1", name_of_call(environ, b""))

    def test_keeps_the_connection_open_after_an_answer_without_body(self):
        s3 = self.client("s3")
        s3.create_bucket(Bucket="kept", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
        s3.put_object(Bucket="kept", Key="a", Body=b"one")
        self.assertEqual(3, s3.head_object(Bucket="kept", Key="a")["ContentLength"])
        s3.delete_object(Bucket="kept", Key="a")
        self.assertEqual(0, s3.list_objects_v2(Bucket="kept")["KeyCount"])

    def test_refuses_to_overwrite_a_state_lock(self):
        s3 = self.client("s3")
        s3.create_bucket(Bucket="state", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
        s3.put_object(Bucket="state", Key="a.tflock", Body=b"one", IfNoneMatch="*")
        self.assert_refused(
            "PreconditionFailed",
            "At least one of the pre-conditions you specified did not hold",
            s3.put_object,
            Bucket="state",
            Key="a.tflock",
            Body=b"two",
            IfNoneMatch="*",
        )
