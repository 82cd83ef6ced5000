"""Task sets of a service: creation, desired count and deletion.
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskSet.html

This module sets the desired state (`computed_desired_count`). The scheduler implements it, and sets `running_count`,
`pending_count` and `stabilityStatus`."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from moto.core.utils import utcnow
from moto.ecs.exceptions import ECSException
from moto.ecs.models import EC2ContainerServiceBackend, TaskSet, ecs_backends

from ..cloud import cloud, existing
from ..extending import wraps
from ..moto_private import find_cluster, find_service
from .refusals import refuse_inactive_definition, refuse_invalid_capacity, refuse_to_delete_primary, refuse_unknown_container

if TYPE_CHECKING:
    from moto.ecs.models import Service

# The fields of a service that reflect its primary task set.
# https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateServicePrimaryTaskSet.html
SHOWN_BY_SERVICE = (
    "task_definition",
    "load_balancers",
    "launch_type",
    "capacity_provider_strategy",
    "platform_version",
    "network_configuration",
)


def make_task_set(
    backend: EC2ContainerServiceBackend, service: Service, task_definition: str, status: str = "ACTIVE", **given: Any
) -> Any:
    task_set: Any = TaskSet(service.name, service.cluster_name, task_definition, backend.account_id, backend.region_name, **given)
    task_set.service_arn, task_set.cluster_arn = service.arn, service.cluster_arn
    task_set.status = status
    task_set.stabilityStatus = "STABILIZING"
    task_set.running_count = task_set.pending_count = 0
    service.task_sets.append(task_set)
    compute_counts(service)
    return task_set


def make_initial_task_set(backend: Any, service: Any) -> Any:
    """ECS starts the tasks of a new CODE_DEPLOY service in a task set of its own; that one has no external id."""
    return make_task_set(
        backend,
        service,
        service.task_definition,
        status="PRIMARY",
        network_configuration=service.network_configuration,
        load_balancers=service.load_balancers,
        launch_type=service.launch_type,
        capacity_provider_strategy=getattr(service, "capacity_provider_strategy", None),
        platform_version=service.platform_version,
        tags=service.tags,
    )


def primary_of(service: Service) -> Any:
    return next((task_set for task_set in service.task_sets if task_set.status == "PRIMARY"), None)


def compute_counts(service: Service) -> None:
    """`scale` is a percentage of the service's desired count, rounded up."""
    task_set: Any
    for task_set in service.task_sets:
        wanted = math.ceil(service.desired_count * task_set.scale["value"] / 100)
        if wanted != getattr(task_set, "computed_desired_count", None):
            task_set.computed_desired_count = wanted
            task_set.stabilityStatus, task_set.stabilityStatusAt = "STABILIZING", utcnow()
            task_set.updatedAt = utcnow()


def count_tasks(service: Any) -> None:
    task_sets: list[Any] = service.task_sets
    service.running_count = sum(task_set.running_count for task_set in task_sets)
    service.pending_count = sum(task_set.pending_count for task_set in task_sets)


def drain(service: Service, task_set: Any) -> None:
    """The tasks are deregistered and stop. The task set is described until they have stopped."""
    task_set.status = "DRAINING"
    task_set.scale = {"value": 0.0, "unit": "PERCENT"}
    compute_counts(service)


def has_tasks(backend: EC2ContainerServiceBackend, service: Service, task_set: Any) -> bool:
    tasks = backend.tasks.get(service.cluster_name, {}).values()
    left = any(getattr(task, "task_set", None) is task_set and task.last_status != "STOPPED" for task in tasks)
    return left or task_set.running_count > 0 or task_set.pending_count > 0


@cloud.clock.on_tick
def tick() -> None:
    for backend in existing(ecs_backends):
        for service in backend.services.values():
            compute_counts(service)
            service.task_sets[:] = [
                task_set
                for task_set in service.task_sets
                if task_set.status != "DRAINING" or has_tasks(backend, service, task_set)
            ]


def require_task_set(backend: Any, cluster: Any, service: Any, task_set: Any) -> Any:
    found = backend.describe_task_sets(cluster, service, [task_set])
    if not found:
        raise ECSException("TaskSetNotFoundException", "The specified task set wasn't found.")
    return found[0]


@wraps(EC2ContainerServiceBackend)
def create_task_set(
    original: Callable[..., Any],
    self: EC2ContainerServiceBackend,
    service: str,
    cluster_str: str,
    task_definition: str,
    launch_type: str | None = None,
    **given: Any,
) -> Any:
    """Replaces moto's own start of tasks, which sets all of them to RUNNING at once."""
    found = find_service(self, cluster_str, service)
    definition = self.describe_task_definition(task_definition)
    strategy = given.get("capacity_provider_strategy")
    refuse_inactive_definition(definition)
    refuse_unknown_container(definition, given.get("load_balancers"))
    refuse_invalid_capacity(find_cluster(self, cluster_str), {"capacityProviderStrategy": strategy, "launchType": launch_type})
    if not launch_type and not strategy:
        launch_type = "FARGATE"
    return make_task_set(self, found, definition.arn, launch_type=launch_type, **given)


@wraps(EC2ContainerServiceBackend)
def update_task_set(
    original: Callable[..., Any], self: EC2ContainerServiceBackend, cluster: Any, service: Any, task_set: Any, scale: Any
) -> Any:
    changed = original(self, cluster, service, task_set, scale)
    compute_counts(find_service(self, cluster, service))
    return changed


@wraps(EC2ContainerServiceBackend)
def delete_task_set(
    original: Callable[..., Any], self: EC2ContainerServiceBackend, cluster: Any, service: Any, task_set: Any
) -> Any:
    found = require_task_set(self, cluster, service, task_set)
    refuse_to_delete_primary(found)
    drain(find_service(self, cluster, service), found)
    return found


@wraps(EC2ContainerServiceBackend)
def update_service_primary_task_set(
    original: Callable[..., Any], self: EC2ContainerServiceBackend, cluster: Any, service: Any, primary_task_set: Any
) -> Any:
    found = require_task_set(self, cluster, service, primary_task_set)
    make_primary(find_service(self, cluster, service), found)
    return found


def make_primary(service: Service, task_set: Any) -> None:
    for other in service.task_sets:
        if other.status == "PRIMARY":
            other.status = "ACTIVE"
    task_set.status = "PRIMARY"
    for name in SHOWN_BY_SERVICE:
        setattr(service, name, getattr(task_set, name))
