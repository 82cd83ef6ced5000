"""ECS services: CreateService, UpdateService, and the tick that advances tasks and task sets.
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

from moto.core.responses import ActionResult
from moto.core.utils import camelcase_to_underscores
from moto.ecs.exceptions import ECSException
from moto.ecs.models import EC2ContainerServiceBackend, ecs_backends
from moto.ecs.responses import EC2ContainerServiceResponse
from moto.utilities.utils import get_partition

from ..cloud import cloud, existing
from ..extending import adds, wraps
from ..moto_private import find_cluster, find_service, parameter, parameters
from . import service_events
from .refusals import refuse_invalid_service, refuse_update_owned_by_codedeploy
from .scheduler import TaskSetScheduler
from .task_definitions import principal
from .task_record import STOPPED_FOR
from .task_sets import compute_counts, count_tasks, make_initial_task_set
from .tasks import ServiceTask, tasks_of

DROPPED_AT_CREATION = (
    "capacityProviderStrategy",
    "enableExecuteCommand",
    "enableECSManagedTags",
    "healthCheckGracePeriodSeconds",
    "deploymentConfiguration",
    "availabilityZoneRebalancing",
)


@wraps(EC2ContainerServiceResponse)
def create_service(original: Callable[..., Any], self: EC2ContainerServiceResponse) -> Any:
    given = parameters(self)
    refuse_invalid_service(self.ecs_backend, given)
    answer = original(self)
    service = answer.result["service"]
    for name in DROPPED_AT_CREATION:
        if given.get(name) is not None:
            setattr(service, camelcase_to_underscores(name), given[name])
    if given.get("capacityProviderStrategy"):
        service.launch_type = None
    describe_origin(service, self.ecs_backend.account_id)
    if service.deployment_controller["type"] == "CODE_DEPLOY":
        make_initial_task_set(self.ecs_backend, service)
        count_tasks(service)
    return answer


def describe_origin(service: Any, account_id: str) -> None:
    """https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Service.html"""
    service.created_at, service.created_by = datetime.now(timezone.utc), principal(account_id)
    if service.launch_type != "EC2":
        service.platform_family = "Linux"
    # https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using-service-linked-roles.html
    if service.load_balancers and not service.role_arn:
        role = "role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"
        service.role_arn = f"arn:{get_partition(service.region_name)}:iam::{account_id}:{role}"


@wraps(EC2ContainerServiceResponse)
def update_service(original: Callable[..., Any], self: EC2ContainerServiceResponse) -> Any:
    given = parameters(self)
    service = find_service(self.ecs_backend, given.get("cluster", "default"), given["service"])
    refuse_update_owned_by_codedeploy(service, given)
    answer = original(self)
    if service.deployment_controller["type"] == "CODE_DEPLOY":
        # moto counts all tasks as running.
        compute_counts(service)
        count_tasks(service)
    return answer


@wraps(EC2ContainerServiceBackend)
def delete_service(
    original: Callable[..., Any], self: EC2ContainerServiceBackend, cluster_name: str, service_name: str, force: bool
) -> Any:
    """moto makes a service INACTIVE at once, so its tasks end at once too."""
    service = original(self, cluster_name, service_name, force)
    service.task_sets.clear()
    service.desired_count = 0
    for task in tasks_of(self, service):
        task.remove()
        del self.tasks[task.cluster_name][task.task_arn]
    service.running_count = service.pending_count = 0
    return service


@adds(EC2ContainerServiceResponse)
def list_service_deployments(self: EC2ContainerServiceResponse) -> Any:
    """Services with the CODE_DEPLOY controller have no service deployments; here, neither do services without tasks.
    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListServiceDeployments.html"""
    cluster = find_cluster(self.ecs_backend, parameter(self, "cluster", "default"))
    name = parameter(self, "service").rpartition("/")[2]
    service = self.ecs_backend.services.get(f"{cluster.name}:{name}")
    if service is None or service.status == "INACTIVE":
        raise ECSException("ServiceNotFoundException", "Service not found.")
    return ActionResult({"serviceDeployments": []})


@wraps(EC2ContainerServiceBackend)
def list_services(
    original: Callable[..., Any],
    self: EC2ContainerServiceBackend,
    cluster_str: str,
    scheduling_strategy: str | None = None,
    launch_type: str | None = None,
) -> Any:
    """A deleted service can be described for a while, but is not listed."""
    arns = original(self, cluster_str, scheduling_strategy, launch_type)
    deleted = {service.arn for service in self.services.values() if service.status == "INACTIVE"}
    return [arn for arn in arns if arn not in deleted]


@wraps(EC2ContainerServiceBackend)
def list_clusters(original: Callable[..., Any], self: EC2ContainerServiceBackend) -> Any:
    deleted = {cluster.arn for cluster in self.clusters.values() if cluster.status == "INACTIVE"}
    return [arn for arn in original(self) if arn not in deleted]


@wraps(EC2ContainerServiceBackend)
def delete_cluster(original: Callable[..., Any], self: EC2ContainerServiceBackend, cluster_str: str) -> Any:
    if self.list_services(cluster_str):
        raise ECSException("ClusterContainsServicesException", "The Cluster cannot be deleted while Services are active.")
    return original(self, cluster_str)


@cloud.clock.on_tick
def tick() -> None:
    kept = set()
    for backend in existing(ecs_backends):
        tick_backend(backend)
        kept |= {task.process for task in all_tasks(backend)}
    # The service, or everything, was deleted.
    cloud.task_processes.end(cloud.task_processes.alive - kept)


def tick_backend(backend: Any) -> None:
    for task in all_tasks(backend):
        task.update()
        if task.last_status == "STOPPED" and task.elapsed() >= STOPPED_FOR:
            del backend.tasks[task.cluster_name][task.task_arn]
    for service in list(backend.services.values()):
        if service.status == "ACTIVE" and service.deployment_controller["type"] != "ECS":
            tick_service(backend, service)
    count_cluster_tasks(backend)


def all_tasks(backend: Any) -> list[ServiceTask]:
    return [task for tasks in backend.tasks.values() for task in list(tasks.values()) if isinstance(task, ServiceTask)]


def tick_service(backend: Any, service: Any) -> None:
    for task_set in service.task_sets:
        scheduler_of(backend, service, task_set).reconcile()
    release_deleted(backend, service)
    service.running_count = sum(task.is_running() for task in tasks_of(backend, service))
    service.pending_count = sum(task.is_pending() for task in tasks_of(backend, service))
    steady = bool(service.task_sets) and all(item.stabilityStatus == "STEADY_STATE" for item in service.task_sets)
    if steady and not getattr(service, "steady", False):
        service_events.steady(service)
    service.steady = steady


def scheduler_of(backend: Any, service: Any, task_set: Any) -> TaskSetScheduler:
    if not hasattr(task_set, "scheduler"):
        task_set.scheduler = TaskSetScheduler(backend, service, task_set)
    scheduler: TaskSetScheduler = task_set.scheduler
    return scheduler


def release_deleted(backend: Any, service: Any) -> None:
    """The tasks of a deleted task set drain and stop like those of a task set that scales in."""
    deleted: dict[str, list[ServiceTask]] = {}
    for task in tasks_of(backend, service):
        if task.should_run() and task.task_set not in service.task_sets:
            deleted.setdefault(task.task_set.id, []).append(task)
    for tasks in deleted.values():
        scheduler_of(backend, service, tasks[0].task_set).release(tasks)


def count_cluster_tasks(backend: Any) -> None:
    for cluster in backend.clusters.values():
        tasks = [task for task in all_tasks(backend) if task.cluster_name == cluster.name]
        cluster.running_tasks_count = sum(task.is_running() for task in tasks)
        cluster.pending_tasks_count = sum(task.is_pending() for task in tasks)
