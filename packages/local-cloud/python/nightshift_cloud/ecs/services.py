"""ECS: what moto drops at CreateService, what AWS refuses, and what is no longer listed when it is gone.
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html"""

from collections.abc import Callable
from typing import Any

from moto.core.utils import camelcase_to_underscores
from moto.ecs.exceptions import ECSException
from moto.ecs.models import EC2ContainerServiceBackend
from moto.ecs.responses import EC2ContainerServiceResponse

from ..extending import wraps
from .refusals import refuse_invalid_service, refuse_update_owned_by_codedeploy
from .task_sets import compute_counts, count_tasks, make_initial_task_set

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
    given = self._get_params()
    refuse_invalid_service(self.ecs_backend, given)
    answer = original(self)
    service = answer.result["service"]
    for name in DROPPED_AT_CREATION:
        if given.get(name) is not None:
            setattr(service, camelcase_to_underscores(name), given[name])
    if given.get("capacityProviderStrategy"):
        service.launch_type = None
    if service.deployment_controller["type"] == "CODE_DEPLOY":
        make_initial_task_set(self.ecs_backend, service)
        count_tasks(service)
    return answer


@wraps(EC2ContainerServiceResponse)
def update_service(original: Callable[..., Any], self: EC2ContainerServiceResponse) -> Any:
    given = self._get_params()
    service = self.ecs_backend._get_service(given.get("cluster", "default"), given["service"])
    refuse_update_owned_by_codedeploy(service, given)
    answer = original(self)
    if service.deployment_controller["type"] == "CODE_DEPLOY":
        # moto takes all tasks for running.
        compute_counts(service)
        count_tasks(service)
    return answer


@wraps(EC2ContainerServiceBackend)
def delete_service(
    original: Callable[..., Any], self: EC2ContainerServiceBackend, cluster_name: str, service_name: str, force: bool
) -> Any:
    """Its task sets go with it, and nothing is wanted of it any more."""
    service = original(self, cluster_name, service_name, force)
    service.task_sets.clear()
    service.desired_count = 0
    return service


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
