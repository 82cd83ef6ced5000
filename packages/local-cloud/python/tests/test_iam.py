import json

from .cloud_test_case import CloudTestCase


class IamTest(CloudTestCase):
    def bucket_with(self, *statements):
        s3 = self.client("s3")
        s3.create_bucket(Bucket="state", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
        policy = {"Version": "2012-10-17", "Statement": list(statements)}
        s3.put_bucket_policy(Bucket="state", Policy=json.dumps(policy))
        return s3

    def deny(self, **condition):
        everything = ["arn:aws:s3:::state", "arn:aws:s3:::state/*"]
        return {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": everything, **condition}

    def test_allows_a_call_that_is_denied_only_without_tls(self):
        s3 = self.bucket_with(self.deny(Condition={"Bool": {"aws:SecureTransport": "false"}}))
        s3.put_object(Bucket="state", Key="dev/network.tfstate", Body=b"{}")
        self.assertEqual(2, s3.head_object(Bucket="state", Key="dev/network.tfstate")["ContentLength"])

    def test_denies_without_a_condition(self):
        s3 = self.bucket_with(self.deny())
        self.assert_refused("403", "Forbidden", s3.put_object, Bucket="state", Key="a", Body=b"")
