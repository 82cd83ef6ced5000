"""The AppSpec of an ECS deployment: the properties of the replacement task set.
https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-resources.html#reference-appspec-file-structure-resources-ecs"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

# https://github.com/aws/aws-cli/issues/6267 shows the sentence and the first of the reasons.
INVALID = (
    "The deployment failed because the AppSpec file that specifies the deployment configuration is missing or has an invalid "
    "configuration. "
)
NOT_YAML = "The input AppSpec file is a not well-formed yaml. The template cannot be parsed."
NETWORK = {"Subnets": "subnets", "SecurityGroups": "securityGroups", "AssignPublicIp": "assignPublicIp"}
STRATEGY = {"CapacityProvider": "capacityProvider", "Weight": "weight", "Base": "base"}


class InvalidAppSpec(Exception):
    def __init__(self, reason: str) -> None:
        super().__init__(INVALID + reason)


@dataclass(frozen=True)
class AppSpec:
    task_definition: str
    container_name: str
    container_port: int
    # None keeps the current value.
    platform_version: str | None
    network_configuration: dict[str, Any] | None
    # Empty: the tasks have launch type FARGATE, even if the service has a strategy.
    capacity_provider_strategy: list[Any]
    hooks: tuple[Any, ...]


def must(condition: bool | str | None, reason: str) -> None:
    if not condition:
        raise InvalidAppSpec(reason)


def parse_appspec(content: str) -> AppSpec:
    """`content` is YAML or JSON."""
    try:
        given = yaml.safe_load(content)
    except yaml.YAMLError:
        raise InvalidAppSpec(NOT_YAML) from None
    must(isinstance(given, dict), NOT_YAML)
    must("version" in given, "The AppSpec file must have a version.")
    resources = given.get("Resources")
    must(isinstance(resources, list) and len(resources) == 1, "The AppSpec file must have exactly one resource.")
    resource: Any = next(iter(resources[0].values())) if isinstance(resources[0], dict) and resources[0] else None
    must(isinstance(resource, dict), "The AppSpec file must have exactly one resource.")
    must(resource.get("Type") == "AWS::ECS::Service", "The type of the resource must be AWS::ECS::Service.")
    properties = resource.get("Properties") or {}
    balancer: Any = properties.get("LoadBalancerInfo")
    must(isinstance(properties.get("TaskDefinition"), str), "The resource must have a TaskDefinition.")
    must(isinstance(balancer, dict), "The resource must have a LoadBalancerInfo.")
    must(balancer.get("ContainerName"), "LoadBalancerInfo must have a ContainerName.")
    must(isinstance(balancer.get("ContainerPort"), int), "LoadBalancerInfo must have a ContainerPort, which is a number.")
    return AppSpec(
        task_definition=properties["TaskDefinition"],
        container_name=balancer["ContainerName"],
        container_port=balancer["ContainerPort"],
        platform_version=properties.get("PlatformVersion"),
        network_configuration=network_of(properties.get("NetworkConfiguration")),
        capacity_provider_strategy=strategy_of(properties.get("CapacityProviderStrategy") or []),
        hooks=tuple(name for hook in given.get("Hooks") or [] for name in hook),
    )


def network_of(given: dict[str, Any] | None) -> dict[str, Any] | None:
    if given is None:
        return None
    configuration = given.get("AwsvpcConfiguration") or {}
    missing = [name for name in NETWORK if name not in configuration]
    must(not missing, f"AwsvpcConfiguration must have all of Subnets, SecurityGroups and AssignPublicIp; {missing} missing.")
    return {"awsvpcConfiguration": {key: configuration[name] for name, key in NETWORK.items()}}


def strategy_of(given: list[Any]) -> list[Any]:
    for item in given:
        must("CapacityProvider" in item, "Each item of CapacityProviderStrategy must have a CapacityProvider.")
    return [{key: item.get(name, 0) for name, key in STRATEGY.items()} for item in given]
