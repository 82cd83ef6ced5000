"""A task and its containers as DescribeTasks shows them; moto turns the attributes into the API's names.
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html"""

import uuid
from datetime import datetime, timezone
from typing import Any


def hex_id() -> str:
    return uuid.uuid4().hex


def utc_now() -> datetime:
    return datetime.now(timezone.utc)


class ContainerRecord:
    def __init__(self, definition: Any, task_arn: Any, cluster_arn: Any) -> None:
        self.name = definition["name"]
        self.image = definition["image"]
        self.cpu = str(definition.get("cpu", 0))
        self.memory = str(definition["memory"]) if definition.get("memory") else None
        self.container_arn = f"{cluster_arn.replace(':cluster/', ':container/')}/{task_arn.rpartition('/')[2]}/{uuid.uuid4()}"
        self.task_arn = task_arn
        self.image_digest: str | None = None
        self.runtime_id: str | None = None
        self.last_status = "PENDING"
        self.exit_code: int | None = None
        self.reason: str | None = None
        self.health_status = "UNKNOWN"
        self.network_interfaces: list[dict[str, str]] = []
        self.managed_agents: list[Any] = []


class TaskRecord:
    """What is known of a task from the start, before it has a network interface or a process."""

    def __init__(self, service: Any, task_set: Any, definition: Any, provider: str | None) -> None:
        self.id = hex_id()
        self.task_arn = f"{service.cluster_arn.replace(':cluster/', ':task/')}/{self.id}"
        self.cluster_arn, self.cluster_name = service.cluster_arn, service.cluster_name
        self.task_definition_arn = definition.arn
        self.group = f"service:{service.name}"
        self.started_by = task_set.id
        self.capacity_provider_name = provider
        self.launch_type = "FARGATE"
        self.platform_version = "1.4.0" if task_set.platform_version == "LATEST" else task_set.platform_version
        self.platform_family = "Linux"
        self.cpu, self.memory = definition.cpu, definition.memory
        self.container_instance_arn = None
        self.resource_requirements = None
        self.overrides: dict[str, list[Any]] = {"containerOverrides": [], "inferenceAcceleratorOverrides": []}
        self.attributes = [{"name": "ecs.cpu-architecture", "value": "x86_64"}]
        self.enable_execute_command = bool(getattr(service, "enable_execute_command", False))
        self.tags = tags_of(service, task_set, definition)
        self.containers = [
            ContainerRecord(container, self.task_arn, self.cluster_arn) for container in definition.container_definitions
        ]
        self.attachments: list[dict[str, Any]] = []
        self.availability_zone: str | None = None
        self.connectivity: str | None = None
        self.desired_status, self.last_status = "RUNNING", "PROVISIONING"
        self.health_status = "UNKNOWN"
        self.stop_code: str | None = None
        self.stopped_reason: str | None = None
        self.version = 1
        self.created_at = utc_now()
        self.connectivity_at: datetime | None = None
        self.pull_started_at: datetime | None = None
        self.pull_stopped_at: datetime | None = None
        self.started_at: datetime | None = None
        self.stopping_at: datetime | None = None
        self.execution_stopped_at: datetime | None = None
        self.stopped_at: datetime | None = None

    def advance(self) -> None:
        """moto's describe_tasks asks its own tasks to go on; this one goes on by itself."""

    def container(self, name: str | None) -> ContainerRecord:
        """The one that is called so, or else the first."""
        return next((container for container in self.containers if container.name == name), self.containers[0])

    def attach(self, interface: Any, zone: Any) -> None:
        self.availability_zone, self.connectivity, self.connectivity_at = zone, "CONNECTED", utc_now()
        attachment = str(uuid.uuid4())
        details = {
            "subnetId": interface.subnet.id,
            "networkInterfaceId": interface.id,
            "macAddress": interface.mac_address,
            "privateDnsName": interface.private_dns_name,
            "privateIPv4Address": interface.private_ip_address,
        }
        self.attachments = [
            {
                "id": attachment,
                "type": "ElasticNetworkInterface",
                "status": "ATTACHED",
                "details": [{"name": name, "value": value} for name, value in details.items()],
            }
        ]
        for container in self.containers:
            container.network_interfaces = [{"attachmentId": attachment, "privateIpv4Address": interface.private_ip_address}]


def tags_of(service: Any, task_set: Any, definition: Any) -> list[dict[str, str]]:
    """https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-using-tags.html"""
    source = {"SERVICE": service.tags, "TASK_DEFINITION": definition.tags}.get(service.propagate_tags, [])
    tags = {tag["key"]: tag["value"] for tag in [*source, *task_set.tags]}
    if getattr(service, "enable_ecs_managed_tags", False):
        tags |= {"aws:ecs:clusterName": service.cluster_name, "aws:ecs:serviceName": service.name}
    return [{"key": key, "value": value} for key, value in tags.items()]
