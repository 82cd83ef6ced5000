import json
import os
import urllib.error
import urllib.request

from nightshift_cloud.cloud import cloud
from nightshift_cloud.server import Answers, name_of_call

from .cloud_test_case import CloudTestCase


class ServerTest(CloudTestCase):
    def test_the_health_address_identifies_the_server(self):
        status, health = self.ask("GET", "/nightshift/health")
        self.assertEqual(200, status)
        self.assertRegex(health.pop("startedAt"), r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
        who = {"name": "nightshift-local-cloud", "fingerprint": "tested", "pid": os.getpid()}
        self.assertEqual({**who, "timeScale": cloud.clock.scale, "environments": []}, health)

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

    def test_the_log_does_not_show_the_query_of_a_presigned_url(self):
        query = "X-Amz-Credential=NSLCTESTED%2F20260101%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Signature=1"
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/bucket/key", "QUERY_STRING": query}
        self.assertEqual("s3 GET /bucket/key?(presigned)", name_of_call(environ, b""))

    def test_keeps_the_connection_open_after_an_answer_without_body(self):
        s3 = self.client("s3")
        s3.create_bucket(Bucket="kept", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
        s3.put_object(Bucket="kept", Key="a", Body=b"one")
        self.assertEqual(3, s3.head_object(Bucket="kept", Key="a")["ContentLength"])
        s3.delete_object(Bucket="kept", Key="a")
        self.assertEqual(0, s3.list_objects_v2(Bucket="kept")["KeyCount"])

    def attempt(self, number, call="one", action="CreateKey", data=b"{}"):
        request = urllib.request.Request(
            self.url,
            data=data,
            headers={
                "Content-Type": "application/x-amz-json-1.1",
                "X-Amz-Target": f"TrentService.{action}",
                "Authorization": "AWS4-HMAC-SHA256 Credential=NSLCTESTED/20260101/eu-central-1/kms/aws4_request, Signature=x",
                "amz-sdk-invocation-id": f"{self.id()} {call}",
                "amz-sdk-request": f"attempt={number}; max=25",
            },
        )
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def number_of_keys(self):
        return len(self.client("kms").list_keys()["Keys"])

    def test_executes_a_retried_call_once(self):
        first = self.attempt(1)
        self.assertEqual([first, first], [self.attempt(2), self.attempt(3)])
        self.assertEqual(1, self.number_of_keys())
        self.assertRegex(self.log.getvalue(), r"(?m)^\S+Z 200 +\d+ ms kms.CreateKey \(again\)$")

    def test_executes_different_calls(self):
        self.attempt(1)
        self.attempt(1, call="two")
        self.attempt(2, call="three")
        self.assertEqual(3, self.number_of_keys())

    def test_executes_a_call_again_after_a_failure(self):
        with self.assertRaises(urllib.error.HTTPError) as caught:
            self.attempt(1, action="DescribeKey", data=b'{"KeyId":"none"}')
        caught.exception.close()
        self.attempt(2)
        self.assertEqual(1, self.number_of_keys())

    def test_drops_old_responses(self):
        answers, answer = Answers(), ("200 OK", [], b"")
        for number in range(Answers.MOST + 2):
            answers.keep({"REQUEST_METHOD": "POST", "HTTP_AMZ_SDK_INVOCATION_ID": str(number)}, answer)
        repeated = [answers.repeated({"HTTP_AMZ_SDK_INVOCATION_ID": call}) for call in ("1", "2")]
        self.assertEqual([None, answer], repeated)

    def test_does_not_keep_responses_of_repeatable_calls(self):
        answers = Answers()
        for method in ("GET", "HEAD"):
            answers.keep({"REQUEST_METHOD": method, "HTTP_AMZ_SDK_INVOCATION_ID": method}, ("200 OK", [], b""))
        answers.keep({"REQUEST_METHOD": "POST"}, ("200 OK", [], b""))
        self.assertEqual(0, len(answers.kept))

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
