import json

from ..service_test_case import ServiceTestCase

TRUST = json.dumps(
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}]}
)


def policy(length):
    """A policy of so many characters."""
    statement = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": ""}
    base = len(json.dumps({"Version": "2012-10-17", "Statement": [statement]}, separators=(",", ":")))
    statement["Resource"] = f"arn:aws:s3:::{'a' * (length - base - 13)}"
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]}, indent=1)


class IamRulesTest(ServiceTestCase):
    def setUp(self):
        super().setUp()
        self.iam = self.client("iam")
        self.iam.create_role(RoleName="role", AssumeRolePolicyDocument=TRUST)

    def test_inline_policies_of_a_role_have_a_size_together(self):
        self.iam.put_role_policy(RoleName="role", PolicyName="one", PolicyDocument=policy(10_000))
        self.iam.put_role_policy(RoleName="role", PolicyName="one", PolicyDocument=policy(10_240))
        self.assert_refused(
            "LimitExceeded",
            "Maximum policy size of 10240 bytes exceeded for role role",
            self.iam.put_role_policy,
            RoleName="role",
            PolicyName="two",
            PolicyDocument=policy(200),
        )

    def test_trust_policies_and_managed_policies_have_a_size(self):
        self.assert_refused(
            "LimitExceeded",
            "Cannot exceed quota for ACLSizePerRole: 2048",
            self.iam.update_assume_role_policy,
            RoleName="role",
            PolicyDocument=policy(2049),
        )
        self.assert_refused(
            "LimitExceeded",
            "Cannot exceed quota for PolicySize: 6144",
            self.iam.create_policy,
            PolicyName="a",
            PolicyDocument=policy(6145),
        )

    def test_a_role_has_ten_managed_policies(self):
        for number in range(11):
            self.iam.create_policy(PolicyName=f"p{number}", PolicyDocument=policy(200))
        arns = [f"arn:aws:iam::123456789012:policy/p{number}" for number in range(11)]
        for arn in [*arns[:10], arns[0]]:
            self.iam.attach_role_policy(RoleName="role", PolicyArn=arn)
        self.assert_refused(
            "LimitExceeded",
            "Cannot exceed quota for PoliciesPerRole: 10",
            self.iam.attach_role_policy,
            RoleName="role",
            PolicyArn=arns[10],
        )

    def test_refuses_to_delete_a_role_with_policies(self):
        self.iam.put_role_policy(RoleName="role", PolicyName="one", PolicyDocument=policy(200))
        self.assert_refused(
            "DeleteConflict", "Cannot delete entity, must delete policies first.", self.iam.delete_role, RoleName="role"
        )

    def test_refuses_a_key_policy_that_locks_out_the_account(self):
        kms = self.client("kms")

        def document(**changed):
            statement = {
                "Effect": "Allow",
                "Principal": {"AWS": "arn:aws:iam::123456789012:root"},
                "Action": "kms:*",
                "Resource": "*",
            }
            return json.dumps({"Version": "2012-10-17", "Statement": [{**statement, **changed}]})

        key = kms.create_key(Policy=document())["KeyMetadata"]["KeyId"]
        for locked in (
            document(Principal={"Service": "logs.amazonaws.com"}),
            document(Action="kms:Decrypt"),
            document(Effect="Deny"),
        ):
            self.assert_refused(
                "MalformedPolicyDocumentException",
                "The new key policy will not allow you to update the key policy in the future.",
                kms.put_key_policy,
                KeyId=key,
                PolicyName="default",
                Policy=locked,
            )
        kms.put_key_policy(
            KeyId=key, PolicyName="default", Policy=document(Action="kms:Decrypt"), BypassPolicyLockoutSafetyCheck=True
        )
        self.assert_refused("MalformedPolicyDocumentException", "Policy contains invalid json", kms.create_key, Policy="{")
