import json
import unittest

from nightshift_cloud.codedeploy.appspec import InvalidAppSpec, parse_appspec

TASK_DEFINITION = "arn:aws:ecs:eu-central-1:123456789012:task-definition/batch:2"
YAML = f"""
version: 0.0
Resources:
  - TargetService:
      Type: AWS::ECS::Service
      Properties:
        TaskDefinition: {TASK_DEFINITION}
        LoadBalancerInfo:
          ContainerName: app
          ContainerPort: 8080
        PlatformVersion: "1.4.0"
        CapacityProviderStrategy:
          - CapacityProvider: FARGATE_SPOT
            Weight: 70
          - CapacityProvider: FARGATE
            Base: 1
            Weight: 30
        NetworkConfiguration:
          AwsvpcConfiguration:
            Subnets: [subnet-1, subnet-2]
            SecurityGroups: [sg-1]
            AssignPublicIp: DISABLED
Hooks:
  - BeforeInstall: function
"""
PREFIX = (
    "The deployment failed because the AppSpec file that specifies the deployment configuration is missing or has an invalid "
    "configuration. "
)


class AppSpecTest(unittest.TestCase):
    def resource(self, **properties):
        minimal = {"TaskDefinition": TASK_DEFINITION, "LoadBalancerInfo": {"ContainerName": "app", "ContainerPort": 8080}}
        return {"TargetService": {"Type": "AWS::ECS::Service", "Properties": {**minimal, **properties}}}

    def parse(self, *resources, **more):
        return parse_appspec(json.dumps({"version": 1, "Resources": list(resources), **more}))

    def assert_invalid(self, reason, parse):
        with self.assertRaises(InvalidAppSpec) as caught:
            parse()
        self.assertEqual(PREFIX + reason, str(caught.exception))

    def test_reads_yaml_with_all_properties(self):
        spec = parse_appspec(YAML)
        self.assertEqual(
            (TASK_DEFINITION, "app", 8080, "1.4.0", ("BeforeInstall",)),
            (spec.task_definition, spec.container_name, spec.container_port, spec.platform_version, spec.hooks),
        )
        self.assertEqual(
            [
                {"capacityProvider": "FARGATE_SPOT", "weight": 70, "base": 0},
                {"capacityProvider": "FARGATE", "weight": 30, "base": 1},
            ],
            spec.capacity_provider_strategy,
        )
        self.assertEqual(
            {
                "awsvpcConfiguration": {
                    "subnets": ["subnet-1", "subnet-2"],
                    "securityGroups": ["sg-1"],
                    "assignPublicIp": "DISABLED",
                }
            },
            spec.network_configuration,
        )

    def test_reads_json_with_required_properties_only(self):
        spec = self.parse(self.resource())
        self.assertEqual(
            (None, None, [], ()), (spec.platform_version, spec.network_configuration, spec.capacity_provider_strategy, spec.hooks)
        )

    def test_refuses_invalid_yaml(self):
        for content in ("{", "text", ""):
            with self.subTest(content):
                self.assert_invalid(
                    "The input AppSpec file is a not well-formed yaml. The template cannot be parsed.",
                    lambda content=content: parse_appspec(content),
                )

    def test_refuses_an_invalid_appspec(self):
        for reason, parse in (
            ("The AppSpec file must have a version.", lambda: parse_appspec("Resources: []")),
            ("The AppSpec file must have exactly one resource.", self.parse),
            ("The AppSpec file must have exactly one resource.", lambda: self.parse(self.resource(), self.resource())),
            ("The AppSpec file must have exactly one resource.", lambda: self.parse({})),
            (
                "The type of the resource must be AWS::ECS::Service.",
                lambda: self.parse({"TargetService": {"Type": "AWS::Lambda::Function"}}),
            ),
            ("The resource must have a TaskDefinition.", lambda: self.parse(self.resource(TaskDefinition=None))),
            ("The resource must have a LoadBalancerInfo.", lambda: self.parse(self.resource(LoadBalancerInfo=None))),
            (
                "LoadBalancerInfo must have a ContainerName.",
                lambda: self.parse(self.resource(LoadBalancerInfo={"ContainerPort": 8080})),
            ),
            (
                "LoadBalancerInfo must have a ContainerPort, which is a number.",
                lambda: self.parse(self.resource(LoadBalancerInfo={"ContainerName": "app", "ContainerPort": "8080"})),
            ),
            (
                "AwsvpcConfiguration must have all of Subnets, SecurityGroups and AssignPublicIp; "
                "['SecurityGroups', 'AssignPublicIp'] missing.",
                lambda: self.parse(self.resource(NetworkConfiguration={"AwsvpcConfiguration": {"Subnets": []}})),
            ),
            (
                "Each item of CapacityProviderStrategy must have a CapacityProvider.",
                lambda: self.parse(self.resource(CapacityProviderStrategy=[{"Weight": 1}])),
            ),
        ):
            with self.subTest(reason):
                self.assert_invalid(reason, parse)
