"""Elastic Load Balancing: zones, names, certificates, and the bucket of access logs.
https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html"""

from __future__ import annotations

import ipaddress
import json
import re
from typing import Any

from moto.ec2.models import ec2_backends
from moto.s3.models import s3_backends

from ..statements import as_list, covers
from .rule import Call, Refused, refuses

# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html#attach-bucket-policy
LONGEST_NAME = 32
FREE_ADDRESSES = 8
# Of AWS in each subnet: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
RESERVED_ADDRESSES = 5
DELIVERY = "logdelivery.elasticloadbalancing.amazonaws.com"


def subnets_of(call: Call) -> list[Any]:
    ids = call.given.get("Subnets") or [mapping.get("SubnetId") for mapping in call.given.get("SubnetMappings") or []]
    known = {key: subnet for zone in call.backend(ec2_backends).subnets.values() for key, subnet in zone.items()}
    return [known[subnet] for subnet in ids if subnet in known]


@refuses("elbv2", "CreateLoadBalancer", "SetSubnets", what="subnets of one zone only, and two subnets of one zone")
def zones(call: Call) -> None:
    subnets = subnets_of(call)
    names = {subnet.availability_zone for subnet in subnets}
    if len(names) < len(subnets):
        raise Refused(
            "InvalidConfigurationRequest",
            "A load balancer cannot be attached to multiple subnets in the same Availability Zone",
        )
    if len(names) == 1 and call.given.get("Type", "application") == "application":
        raise Refused("ValidationError", "At least two subnets in two different Availability Zones must be specified")


# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#subnets-load-balancer
@refuses("elbv2", "CreateLoadBalancer", what="a subnet with fewer than eight free addresses")
def free_addresses(call: Call) -> None:
    interfaces = call.backend(ec2_backends).enis.values()
    for subnet in subnets_of(call):
        used = sum(1 for interface in interfaces if interface.subnet.id == subnet.id)
        if ipaddress.ip_network(subnet.cidr_block).num_addresses - RESERVED_ADDRESSES - used < FREE_ADDRESSES:
            raise Refused(
                "InvalidSubnet",
                f"Not enough IP space available in {subnet.id}. "
                f"ELB requires at least {FREE_ADDRESSES} free IP addresses in each subnet.",
            )


@refuses("elbv2", "CreateLoadBalancer", what="a name that is too long, has other characters or begins with `internal-`")
def name_of_balancer(call: Call) -> None:
    name = call.given["Name"]
    shown = f"The load balancer name '{name}'"
    if len(name) > LONGEST_NAME:
        raise Refused("ValidationError", f"{shown} cannot be longer than '{LONGEST_NAME}' characters")
    if not re.fullmatch(r"[A-Za-z0-9-]+", name):
        raise Refused("ValidationError", f"{shown} can only contain characters that are alphanumeric characters and hyphens(-)")
    if name.startswith("-") or name.endswith("-"):
        raise Refused("ValidationError", f"{shown} cannot begin or end with '-'")
    if name.startswith("internal-"):
        raise Refused("ValidationError", f"{shown} cannot begin with 'internal-'")


# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html
@refuses("elbv2", "CreateListener", what="HTTPS without a certificate")
def certificates(call: Call) -> None:
    if call.given.get("Protocol") in ("HTTPS", "TLS") and not call.given.get("Certificates"):
        raise Refused("ValidationError", f"A certificate must be specified for {call.given['Protocol']} listeners")


@refuses("elbv2", "ModifyLoadBalancerAttributes", what="a log bucket that is missing or does not admit the delivery")
def log_bucket(call: Call) -> None:
    attributes = {each.get("Key"): each.get("Value") for each in call.given.get("Attributes") or []}
    name = attributes.get("access_logs.s3.bucket")
    if attributes.get("access_logs.s3.enabled") != "true" or not name:
        return
    bucket = call.partition_backend(s3_backends).buckets.get(name)
    policy = json.loads(bucket.policy) if bucket and bucket.policy else {}
    statements = as_list(policy.get("Statement", []))
    if not any(admits_delivery(statement, name) for statement in statements):
        raise Refused("InvalidConfigurationRequest", f"Access Denied for bucket: {name}. Please check S3bucket permission")


def admits_delivery(statement: dict[str, Any], bucket: str) -> bool:
    """Regions from before August 2022 name an account of AWS in place of the service."""
    if statement.get("Effect") != "Allow" or not covers(statement.get("Action"), "s3:PutObject"):
        return False
    principal = statement.get("Principal", {})
    named = [principal] if isinstance(principal, str) else [each for value in principal.values() for each in as_list(value)]
    admitted = any(each in ("*", DELIVERY) or re.search(r"\b\d{12}\b", each) for each in named)
    return admitted and any(resource.partition(":::")[2].split("/")[0] == bucket for resource in as_list(statement["Resource"]))
