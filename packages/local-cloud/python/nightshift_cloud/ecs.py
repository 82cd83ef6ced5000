"""ECS: what moto drops at CreateService, what AWS refuses, and what a service takes with it when it goes.
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html"""

from moto.core.utils import camelcase_to_underscores
from moto.ec2.models import ec2_backends
from moto.ecs.exceptions import ECSException
from moto.ecs.models import EC2ContainerServiceBackend
from moto.ecs.responses import EC2ContainerServiceResponse

from .ecs_refusals import refuse_invalid_service, refuse_update_owned_by_codedeploy
from .extending import wraps

DROPPED_AT_CREATION = (
    "capacityProviderStrategy",
    "enableExecuteCommand",
    "enableECSManagedTags",
    "healthCheckGracePeriodSeconds",
    "deploymentConfiguration",
    "availabilityZoneRebalancing",
)


@wraps(EC2ContainerServiceResponse)
def create_service(original, self):
    given = self._get_params()
    refuse_invalid_service(self.ecs_backend, given)
    answer = original(self)
    service = answer.result["service"]
    for name in DROPPED_AT_CREATION:
        if given.get(name) is not None:
            setattr(service, camelcase_to_underscores(name), given[name])
    if given.get("capacityProviderStrategy"):
        service.launch_type = None
    return answer


@wraps(EC2ContainerServiceResponse)
def update_service(original, self):
    given = self._get_params()
    service = self.ecs_backend._get_service(given.get("cluster", "default"), given["service"])
    refuse_update_owned_by_codedeploy(service, given)
    return original(self)


@wraps(EC2ContainerServiceBackend)
def list_services(original, self, cluster_str, scheduling_strategy=None, launch_type=None):
    """A deleted service can be described for a while, but is not listed."""
    arns = original(self, cluster_str, scheduling_strategy, launch_type)
    deleted = {service.arn for service in self.services.values() if service.status == "INACTIVE"}
    return [arn for arn in arns if arn not in deleted]


@wraps(EC2ContainerServiceBackend)
def list_clusters(original, self):
    deleted = {cluster.arn for cluster in self.clusters.values() if cluster.status == "INACTIVE"}
    return [arn for arn in original(self) if arn not in deleted]


@wraps(EC2ContainerServiceBackend)
def delete_cluster(original, self, cluster_str):
    if self.list_services(cluster_str):
        raise ECSException(
            "ClusterContainsServicesException", "The Cluster cannot be deleted while Services are active."
        )
    return original(self, cluster_str)


@wraps(EC2ContainerServiceBackend)
def create_task_set(original, self, service, cluster_str, *args, **kwargs):
    cluster = self._get_cluster(cluster_str).name
    before = set(self.tasks.get(cluster, {}))
    task_set = original(self, service, cluster_str, *args, **kwargs)
    task_set.started_tasks = [arn for arn in self.tasks.get(cluster, {}) if arn not in before]
    return task_set


def stop_tasks(backend, cluster_name, task_set):
    """Removes the tasks of a task set and their network interfaces, which moto would keep for ever."""
    interfaces = ec2_backends[backend.account_id][backend.region_name].enis
    tasks = backend.tasks.get(cluster_name, {})
    for arn in task_set.started_tasks:
        task = tasks.pop(arn, None)
        details = [detail for attachment in (task.attachments if task else []) for detail in attachment["details"]]
        for detail in details:
            if detail["name"] == "networkInterfaceId":
                interfaces.pop(detail["value"], None)


@wraps(EC2ContainerServiceBackend)
def delete_task_set(original, self, cluster, service, task_set):
    deleted = original(self, cluster, service, task_set)
    stop_tasks(self, self._get_cluster(cluster).name, deleted)
    return deleted


@wraps(EC2ContainerServiceBackend)
def delete_service(original, self, cluster_name, service_name, force):
    service = original(self, cluster_name, service_name, force)
    for task_set in service.task_sets:
        stop_tasks(self, service.cluster_name, task_set)
    return service
