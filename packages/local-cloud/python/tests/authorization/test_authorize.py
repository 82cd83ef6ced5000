import json

import boto3

from nightshift_cloud.cloud import cloud

from ..cloud_test_case import ACCOUNT, REGION, CloudTestCase

TRUST = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Action": "sts:AssumeRole"}]}
CALLER = f"User: arn:aws:sts::{ACCOUNT}:assumed-role/pipeline/run"


def policy(*statements):
    return json.dumps(
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Resource": "*", **each} for each in statements]}
    )


class AuthorizeTest(CloudTestCase):
    def setUp(self):
        super().setUp()
        cloud.enforces_iam = True
        self.addCleanup(setattr, cloud, "enforces_iam", False)
        self.iam = self.client("iam")

    def allow(self, *statements, **role):
        """Creates a role with these permissions and assumes it."""
        self.iam.create_role(RoleName="pipeline", AssumeRolePolicyDocument=json.dumps(TRUST), **role)
        if statements:
            self.iam.put_role_policy(RoleName="pipeline", PolicyName="allowed", PolicyDocument=policy(*statements))
        arn = f"arn:aws:iam::{ACCOUNT}:role/pipeline"
        self.session = self.client("sts").assume_role(RoleArn=arn, RoleSessionName="run")["Credentials"]

    def as_role(self, service):
        return boto3.client(
            service,
            region_name=REGION,
            endpoint_url=self.url,
            aws_access_key_id=self.session["AccessKeyId"],
            aws_secret_access_key=self.session["SecretAccessKey"],
            aws_session_token=self.session["SessionToken"],
        )

    def test_the_root_key_has_all_permissions(self):
        self.assertEqual([], self.client("ecs").list_clusters()["clusterArns"])

    def test_a_role_has_the_permissions_of_its_policies(self):
        self.allow({"Action": "ecs:Create*", "Resource": f"arn:aws:ecs:{REGION}:{ACCOUNT}:cluster/mine"})
        ecs = self.as_role("ecs")
        ecs.create_cluster(clusterName="mine")
        arn = f"arn:aws:ecs:{REGION}:{ACCOUNT}:cluster/other"
        self.assert_refused(
            "AccessDeniedException",
            f"{CALLER} is not authorized to perform: ecs:CreateCluster on resource: {arn} "
            "because no identity-based policy allows the ecs:CreateCluster action",
            ecs.create_cluster,
            clusterName="other",
        )
        self.assertEqual(ACCOUNT, self.as_role("sts").get_caller_identity()["Account"])

    def test_services_have_their_own_error_codes(self):
        self.allow()
        nothing = "because no identity-based policy allows the"
        self.assert_refused(
            "UnauthorizedOperation",
            f"You are not authorized to perform this operation. {CALLER} is not authorized to perform: ec2:DescribeVpcs "
            f"on resource: * {nothing} ec2:DescribeVpcs action",
            self.as_role("ec2").describe_vpcs,
        )
        self.assert_refused(
            "AccessDenied",
            f"{CALLER} is not authorized to perform: iam:GetRole on resource: arn:aws:iam::{ACCOUNT}:role/pipeline "
            f"{nothing} iam:GetRole action",
            self.as_role("iam").get_role,
            RoleName="pipeline",
        )
        self.assert_refused(
            "AccessDenied",
            f"{CALLER} is not authorized to perform: s3:PutObject on resource: arn:aws:s3:::bucket/a {nothing} s3:PutObject action",
            self.as_role("s3").put_object,
            Bucket="bucket",
            Key="a",
        )

    def test_a_managed_policy_allows_too(self):
        made = self.iam.create_policy(PolicyName="kms", PolicyDocument=policy({"Action": "kms:*"}))["Policy"]["Arn"]
        self.allow()
        self.iam.attach_role_policy(RoleName="pipeline", PolicyArn=made)
        self.assertEqual([], self.as_role("kms").list_keys()["Keys"])

    def test_an_explicit_deny_overrides_an_allow(self):
        self.allow({"Action": "*"}, {"Effect": "Deny", "Action": "ecs:ListClusters"})
        self.assert_refused(
            "AccessDeniedException",
            f"{CALLER} is not authorized to perform: ecs:ListClusters on resource: * "
            "with an explicit deny in an identity-based policy",
            self.as_role("ecs").list_clusters,
        )

    def test_a_boundary_limits_what_policies_allow(self):
        boundary = self.iam.create_policy(PolicyName="limits", PolicyDocument=policy({"Action": "kms:*"}))["Policy"]["Arn"]
        self.allow({"Action": "*"}, PermissionsBoundary=boundary)
        self.assertEqual([], self.as_role("kms").list_keys()["Keys"])
        self.assert_refused(
            "AccessDeniedException",
            f"{CALLER} is not authorized to perform: ecs:ListClusters on resource: * "
            "because no permissions boundary allows the ecs:ListClusters action",
            self.as_role("ecs").list_clusters,
        )

    def test_a_policy_of_the_resource_allows_and_denies(self):
        s3 = self.client("s3")
        s3.create_bucket(Bucket="bucket", CreateBucketConfiguration={"LocationConstraint": REGION})
        self.allow({"Action": "s3:GetObject"})
        role = {"AWS": f"arn:aws:iam::{ACCOUNT}:role/pipeline"}
        for effect, action in (("Allow", "s3:PutObject"), ("Deny", "s3:GetObject")):
            statement = {"Effect": effect, "Principal": role, "Action": action, "Resource": "arn:aws:s3:::bucket/*"}
            insecure = {
                **statement,
                "Effect": "Deny",
                "Principal": "*",
                "Action": "*",
                "Condition": {"Bool": {"aws:SecureTransport": "false"}},
            }
            s3.put_bucket_policy(Bucket="bucket", Policy=policy(statement, insecure))
            if effect == "Allow":
                self.as_role("s3").put_object(Bucket="bucket", Key="a", Body=b"a")
        self.assert_refused(
            "AccessDenied",
            f"{CALLER} is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::bucket/a "
            "with an explicit deny in a resource-based policy",
            self.as_role("s3").get_object,
            Bucket="bucket",
            Key="a",
        )

    def test_tags_and_aliases_are_conditions(self):
        kms, ec2 = self.client("kms"), self.client("ec2")
        mine, other = (
            kms.create_key(Tags=[{"TagKey": "Environment", "TagValue": name}])["KeyMetadata"]["KeyId"] for name in "ab"
        )
        kms.create_alias(AliasName="alias/mine", TargetKeyId=mine)
        subnets = self.make_subnets()
        ec2.create_tags(Resources=[subnets[0]["SubnetId"]], Tags=[{"Key": "Environment", "Value": "a"}])
        of_a = {"Condition": {"StringEquals": {"aws:ResourceTag/Environment": "a"}}}
        named = {"Condition": {"ForAnyValue:StringEquals": {"kms:ResourceAliases": "alias/mine"}}}
        self.allow(
            {"Action": ["kms:DescribeKey", "ec2:DeleteSubnet"], **of_a},
            {"Action": "kms:EnableKey", "Resource": f"arn:aws:kms:{REGION}:{ACCOUNT}:key/*", **named},
        )
        self.as_role("kms").describe_key(KeyId="alias/mine")
        self.as_role("kms").enable_key(KeyId=mine)
        self.as_role("ec2").delete_subnet(SubnetId=subnets[0]["SubnetId"])
        for call, parameters in (
            (self.as_role("kms").describe_key, {"KeyId": other}),
            (self.as_role("kms").enable_key, {"KeyId": other}),
            (self.as_role("ec2").delete_subnet, {"SubnetId": subnets[1]["SubnetId"]}),
        ):
            with self.assertRaisesRegex(Exception, "because no identity-based policy allows the"):
                call(**parameters)

    def test_a_role_is_passed_to_a_service(self):
        roles = f"arn:aws:iam::{ACCOUNT}:role/"
        passing = {"Condition": {"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}}}
        self.allow({"Action": "ecs:*"}, {"Action": "iam:PassRole", "Resource": f"{roles}task", **passing})
        ecs, containers = self.as_role("ecs"), [{"name": "app", "image": "app", "memory": 8}]
        ecs.register_task_definition(family="a", taskRoleArn=f"{roles}task", containerDefinitions=containers)
        self.assert_refused(
            "AccessDeniedException",
            f"{CALLER} is not authorized to perform: iam:PassRole on resource: {roles}other "
            "because no identity-based policy allows the iam:PassRole action",
            ecs.register_task_definition,
            family="a",
            taskRoleArn=f"{roles}other",
            containerDefinitions=containers,
        )

    def test_resources_of_iam(self):
        self.allow()
        arn = f"arn:aws:iam::{ACCOUNT}"
        iam, policy_arn = self.as_role("iam"), f"{arn}:policy/a"
        for call, parameters, resource in (
            (
                iam.create_service_linked_role,
                {"AWSServiceName": "ecs.amazonaws.com"},
                "role/aws-service-role/ecs.amazonaws.com/*",
            ),
            (iam.get_user, {"UserName": "someone"}, "user/someone"),
            (iam.get_policy, {"PolicyArn": policy_arn}, "policy/a"),
            (iam.attach_role_policy, {"RoleName": "a", "PolicyArn": policy_arn}, "role/a"),
        ):
            with self.assertRaises(Exception) as caught:
                call(**parameters)
            self.assertIn(f"on resource: {arn}:{resource} because", str(caught.exception))

    def test_users_and_deleted_roles(self):
        self.iam.create_user(UserName="someone")
        key = self.iam.create_access_key(UserName="someone")["AccessKey"]
        self.session = {**key, "SessionToken": None}
        self.assert_refused(
            "AccessDeniedException",
            f"User: arn:aws:iam::{ACCOUNT}:user/someone is not authorized to perform: ecs:ListClusters on resource: * "
            "because no identity-based policy allows the ecs:ListClusters action",
            self.as_role("ecs").list_clusters,
        )
        self.allow({"Action": "*"})
        self.iam.delete_role_policy(RoleName="pipeline", PolicyName="allowed")
        self.iam.delete_role(RoleName="pipeline")
        with self.assertRaisesRegex(Exception, "because no identity-based policy allows the ecs:ListClusters action"):
            self.as_role("ecs").list_clusters()
