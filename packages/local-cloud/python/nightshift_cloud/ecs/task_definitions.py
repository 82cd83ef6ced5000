"""ECS task definitions as DescribeTaskDefinition and ListTaskDefinitions return them.
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskDefinition.html"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timezone
from typing import Any

from moto.ecs.models import EC2ContainerServiceBackend, TaskDefinition
from moto.ecs.responses import EC2ContainerServiceResponse

from ..extending import wraps
from ..moto_private import parameter
from .images import ECR_IMAGE


@wraps(EC2ContainerServiceResponse)
def list_task_definitions(original: Callable[..., Any], self: EC2ContainerServiceResponse) -> Any:
    """By family, then by revision. `sort=DESC` reverses the order, so that the newest revision of a family is the first.
    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTaskDefinitions.html#ECS-ListTaskDefinitions-request-sort"""

    def position(arn: str) -> tuple[str, int]:
        family, _, revision = arn.rpartition("/")[2].partition(":")
        return family, int(revision)

    answer = original(self)
    answer.result["taskDefinitionArns"].sort(key=position, reverse=parameter(self, "sort") == "DESC")
    return answer


def principal(account_id: str) -> str:
    """The ARN of the caller, as GetCallerIdentity of the local cloud returns it."""
    return f"arn:aws:sts::{account_id}:user/moto"


def required_attributes(definition: Any) -> Iterator[str]:
    """The agent capabilities that the task definition requires.
    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-placement-constraints.html#attributes
    https://github.com/aws/amazon-ecs-agent/blob/master/agent/app/agent_capability.go"""
    containers: list[dict[str, Any]] = definition.container_definitions
    execution_role = bool(getattr(definition, "execution_role_arn", None))
    yield "com.amazonaws.ecs.capability.docker-remote-api.1.18"
    if definition.network_mode == "awsvpc":
        yield "ecs.capability.task-eni"
    if getattr(definition, "task_role_arn", None):
        yield "com.amazonaws.ecs.capability.task-iam-role"
    if any(ECR_IMAGE.fullmatch(container["image"]) for container in containers):
        yield "com.amazonaws.ecs.capability.ecr-auth"
        if execution_role:
            yield "ecs.capability.execution-role-ecr-pull"
    drivers = {container["logConfiguration"]["logDriver"] for container in containers if container.get("logConfiguration")}
    if drivers:
        yield "com.amazonaws.ecs.capability.docker-remote-api.1.19"
    for driver in sorted(drivers):
        yield f"com.amazonaws.ecs.capability.logging-driver.{driver}"
    if "awslogs" in drivers and execution_role:
        yield "ecs.capability.execution-role-awslogs"
    if any(container.get("healthCheck") for container in containers):
        yield "ecs.capability.container-health-check"
        yield "com.amazonaws.ecs.capability.docker-remote-api.1.24"
    for secret in {source_of(secret["valueFrom"]) for container in containers for secret in container.get("secrets") or []}:
        yield f"ecs.capability.secrets.{secret}.environment-variables"


def source_of(value_from: str) -> str:
    return "asm" if ":secretsmanager:" in value_from else "ssm"


@wraps(TaskDefinition)
def __init__(original: Callable[..., Any], self: Any, *args: Any, **kwargs: Any) -> None:
    original(self, *args, **kwargs)
    self.registered_at = datetime.now(timezone.utc)
    self.registered_by = principal(self.arn.split(":")[4])
    self.requires_attributes = [{"name": name} for name in dict.fromkeys(required_attributes(self))]


@wraps(EC2ContainerServiceBackend)
def deregister_task_definition(original: Callable[..., Any], self: EC2ContainerServiceBackend, task_definition_str: str) -> Any:
    definition = original(self, task_definition_str)
    definition.deregistered_at = datetime.now(timezone.utc)
    return definition
