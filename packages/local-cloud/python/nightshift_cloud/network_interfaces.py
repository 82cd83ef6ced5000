"""Network interfaces that AWS creates in subnets for endpoints and load balancers. They use addresses and prevent the deletion
of their subnets and security groups.
https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/requester-managed-eni.html"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from moto.ec2.models import EC2Backend, ec2_backends
from moto.elbv2.models import ELBv2Backend

from .ecs.task_record import free_address
from .extending import wraps
from .moto_private import set_groups

if TYPE_CHECKING:
    from moto.elbv2.models import FakeLoadBalancer


def provide(ec2: Any, owned: list[Any], subnets: list[str], groups: list[str], description: str, kind: str) -> list[str]:
    """Returns the ids of the interfaces, one for each subnet. Keeps the `owned` interfaces of subnets that remain."""
    kept = {ec2.enis[key].subnet.id: key for key in owned if key in ec2.enis}
    for subnet, key in kept.items():
        if subnet not in subnets:
            del ec2.enis[key]
    ids = []
    for subnet in subnets:
        interface = ec2.enis.get(kept.get(subnet)) or ec2.create_network_interface(
            subnet=subnet, private_ip_address=free_address(ec2, ec2.get_subnet(subnet)), description=description
        )
        named = [ec2.get_security_group_from_id(group) for group in groups]
        set_groups(interface, [group for group in named if group] or interface.group_set)
        interface.status, interface.interface_type, interface.requester_managed = "in-use", kind, True
        ids.append(interface.id)
    return ids


def provide_for_endpoint(ec2: Any, endpoint: Any) -> None:
    if (endpoint.vpc_endpoint_type or "").lower() == "interface":
        owned, subnets = endpoint.network_interface_ids or [], endpoint.subnet_ids or []
        groups, description = endpoint.security_group_ids or [], f"VPC Endpoint Interface {endpoint.id}"
        endpoint.network_interface_ids = provide(ec2, owned, subnets, groups, description, "vpc_endpoint")


@wraps(EC2Backend)
def create_vpc_endpoint(original: Callable[..., Any], self: EC2Backend, *args: Any, **kwargs: Any) -> Any:
    """moto gives its interfaces addresses of other networks, and the default security group."""
    endpoint = original(self, *args, **kwargs)
    for key in endpoint.network_interface_ids or []:
        self.enis.pop(key, None)
    provide_for_endpoint(self, endpoint)
    return endpoint


@wraps(EC2Backend)
def modify_vpc_endpoint(original: Callable[..., Any], self: EC2Backend, vpc_id: str, *args: Any, **kwargs: Any) -> None:
    """`vpc_id` is moto's name of the endpoint's id."""
    original(self, vpc_id, *args, **kwargs)
    provide_for_endpoint(self, self.vpc_end_points[vpc_id])


def provide_for_balancer(backend: ELBv2Backend, balancer: FakeLoadBalancer) -> None:
    made: Any = balancer
    ec2 = ec2_backends[backend.account_id][backend.region_name]
    subnets = [subnet.id for subnet in balancer.subnets]
    description = f"ELB {balancer.arn.partition('loadbalancer/')[2]}"
    owned = getattr(made, "network_interface_ids", [])
    made.network_interface_ids = provide(ec2, owned, subnets, balancer.security_groups or [], description, "interface")


@wraps(ELBv2Backend)
def create_load_balancer(original: Callable[..., Any], self: ELBv2Backend, *args: Any, **kwargs: Any) -> Any:
    balancer = original(self, *args, **kwargs)
    provide_for_balancer(self, balancer)
    return balancer


@wraps(ELBv2Backend)
def set_subnets(original: Callable[..., Any], self: ELBv2Backend, arn: str, *args: Any, **kwargs: Any) -> Any:
    answer = original(self, arn, *args, **kwargs)
    provide_for_balancer(self, self.load_balancers[arn])
    return answer


@wraps(ELBv2Backend)
def set_security_groups(original: Callable[..., Any], self: ELBv2Backend, arn: str, sec_groups: Any) -> None:
    original(self, arn, sec_groups)
    provide_for_balancer(self, self.load_balancers[arn])


@wraps(ELBv2Backend)
def delete_load_balancer(original: Callable[..., Any], self: ELBv2Backend, arn: str) -> None:
    balancer: Any = self.load_balancers.get(arn)
    original(self, arn)
    ec2 = ec2_backends[self.account_id][self.region_name]
    for key in balancer.network_interface_ids if balancer else []:
        ec2.enis.pop(key, None)
