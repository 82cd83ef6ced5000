import http.client
import re
import urllib.request

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from ..cloud_test_case import ACCESS, REGION, CloudTestCase

TOKEN = {"X-Nightshift-Token": ACCESS.control_token}


class AccessTest(CloudTestCase):
    def raw(self, method="GET", path="/nightshift/health", headers=None, target=None):
        """Returns status, headers and text. Adds only `Host` to the headers, if it is missing."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port)
        self.addCleanup(connection.close)
        headers = {"Host": f"127.0.0.1:{self.server.port}", **(headers or {})}
        connection.putrequest(method, target or path, skip_host=True, skip_accept_encoding=True)
        for name, value in headers.items():
            if value is not None:
                connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode()

    def assert_refused_raw(self, message, **request):
        status, _, text = self.raw(**request)
        self.assertEqual((403, message), (status, re.search("<Message>(.*)</Message>", text)[1]))

    def stranger(self, service, key="AKIAIOSFODNN7EXAMPLE", **config):
        client = boto3.client(
            service,
            region_name=REGION,
            endpoint_url=self.url,
            aws_access_key_id=key,
            aws_secret_access_key="any",
            config=Config(retries={"total_max_attempts": 1}, **config),
        )
        self.addCleanup(client.close)
        return client

    def test_refuses_every_host_but_its_own_address(self):
        own = f"127.0.0.1:{self.server.port}"
        for host in (
            "evil.example",
            f"evil.example:{self.server.port}",
            "127.0.0.1",
            "127.0.0.1:1",
            f"localhost:{self.server.port}",
        ):
            with self.subTest(host):
                message = f"Host: the local cloud answers to {own} only, got {host}"
                self.assert_refused_raw(message, headers={**TOKEN, "Host": host})
        self.assert_refused_raw(f"Host: the local cloud answers to {own} only, got none", headers={**TOKEN, "Host": None})
        self.assert_refused_raw(
            f"Host: the local cloud answers to {own} only, got evil.example",
            headers=TOKEN,
            target="http://evil.example/nightshift/health",
        )
        self.assertEqual(200, self.raw(headers=TOKEN)[0])

    def test_refuses_a_name_that_resolves_to_its_address(self):
        client = boto3.client(
            "ecs",
            region_name=REGION,
            endpoint_url=f"http://localhost:{self.server.port}",
            aws_access_key_id=ACCESS.access_key_id,
            aws_secret_access_key="any",
            config=Config(retries={"total_max_attempts": 1}),
        )
        self.addCleanup(client.close)
        port = self.server.port
        message = f"Host: the local cloud answers to 127.0.0.1:{port} only, got localhost:{port}"
        self.assert_refused("AccessDenied", message, client.list_clusters)

    def test_refuses_web_pages_even_with_the_token(self):
        for origin in ("https://evil.example", "null", f"http://127.0.0.1:{self.server.port}"):
            message = f"Origin: the local cloud does not answer web pages, got {origin}"
            for method in ("GET", "POST", "OPTIONS"):
                with self.subTest(origin=origin, method=method):
                    self.assert_refused_raw(message, method=method, headers={**TOKEN, "Origin": origin})
        for site in ("cross-site", "same-site", "same-origin"):
            with self.subTest(site):
                message = f"Sec-Fetch-Site: the local cloud does not answer web pages, got {site}"
                self.assert_refused_raw(message, headers={**TOKEN, "Sec-Fetch-Site": site})
        self.assertEqual(200, self.raw(headers={**TOKEN, "Sec-Fetch-Site": "none"})[0])

    def test_no_answer_allows_a_web_page_to_read_it(self):
        self.client("s3").create_bucket(Bucket="pages", CreateBucketConfiguration={"LocationConstraint": REGION})
        answers = [
            self.raw(headers={**TOKEN, "Origin": "https://evil.example"}),
            self.raw("POST", "/moto-api/reset", TOKEN),
            self.raw(headers=TOKEN),
        ]
        headers = [list(headers) for _, headers, _ in answers]
        headers.append(list(self.client("ecs").list_clusters()["ResponseMetadata"]["HTTPHeaders"]))
        headers.append(list(self.client("s3").list_buckets()["ResponseMetadata"]["HTTPHeaders"]))
        allowing = [name for names in headers for name in names if name.lower().startswith("access-control-")]
        self.assertEqual([], allowing)

    def test_refuses_another_access_key_in_the_form_that_each_service_reads(self):
        message = "The access key is not that of the running local cloud - run the program with `npx nightshift local exec -- <program>`"
        for code, call in (
            ("InvalidClientTokenId", self.stranger("sts").get_caller_identity),
            ("UnrecognizedClientException", self.stranger("ecs").list_clusters),
            ("InvalidAccessKeyId", self.stranger("s3").list_buckets),
            ("InvalidClientTokenId", self.stranger("elbv2", key="test").describe_load_balancers),
        ):
            with self.subTest(code=code):
                self.assert_refused(code, message, call)
        self.assertRegex(
            self.log.getvalue(), r"403 +0 ms ecs.ListClusters \(The access key is not that of the running local cloud"
        )

    def test_refuses_calls_that_are_not_signed(self):
        for path in ("/", "/bucket/key", "/latest/meta-data/iam/security-credentials/"):
            with self.subTest(path):
                self.assert_refused_raw("Request is missing Authentication Token", path=path)
        headers = {"X-Amz-Target": "AmazonEC2ContainerServiceV20141113.ListClusters"}
        self.assertEqual(
            (403, {"__type": "MissingAuthenticationTokenException", "message": "Request is missing Authentication Token"}),
            self.ask("POST", "/", {}, headers),
        )

    def test_its_own_and_motos_control_need_the_token(self):
        message = "X-Nightshift-Token: not the token of this local cloud - use `npx nightshift local`"
        signed = {"Authorization": f"AWS4-HMAC-SHA256 Credential={ACCESS.access_key_id}/20260101/{REGION}/ecs/aws4_request"}
        for method, path in (
            ("GET", "/nightshift/faults"),
            ("POST", "/nightshift/faults"),
            ("POST", "/nightshift/interrupt"),
            ("POST", "/moto-api/reset"),
            ("GET", "/moto-api/data.json"),
        ):
            for headers in ({}, {"X-Nightshift-Token": "guessed"}, signed if path.startswith("/moto-api") else {}):
                with self.subTest(path=path, headers=headers):
                    self.assert_refused_raw(message, method=method, path=path, headers=headers)

    def test_the_health_address_without_a_token_names_only_the_program(self):
        status, health = self.ask("GET", "/nightshift/health", headers={})
        self.assertEqual((200, ["name", "pid"]), (status, sorted(health)))
        status, health = self.ask("GET", "/nightshift/health", headers={"X-Nightshift-Token": "guessed"})
        self.assertEqual((200, ["name", "pid"]), (status, sorted(health)))

    def test_presigned_urls_work(self):
        s3 = self.client("s3")
        s3.create_bucket(Bucket="presigned", CreateBucketConfiguration={"LocationConstraint": REGION})
        s3.put_object(Bucket="presigned", Key="key", Body=b"content")
        for version in ("s3v4", "s3"):
            signing = self.stranger("s3", ACCESS.access_key_id, signature_version=version)
            url = signing.generate_presigned_url("get_object", {"Bucket": "presigned", "Key": "key"})
            with self.subTest(version), urllib.request.urlopen(url) as answer:
                self.assertEqual(b"content", answer.read())
            other = url.replace(ACCESS.access_key_id, "AKIAIOSFODNN7EXAMPLE")
            self.assertEqual(403, self.raw(path=other.removeprefix(self.url))[0])

    def test_accepts_issued_access_keys(self):
        sts = self.client("sts")
        role = sts.assume_role(RoleArn="arn:aws:iam::123456789012:role/deploy", RoleSessionName="session")
        assumed = self.stranger("sts", role["Credentials"]["AccessKeyId"])
        self.assertEqual(role["AssumedRoleUser"]["Arn"], assumed.get_caller_identity()["Arn"])
        self.reset()
        with self.assertRaises(ClientError):
            assumed.get_caller_identity()
