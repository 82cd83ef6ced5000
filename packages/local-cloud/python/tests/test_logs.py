import json

from .cloud_test_case import ACCOUNT, REGION, CloudTestCase


class LogsTest(CloudTestCase):
    def key_for(self, *statements):
        root = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, "Action": "kms:*", "Resource": "*"}
        policy = json.dumps({"Version": "2012-10-17", "Statement": [root, *statements]})
        return self.client("kms").create_key(Policy=policy)["KeyMetadata"]["Arn"]

    def statement(self, service=f"logs.{REGION}.amazonaws.com", action=("kms:Decrypt*", "kms:GenerateDataKey*")):
        return {"Effect": "Allow", "Principal": {"Service": service}, "Action": list(action), "Resource": "*"}

    def assert_group_refused(self, key):
        self.assert_refused(
            "AccessDeniedException",
            "The specified KMS key does not exist or is not allowed to be used with "
            f"Arn 'arn:aws:logs:{REGION}:{ACCOUNT}:log-group:app'",
            self.client("logs").create_log_group,
            logGroupName="app",
            kmsKeyId=key,
        )

    def test_encrypts_with_a_key_that_the_service_can_use(self):
        logs = self.client("logs")
        key = self.key_for(self.statement())
        logs.create_log_group(logGroupName="app", kmsKeyId=key)
        self.assertEqual(key, logs.describe_log_groups()["logGroups"][0]["kmsKeyId"])

    def test_makes_a_group_without_a_key(self):
        logs = self.client("logs")
        logs.create_log_group(logGroupName="app")
        self.assertEqual("app", logs.describe_log_groups()["logGroups"][0]["logGroupName"])

    def test_refuses_a_key_that_the_service_cannot_use(self):
        self.assert_group_refused(self.key_for())

    def test_refuses_a_key_for_another_region_or_another_action(self):
        self.assert_group_refused(self.key_for(self.statement(service="logs.us-east-1.amazonaws.com")))
        self.assert_group_refused(self.key_for(self.statement(action=["kms:Decrypt"])))

    def test_refuses_a_key_that_does_not_exist(self):
        self.assert_group_refused(f"arn:aws:kms:{REGION}:{ACCOUNT}:key/none")

    def key_of_group(self):
        return self.client("logs").describe_log_groups()["logGroups"][0].get("kmsKeyId")

    def test_changes_and_removes_the_key_of_a_group(self):
        logs = self.client("logs")
        logs.create_log_group(logGroupName="app")
        key = self.key_for(self.statement())
        logs.associate_kms_key(logGroupName="app", kmsKeyId=key)
        self.assertEqual(key, self.key_of_group())
        self.assert_refused(
            "AccessDeniedException",
            "The specified KMS key does not exist or is not allowed to be used with "
            f"Arn 'arn:aws:logs:{REGION}:{ACCOUNT}:log-group:app'",
            logs.associate_kms_key,
            logGroupName="app",
            kmsKeyId=self.key_for(),
        )
        logs.disassociate_kms_key(logGroupName="app")
        self.assertIsNone(self.key_of_group())

    def test_refuses_a_key_for_a_group_that_does_not_exist(self):
        self.assert_refused(
            "ResourceNotFoundException",
            "The specified log group does not exist.",
            self.client("logs").disassociate_kms_key,
            logGroupName="none",
        )
