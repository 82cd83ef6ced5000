import contextlib
import io
import json
import urllib.error
import urllib.request

from nightshift_cloud.rules.rule import by_operation, refuses, rules

from ..cloud_test_case import ACCESS, REGION, CloudTestCase


class RefusalsTest(CloudTestCase):
    """Requests that an SDK does not send, but that other tools may send."""

    parameter_validation = False

    def request(self, service, body, headers=None):
        signed = {"Authorization": f"AWS4-HMAC-SHA256 Credential={ACCESS.access_key_id}/20260101/{REGION}/{service}/aws4_request"}
        return urllib.request.Request(self.url, body, {**signed, **(headers or {})})

    def send(self, service, body, headers=None):
        """Sends any request, and returns the status and the text of its refusal."""
        with self.assertRaises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(self.request(service, body, headers))
        with caught.exception as error:
            return error.code, error.read().decode()

    def test_iam_lists_all_constraints_that_are_not_met(self):
        self.assert_refused(
            "ValidationError",
            "3 validation errors detected: Value 'a b' at 'path' failed to satisfy constraint: Member must satisfy regular "
            r"expression pattern: (\u002F)|(\u002F[\u0021-\u007E]+\u002F); Value null at 'roleName' failed to satisfy constraint: "
            "Member must not be null; Value '60' at 'maxSessionDuration' failed to satisfy constraint: Member must have value "
            "greater than or equal to 3600",
            self.client("iam").create_role,
            Path="a b",
            AssumeRolePolicyDocument="{}",
            MaxSessionDuration=60,
        )

    def test_elb_names_the_values_of_an_enumeration(self):
        self.assert_refused(
            "ValidationError",
            "1 validation error detected: Value 'public' at 'scheme' failed to satisfy constraint: "
            "Member must satisfy enum value set: [internet-facing, internal]",
            self.client("elbv2").create_load_balancer,
            Name="a",
            Scheme="public",
        )

    def test_names_the_place_in_a_list(self):
        self.assert_refused(
            "ValidationException",
            "1 validation error detected: Value '' at 'tags.1.member.tagKey' failed to satisfy constraint: "
            "Member must have length greater than or equal to 1",
            self.client("kms").create_key,
            Tags=[{"TagKey": "", "TagValue": "a"}],
        )

    def test_lists_violations_of_list_and_map_members_together(self):
        self.assert_refused(
            "InvalidParameterException",
            "1 validation error detected: Value '[]' at 'tagKeys' failed to satisfy constraint: "
            "Member must have length greater than or equal to 1",
            self.client("resourcegroupstaggingapi").untag_resources,
            ResourceARNList=["arn:aws:sns:eu-central-1:123456789012:a"],
            TagKeys=[],
        )
        self.assert_refused(
            "InvalidParameterException",
            "1 validation error detected: Value '{a=!}' at 'tags' failed to satisfy constraint: Map value must satisfy constraint: "
            "[Member must have length less than or equal to 256, Member must satisfy regular expression pattern: "
            r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$]",
            self.client("logs").create_log_group,
            logGroupName="a",
            tags={"a": "!"},
        )

    def test_ecr_has_its_own_message_format(self):
        self.assert_refused(
            "InvalidParameterException",
            "Invalid parameter at 'repositoryName' failed to satisfy constraint: 'must satisfy regular expression "
            "'[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*''",
            self.client("ecr").create_repository,
            repositoryName="Big",
        )

    def test_ec2_names_the_parameter(self):
        ec2 = self.client("ec2")
        self.assert_refused("MissingParameter", "The request must contain the parameter VpcId", ec2.create_subnet)
        self.assert_refused(
            "InvalidParameterValue",
            "Value (shared) for parameter instanceTenancy is invalid. "
            "Member must satisfy enum value set: [default, dedicated, host]",
            ec2.create_vpc,
            CidrBlock="10.0.0.0/16",
            InstanceTenancy="shared",
        )

    def test_ec2_refuses_an_unknown_parameter(self):
        status, answer = self.send("ec2", b"Action=DescribeVpcs&Version=2016-11-15&Colour=red")
        self.assertEqual(400, status)
        self.assertIn(
            "<Response><Errors><Error><Code>UnknownParameter</Code><Message>The parameter Colour is not recognized</Message>",
            answer,
        )

    def test_ecs_names_the_empty_parameter(self):
        ecs = self.client("ecs")
        self.assert_refused("InvalidParameterException", "Service name cannot be empty.", ecs.create_service)
        self.assert_refused("ClientException", "Container definitions cannot be empty.", ecs.register_task_definition, family="a")
        self.assert_refused(
            "ClientException",
            "LogConfiguration.logDriver should not be null or empty.",
            ecs.register_task_definition,
            family="a",
            containerDefinitions=[{"logConfiguration": {}}],
        )
        self.assert_refused(
            "InvalidParameterException",
            "1 validation error detected: Value 'LAMBDA' at 'launchType' failed to satisfy constraint: "
            "Member must satisfy enum value set: [EC2, FARGATE, EXTERNAL, MANAGED_INSTANCES]",
            ecs.create_service,
            serviceName="a",
            launchType="LAMBDA",
        )

    def test_codedeploy_has_a_code_for_each_member(self):
        deploy = self.client("codedeploy")
        group = {"applicationName": "a", "deploymentGroupName": "a"}
        for code, message, call, parameters in (
            (
                "ApplicationNameRequiredException",
                "The minimum number of required application names was not specified.",
                deploy.create_application,
                {},
            ),
            ("RoleRequiredException", "The role ID was not specified.", deploy.create_deployment_group, group),
            (
                "InvalidApplicationNameException",
                "The application name was specified in an invalid format.",
                deploy.create_application,
                {"applicationName": "a" * 101},
            ),
        ):
            self.assert_refused(code, message, call, **parameters)

    def test_s3_refuses_a_document_that_its_schema_does_not_have(self):
        s3 = self.client("s3")
        s3.create_bucket(Bucket="bucket", CreateBucketConfiguration={"LocationConstraint": REGION})
        self.assert_refused(
            "MalformedXML",
            "The XML you provided was not well-formed or did not validate against our published schema",
            s3.put_bucket_versioning,
            Bucket="bucket",
            VersioningConfiguration={"Status": "on"},
        )
        self.assert_refused(
            "InvalidArgument",
            "ACL: Member must satisfy enum value set: [private, public-read, public-read-write, authenticated-read]",
            s3.create_bucket,
            Bucket="other",
            ACL="open",
        )
        self.assert_refused(
            "InvalidStorageClass",
            "The storage class you specified is not valid",
            s3.put_object,
            Bucket="bucket",
            Key="a",
            StorageClass="cold",
        )

    def test_cloudwatch_keeps_the_codes_of_its_query_protocol(self):
        self.assert_refused(
            "ValidationError",
            "1 validation error detected: Value '0' at 'maxRecords' failed to satisfy constraint: "
            "Member must have value greater than or equal to 1",
            self.client("cloudwatch").describe_alarms,
            MaxRecords=0,
        )

    def test_a_value_of_another_type_cannot_be_read(self):
        headers = {"X-Amz-Target": "AmazonEC2ContainerServiceV20141113.ListTasks", "Content-Type": "application/x-amz-json-1.1"}
        for body, message in (
            (b'{"maxResults":"many"}', "STRING_VALUE can not be converted to an Integer"),
            (b'{"cluster":[]}', "Start of list found where not expected."),
            (b"[]", "Unable to parse the request."),
            (b"{", "Unable to parse the request."),
        ):
            self.assertEqual(
                (400, f'{{"__type": "SerializationException", "message": "{message}"}}'), self.send("ecs", body, headers)
            )

    def test_json_services_ignore_unknown_members(self):
        headers = {
            "X-Amz-Target": "AmazonEC2ContainerServiceV20141113.ListClusters",
            "Content-Type": "application/x-amz-json-1.1",
        }
        with urllib.request.urlopen(self.request("ecs", b'{"colour":"red"}', headers)) as answer:
            self.assertEqual({"clusterArns": []}, json.load(answer))

    def test_clients_can_parse_the_response_to_any_request(self):
        self.assert_refused(
            "ValidationError",
            "1 validation error detected: Value '\ufffd' at 'roleName' failed to satisfy constraint: "
            r"Member must satisfy regular expression pattern: [\w+=,.@-]+",
            self.client("iam").get_role,
            RoleName="\x07",
        )

    def test_an_exception_in_a_rule_is_not_retried(self):
        def defective(_call):
            raise KeyError("cidr")

        refuses("ec2", "DescribeVpcs", what="everything")(defective)
        self.addCleanup(by_operation.pop, ("ec2", "DescribeVpcs"))
        self.addCleanup(rules.pop)
        log = io.StringIO()
        with contextlib.redirect_stderr(log):
            self.assert_refused(
                "NotInLocalCloud",
                "the local cloud cannot do this: KeyError: 'cidr' (CONTRIBUTING.md says how to add it)",
                self.client("ec2").describe_vpcs,
            )
        self.assertIn("KeyError: 'cidr'", log.getvalue())
