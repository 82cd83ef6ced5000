"""Requests that ECS refuses and moto accepts, with the error codes and messages of ECS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moto.ecs.exceptions import EcsClientException, InvalidParameterException
from moto.elbv2.models import elbv2_backends

from ..moto_private import find_cluster, is_forwarded_to

if TYPE_CHECKING:
    from moto.ecs.models import Cluster, TaskDefinition

# https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html: with a CODE_DEPLOY controller only
# desired count, deployment configuration, placement, grace period and tags can be updated; the rest travels in an AppSpec.
OWNED_BY_CODEDEPLOY = {
    "taskDefinition": "Unable to update task definition on",
    "networkConfiguration": "Unable to update network parameters on",
    "loadBalancers": "Unable to update load balancers on",
    "platformVersion": "Unable to update platform version on",
    "capacityProviderStrategy": "Unable to update capacity provider strategy on",
    "forceNewDeployment": "Cannot force a new deployment on",
}


def refuse_update_owned_by_codedeploy(service: Any, given: dict[str, Any]) -> None:
    if service.deployment_controller["type"] != "CODE_DEPLOY":
        return
    for name, sentence in OWNED_BY_CODEDEPLOY.items():
        if given.get(name):
            raise InvalidParameterException(
                f"{sentence} services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy to trigger a new deployment."
            )


def refuse_invalid_service(backend: Any, given: dict[str, Any]) -> None:
    cluster = find_cluster(backend, given.get("cluster", "default"))
    existing = backend.services.get(f"{cluster.name}:{given['serviceName']}")
    if existing and existing.status == "ACTIVE":
        raise InvalidParameterException("Creation of service was not idempotent.")
    if given.get("taskDefinition"):
        definition = backend.describe_task_definition(given["taskDefinition"])
        refuse_inactive_definition(definition)
        refuse_unknown_container(definition, given.get("loadBalancers"))
    refuse_invalid_capacity(cluster, given)
    refuse_unused_target_groups(backend, given)


def refuse_invalid_capacity(cluster: Cluster, given: dict[str, Any]) -> None:
    strategy = given.get("capacityProviderStrategy") or []
    if strategy and given.get("launchType"):
        raise InvalidParameterException(
            "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again."
        )
    for item in strategy:
        if item["capacityProvider"] not in (cluster.capacity_providers or []):
            raise InvalidParameterException(
                "The specified capacity provider strategy cannot contain a capacity provider that is not associated "
                "with the cluster. Associate the capacity provider with the cluster and try again."
            )


def refuse_unused_target_groups(backend: Any, given: dict[str, Any]) -> None:
    """A target group belongs to a load balancer once a listener forwards to it."""
    balancing = elbv2_backends[backend.account_id][backend.region_name]
    for load_balancer in given.get("loadBalancers") or []:
        arn = load_balancer.get("targetGroupArn")
        if arn and not is_forwarded_to(balancing, arn):
            raise InvalidParameterException(
                f"The target group with targetGroupArn {arn} does not have an associated load balancer."
            )


def refuse_inactive_definition(definition: TaskDefinition) -> None:
    """https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deregister-task-definition-v2.html: running tasks keep
    an INACTIVE task definition; no new tasks can use it."""
    if definition.status == "INACTIVE":
        raise EcsClientException("TaskDefinition is inactive")


def refuse_unknown_container(definition: TaskDefinition, given: list[dict[str, Any]] | None) -> None:
    """The sentences are those that CodeDeploy passes on: what `loadBalancers` names must be in the task definition."""
    defined: list[Any] = definition.container_definitions
    containers = {container["name"]: container for container in defined}
    for balancer in given or []:
        name, port = balancer.get("containerName"), balancer.get("containerPort")
        if name not in containers:
            raise InvalidParameterException(f"The container {name} does not exist in the task definition.")
        if port not in [mapping.get("containerPort") for mapping in containers[name].get("portMappings") or []]:
            raise InvalidParameterException(f"The container {name} did not have a container port {port} defined.")


def refuse_to_delete_primary(task_set: Any) -> None:
    if task_set.status == "PRIMARY":
        raise InvalidParameterException("Unable to delete a task set that is the primary task set.")
