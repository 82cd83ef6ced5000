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


class ObservabilityRulesTest(ServiceTestCase):
    def test_refuses_an_unsupported_retention_of_a_log_group(self):
        logs = self.client("logs")
        logs.create_log_group(logGroupName="a")
        self.assert_refused(
            "InvalidParameterException",
            "1 validation error detected: Value '2' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum "
            "value set: [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653]",
            logs.put_retention_policy,
            logGroupName="a",
            retentionInDays=2,
        )

    def test_periods_of_alarms(self):
        for message, values in (
            ("Period must be 10, 20, 30 or a multiple of 60", {"Period": 45, "EvaluationPeriods": 1}),
            (
                "Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400).",
                {"Period": 60, "EvaluationPeriods": 1441},
            ),
            (
                "Metrics cannot be checked across more than seven days (EvaluationPeriods * Period must be <= 604800).",
                {"Period": 3600, "EvaluationPeriods": 169},
            ),
            (
                "DatapointsToAlarm must be less than or equal to EvaluationPeriods",
                {"Period": 60, "EvaluationPeriods": 1, "DatapointsToAlarm": 2},
            ),
        ):
            self.assert_refused(
                "ValidationError",
                message,
                self.client("cloudwatch").put_metric_alarm,
                AlarmName="a",
                ComparisonOperator="GreaterThanThreshold",
                **values,
            )

    def test_scaling_has_a_target_and_limits(self):
        scaling = self.client("application-autoscaling")
        self.create_service()
        target = {
            "ServiceNamespace": "ecs",
            "ResourceId": "service/cluster/service",
            "ScalableDimension": "ecs:service:DesiredCount",
        }
        self.assert_refused(
            "ObjectNotFoundException",
            "No scalable target registered for service namespace: ecs, resource ID: service/cluster/service, "
            "scalable dimension: ecs:service:DesiredCount",
            scaling.put_scaling_policy,
            PolicyName="a",
            **target,
        )
        refusal = (
            "ValidationException",
            "Maximum capacity cannot be less than minimum capacity",
            scaling.register_scalable_target,
        )
        self.assert_refused(*refusal, MinCapacity=3, MaxCapacity=2, **target)
        scaling.register_scalable_target(MinCapacity=2, MaxCapacity=4, **target)
        self.assert_refused(*refusal, MinCapacity=5, **target)

    def test_a_deployment_group_has_a_service(self):
        deploy = self.client("codedeploy")
        deploy.create_application(applicationName="a", computePlatform="ECS")
        self.assert_refused(
            "InvalidECSServiceException",
            "The Amazon ECS service identifier is not valid.",
            deploy.create_deployment_group,
            applicationName="a",
            deploymentGroupName="a",
            serviceRoleArn="arn:aws:iam::123456789012:role/a",
            ecsServices=[{"clusterName": "cluster", "serviceName": "none"}],
        )
