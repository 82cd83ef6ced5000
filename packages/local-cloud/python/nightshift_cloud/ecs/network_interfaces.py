"""The network interface of a task: an address in one of its subnets, for as long as it lives."""

from __future__ import annotations

import ipaddress
import random
import uuid
from typing import TYPE_CHECKING, Any

from moto.core.exceptions import ServiceException
from moto.ec2.models import ec2_backends
from moto.utilities.utils import get_partition

if TYPE_CHECKING:
    from moto.ec2.models import EC2Backend
    from moto.ec2.models.elastic_network_interfaces import NetworkInterface
    from moto.ec2.models.subnets import Subnet
    from moto.ecs.models import EC2ContainerServiceBackend

# The first four addresses of a subnet and the last one are AWS's:
# https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
RESERVED = 4


class InsufficientFreeAddresses(ServiceException):
    code = "InsufficientFreeAddressesInSubnet"

    def __init__(self) -> None:
        super().__init__("The specified subnet does not have enough free addresses to satisfy the request.")


def free_address(cloud: EC2Backend, subnet: Subnet) -> str:
    network = ipaddress.ip_network(subnet.cidr_block)
    taken = {interface.private_ip_address for interface in cloud.enis.values()}
    usable = network.num_addresses - RESERVED - 1
    first = random.randrange(usable)
    for step in range(usable):
        address = str(network[RESERVED + (first + step) % usable])
        if address not in taken:
            return address
    raise InsufficientFreeAddresses


def attach(backend: EC2ContainerServiceBackend, subnet_id: str, group_ids: list[Any]) -> tuple[NetworkInterface, str]:
    """Gives the interface and its zone."""
    cloud = ec2_backends[backend.account_id][backend.region_name]
    subnet = cloud.get_subnet(subnet_id)
    interface = cloud.create_network_interface(
        subnet=subnet_id,
        private_ip_address=free_address(cloud, subnet),
        group_ids=group_ids,
        description=(
            f"arn:{get_partition(backend.region_name)}:ecs:{backend.region_name}:{backend.account_id}:attachment/{uuid.uuid4()}"
        ),
    )
    interface.status, interface.device_index = "in-use", 1
    return interface, subnet.availability_zone


def detach(backend: EC2ContainerServiceBackend, interface: NetworkInterface) -> None:
    ec2_backends[backend.account_id][backend.region_name].enis.pop(interface.id, None)
