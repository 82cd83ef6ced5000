"""EC2: deletion of resources in use, and private DNS of endpoints.
https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from moto.ec2.models import ec2_backends

from .rule import Call, Refused, refuses


@refuses("ec2", "DeleteSubnet", what="a subnet with network interfaces (NAT gateway, endpoint, load balancer, task)")
def subnet_in_use(call: Call) -> None:
    subnet = call.given["SubnetId"]
    if any(interface.subnet.id == subnet for interface in call.backend(ec2_backends).enis.values()):
        raise Refused("DependencyViolation", f"The subnet '{subnet}' has dependencies and cannot be deleted.")


@refuses("ec2", "DeleteSecurityGroup", what="a security group that an interface uses or a rule of another group names")
def group_in_use(call: Call) -> None:
    group, ec2 = call.given.get("GroupId", ""), call.backend(ec2_backends)
    used = any(group == each.id for interface in ec2.enis.values() for each in interface.group_set)
    named = any(group in sources_of(other) for groups in ec2.groups.values() for key, other in groups.items() if key != group)
    if used or named:
        raise Refused("DependencyViolation", f"resource {group} has a dependent object")


def sources_of(group: Any) -> Iterator[str]:
    for rule in (*group.ingress_rules, *group.egress_rules):
        if rule.source_group.get("GroupId"):
            yield rule.source_group["GroupId"]


@refuses("ec2", "DeleteVpc", what="a VPC with subnets, an internet gateway, endpoints or security groups")
def vpc_in_use(call: Call) -> None:
    vpc, ec2 = call.given["VpcId"], call.backend(ec2_backends)
    subnets = any(subnet.vpc_id == vpc for zone in ec2.subnets.values() for subnet in zone.values())
    gateways = any(gateway.vpc and gateway.vpc.id == vpc for gateway in ec2.internet_gateways.values())
    endpoints = any(endpoint.vpc_id == vpc for endpoint in ec2.vpc_end_points.values())
    groups = any(group.name != "default" for group in ec2.groups.get(vpc, {}).values())
    if subnets or gateways or endpoints or groups:
        raise Refused("DependencyViolation", f"The vpc '{vpc}' has dependencies and cannot be deleted.")


@refuses("ec2", "DetachInternetGateway", what="the gateway of a VPC with NAT gateways that have public addresses")
def vpc_with_public_addresses(call: Call) -> None:
    vpc, ec2 = call.given["VpcId"], call.backend(ec2_backends)
    if any(address.eni and address.eni.subnet.vpc_id == vpc for address in ec2.addresses):
        raise Refused(
            "DependencyViolation",
            f"Network {vpc} has some mapped public address(es). "
            "Please unmap those public address(es) before detaching the gateway.",
        )


# https://docs.aws.amazon.com/vpc/latest/privatelink/manage-dns-names.html
@refuses("ec2", "CreateVpcEndpoint", what="private DNS in a VPC without DNS hostnames or support, and twice for one service")
def private_dns(call: Call) -> None:
    given, ec2 = call.given, call.backend(ec2_backends)
    if given.get("VpcEndpointType") != "Interface" or given.get("PrivateDnsEnabled", "true") != "true":
        return
    vpc, service = ec2.vpcs.get(given["VpcId"]), given.get("ServiceName", "")
    if vpc and not (vpc.enable_dns_hostnames and vpc.enable_dns_support):
        raise Refused(
            "InvalidParameter",
            f"Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for {vpc.id}",
        )
    for other in ec2.vpc_end_points.values():
        if (other.vpc_id, other.service_name) == (given["VpcId"], service) and str(other.private_dns_enabled).lower() == "true":
            name = f"{service.rpartition('.')[2]}.{call.region}.amazonaws.com"
            raise Refused(
                "InvalidParameter",
                f"private-dns-enabled cannot be set because there is already a conflicting DNS domain for {name} in the VPC "
                f"{other.vpc_id}",
            )
