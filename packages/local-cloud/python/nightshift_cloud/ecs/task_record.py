"""A task and its containers as DescribeTasks returns them: states, network interface and attributes. moto turns the attributes
into the names of the API.
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Task.html"""

from __future__ import annotations

import ipaddress
import random
import uuid
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from moto.core.exceptions import ServiceException
from moto.ec2.models import ec2_backends
from moto.utilities.utils import get_partition

if TYPE_CHECKING:
    from moto.ec2.models import EC2Backend
    from moto.ec2.models.elastic_network_interfaces import NetworkInterface
    from moto.ec2.models.subnets import Subnet
    from moto.ecs.models import EC2ContainerServiceBackend


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
        self.managed_agents: list[dict[str, Any]] = []

    def start_agents(self, execute_command: bool) -> None:
        """https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ManagedAgent.html"""
        if execute_command:
            self.managed_agents = [{"name": "ExecuteCommandAgent", "lastStatus": "RUNNING", "lastStartedAt": utc_now()}]

    def stop(self) -> None:
        self.last_status = "STOPPED"
        for agent in self.managed_agents:
            agent["lastStatus"] = "STOPPED"


class TaskRecord:
    """The properties of a task before it has a network interface or a process."""

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
        """moto's describe_tasks advances moto's own tasks. The tick advances this task."""

    def container(self, name: str | None) -> ContainerRecord:
        """Returns the container with this name, or the first one."""
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


# Usual durations on Fargate: attach the network interface, pull a small image, register, detach the interface.
LEAST = {"PROVISIONING": 10, "PENDING": 15, "ACTIVATING": 3, "DEPROVISIONING": 8}
# Time for which ECS describes a stopped task.
STOPPED_FOR = 3600

STARTING = ("PROVISIONING", "PENDING", "ACTIVATING")
STOPPING = ("DEACTIVATING", "STOPPING", "DEPROVISIONING", "STOPPED")


@dataclass(frozen=True)
class TaskObservation:
    """The inputs of a state transition of a task."""

    state: str
    # In this state, in seconds.
    elapsed: float
    # A request or ECS itself has stopped the task.
    stopping: bool = False
    # The image is pulled and the process listens (or has already ended).
    started: bool = True
    # The reason why the task cannot start, such as CannotPullContainerError.
    failed_to_start: bool = False
    # Its process has ended.
    exited: bool = False
    # The load balancer sends no more requests to it.
    drained: bool = True


def next_state(moment: TaskObservation) -> str:
    """Returns the next state, or the same state."""
    state, long_enough = moment.state, moment.elapsed >= LEAST.get(moment.state, 0)
    if state in STARTING and moment.stopping:
        return "STOPPING" if state == "ACTIVATING" else "DEPROVISIONING"
    if state == "PROVISIONING":
        return "PENDING" if long_enough else state
    if state == "PENDING":
        if moment.failed_to_start:
            return "DEPROVISIONING" if long_enough else state
        return "ACTIVATING" if long_enough and moment.started else state
    if state == "ACTIVATING":
        return "RUNNING" if long_enough else state
    if state == "RUNNING":
        return "DEACTIVATING" if moment.stopping or moment.exited else state
    if state == "DEACTIVATING":
        return "STOPPING" if moment.exited or moment.drained else state
    if state == "STOPPING":
        return "DEPROVISIONING" if moment.exited else state
    if state == "DEPROVISIONING":
        return "STOPPED" if long_enough else state
    return state


# The first four addresses of a subnet and the last one are AWS's:
# https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
RESERVED = 4


class InsufficientFreeAddresses(ServiceException):
    code = "InsufficientFreeAddressesInSubnet"

    def __init__(self) -> None:
        super().__init__("The specified subnet does not have enough free addresses to satisfy the request.")


def free_address(ec2: EC2Backend, subnet: Subnet) -> str:
    network = ipaddress.ip_network(subnet.cidr_block)
    taken = {interface.private_ip_address for interface in ec2.enis.values()}
    usable = network.num_addresses - RESERVED - 1
    first = random.randrange(usable)
    for step in range(usable):
        address = str(network[RESERVED + (first + step) % usable])
        if address not in taken:
            return address
    raise InsufficientFreeAddresses


def create_interface(backend: EC2ContainerServiceBackend, subnet_id: str, group_ids: list[Any]) -> tuple[NetworkInterface, str]:
    """Returns the interface and its zone."""
    ec2 = ec2_backends[backend.account_id][backend.region_name]
    subnet = ec2.get_subnet(subnet_id)
    interface = ec2.create_network_interface(
        subnet=subnet_id,
        private_ip_address=free_address(ec2, subnet),
        group_ids=group_ids,
        description=(
            f"arn:{get_partition(backend.region_name)}:ecs:{backend.region_name}:{backend.account_id}:attachment/{uuid.uuid4()}"
        ),
    )
    interface.status, interface.device_index = "in-use", 1
    return interface, subnet.availability_zone


def delete_interface(backend: EC2ContainerServiceBackend, interface: NetworkInterface) -> None:
    ec2_backends[backend.account_id][backend.region_name].enis.pop(interface.id, None)
