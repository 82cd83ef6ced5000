"""ECS: task definitions that Fargate cannot run, and strategies that contradict themselves.
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from moto.ecs.models import ecs_backends

from .rule import Call, Refused, refuses

# CPU units, and the least, the most and the step of MiB.
# https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size
SIZES = {
    256: (512, 2048, 512),
    512: (1024, 4096, 1024),
    1024: (2048, 8192, 1024),
    2048: (4096, 16384, 1024),
    4096: (8192, 30720, 1024),
    8192: (16384, 61440, 4096),
    16384: (32768, 122880, 8192),
}
# Of the smallest size: 0.5, 1 and 2 GiB.
SMALLEST = (512, 1024, 2048)
GIB = re.compile(r"([\d.]+)\s*GB", re.IGNORECASE)
VCPU = re.compile(r"([\d.]+)\s*vCPU", re.IGNORECASE)
ECR_IMAGE = re.compile(r"\d{12}\.dkr\.ecr\.")


def refuse(message: str) -> None:
    raise Refused("ClientException", message)


def is_fargate(call: Call) -> bool:
    return "FARGATE" in (call.given.get("requiresCompatibilities") or [])


def units(text: str, unit: re.Pattern[str]) -> int | None:
    """`2048`, or `2 vCPU` and `4 GB`."""
    found = unit.fullmatch(text.strip())
    if found:
        return int(float(found[1]) * 1024)
    return int(text) if text.strip().isdigit() else None


@refuses("ecs", "RegisterTaskDefinition", what="for Fargate: another size, network mode or privileged container")
def fargate(call: Call) -> None:
    given = call.given
    if not is_fargate(call):
        return
    for name in ("cpu", "memory"):
        if not given.get(name):
            refuse(f"Fargate requires that '{name}' be defined at the task level.")
    if given.get("networkMode") != "awsvpc":
        refuse("Fargate only supports network mode \u2018awsvpc\u2019.")
    cpu, memory = units(given["cpu"], VCPU), units(given["memory"], GIB)
    least, most, step = SIZES.get(cpu or 0, (1, 0, 1))
    known = memory in SMALLEST if cpu == 256 else memory is not None and least <= memory <= most and (memory - least) % step == 0
    if not known:
        refuse("No Fargate configuration exists for given values.")
    if any(container.get("privileged") for container in given["containerDefinitions"]):
        refuse("Tasks using the Fargate launch type do not support privileged.")


# https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
@refuses("ecs", "RegisterTaskDefinition", what="no execution role for awslogs, ECR images or secrets")
def execution_role(call: Call) -> None:
    if call.given.get("executionRoleArn"):
        return
    containers = call.given["containerDefinitions"]
    if any(container.get("secrets") for container in containers):
        refuse("When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.")
    if not is_fargate(call):
        return
    if any((container.get("logConfiguration") or {}).get("logDriver") == "awslogs" for container in containers):
        refuse("Fargate requires task definition to have execution role ARN to support log driver awslogs.")
    if any(ECR_IMAGE.match(container.get("image") or "") for container in containers):
        refuse("Fargate requires task definition to have execution role ARN to support ECR images.")


@refuses("ecs", "RegisterTaskDefinition", what="mount points without a volume, containers larger than the task")
def containers(call: Call) -> None:
    """https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html"""
    given = call.given
    volumes = {volume.get("name") for volume in given.get("volumes") or []}
    task = {"cpu": units(given.get("cpu") or "", VCPU), "memory": units(given.get("memory") or "", GIB)}
    for container in given["containerDefinitions"]:
        for point in container.get("mountPoints") or []:
            if point.get("sourceVolume") not in volumes:
                refuse(f"Unknown volume '{point.get('sourceVolume')}'.")
        for name, limit in task.items():
            if limit is not None and (container.get(name) or 0) > limit:
                refuse(f"The '{name}' setting for container '{container.get('name')}' is greater than for the task.")


STRATEGIES = ("capacityProviderStrategy", "defaultCapacityProviderStrategy")


def items(call: Call) -> Iterator[list[dict[str, Any]]]:
    for name in STRATEGIES:
        if call.given.get(name):
            yield call.given[name]


# https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html
@refuses(
    "ecs",
    *("CreateService", "UpdateService", "RunTask", "CreateTaskSet", "CreateCluster", "PutClusterCapacityProviders"),
    what="a capacity provider strategy with two bases, or without a weight",
)
def strategy(call: Call) -> None:
    for given in items(call):
        if sum(1 for item in given if item.get("base")) > 1:
            raise Refused(
                "InvalidParameterException", "Only one capacity provider in a capacity provider strategy can have a base defined."
            )
        if not any(item.get("weight") or "weight" not in item for item in given):
            raise Refused(
                "InvalidParameterException",
                "A capacity provider strategy must have at least one capacity provider with a weight value greater than zero.",
            )


@refuses("ecs", "DeleteCluster", what="a cluster with tasks that have not stopped")
def cluster_in_use(call: Call) -> None:
    name = call.given["cluster"].rpartition("/")[2]
    backend = call.backend(ecs_backends)
    services = any(service.cluster_name == name and service.status == "ACTIVE" for service in backend.services.values())
    tasks = backend.tasks.get(name, {}).values()
    if not services and any(task.last_status != "STOPPED" for task in tasks):
        raise Refused("ClusterContainsTasksException", "The Cluster cannot be deleted while Tasks are active.")
