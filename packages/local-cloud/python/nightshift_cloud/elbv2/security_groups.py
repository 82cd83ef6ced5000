"""Whether the security groups of a load balancer and of a task allow a connection.
https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Any

from moto.ec2.models import ec2_backends

if TYPE_CHECKING:
    from moto.ec2.models import EC2Backend
    from moto.ec2.models.security_groups import SecurityGroup, SecurityGroupRule
    from moto.elbv2.models import ELBv2Backend, FakeLoadBalancer


def covers(rule: SecurityGroupRule, port: int) -> bool:
    if rule.ip_protocol != "tcp":
        return rule.ip_protocol == "-1"
    return rule.from_port is not None and rule.to_port is not None and rule.from_port <= port <= rule.to_port


def permits(rules: list[Any], port: int, groups: list[SecurityGroup], networks: list[ipaddress.IPv4Network]) -> bool:
    """Whether a rule admits the port for one of these groups, or for all of these networks."""
    for rule in rules:
        if not covers(rule, port):
            continue
        if rule.source_group.get("GroupId") in {group.id for group in groups}:
            return True
        cidr = rule.cidr_ipv4
        if cidr and all(network.subnet_of(ipaddress.IPv4Network(cidr, strict=False)) for network in networks):
            return True
    return False


def groups_of_balancer(ec2: EC2Backend, balancer: FakeLoadBalancer) -> list[SecurityGroup]:
    """AWS gives a load balancer without groups the default group of its VPC."""
    if not balancer.security_groups:
        found = [ec2.get_default_security_group(balancer.vpc_id)]
    else:
        found = [ec2.get_security_group_from_id(group_id) for group_id in balancer.security_groups]
    return [group for group in found if group]


def reaches(balancer: FakeLoadBalancer, backend: ELBv2Backend, ip: str, port: int) -> bool:
    """Whether the load balancer can connect to a port of the network interface with this address in its VPC. A load balancer's
    own addresses are anywhere in its subnets."""
    ec2 = ec2_backends[backend.account_id][backend.region_name]
    interface = next(
        (one for one in ec2.enis.values() if one.private_ip_address == ip and one.subnet.vpc_id == balancer.vpc_id), None
    )
    if interface is None:
        return False
    from_groups, to_groups = groups_of_balancer(ec2, balancer), interface.group_set
    subnets = [ipaddress.IPv4Network(subnet.cidr_block) for subnet in balancer.subnets]
    return any(permits(group.egress_rules, port, to_groups, [ipaddress.IPv4Network(ip)]) for group in from_groups) and any(
        permits(group.ingress_rules, port, from_groups, subnets) for group in to_groups
    )
