"""Quotas of security groups and load balancers; `servicequotas.py` has their values.
https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from moto.ec2.models import ec2_backends
from moto.elbv2.models import elbv2_backends

from ..servicequotas import LISTENERS, RULES, TARGET_GROUPS, value_for
from .rule import Call, Refused, refuses

SOURCES = ("IpRanges", "Ipv6Ranges", "UserIdGroupPairs", "PrefixListIds")
# The number of rules that a managed prefix list counts as.
# https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html#aws-managed-prefix-list-weights
WEIGHTS = {"s3": 55, "dynamodb": 35}


def weight(ec2: Any, prefix_list: Any) -> int:
    """moto stores either the id of the prefix list of a rule, or the value in the request."""
    key = prefix_list.get("PrefixListId") if isinstance(prefix_list, dict) else prefix_list
    found = ec2.managed_prefix_lists.get(key)
    return WEIGHTS.get(found.prefix_list_name.rpartition(".")[2], 1) if found else 1


def refuse_rules(call: Call, direction: str) -> None:
    ec2 = call.backend(ec2_backends)
    group: Any = ec2.get_security_group_from_id(call.given.get("GroupId", ""))
    if group is None:
        return
    permissions = call.given.get("IpPermissions") or [{"IpRanges": [{}]}]
    added = sum(weight(ec2, source) for each in permissions for name in SOURCES for source in each.get(name) or [])
    used = sum(weight(ec2, rule.prefix_list_id) for rule in getattr(group, direction))
    if used + added > value_for(ec2, RULES):
        raise Refused("RulesPerSecurityGroupLimitExceeded", "The maximum number of rules per security group has been reached.")


@refuses("ec2", "AuthorizeSecurityGroupIngress", what="more rules than a security group may have; a prefix list is several")
def ingress_rules(call: Call) -> None:
    refuse_rules(call, "ingress_rules")


@refuses("ec2", "AuthorizeSecurityGroupEgress", what="the same for rules of the other direction")
def egress_rules(call: Call) -> None:
    refuse_rules(call, "egress_rules")


# https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html#API_CreateListener_Errors
@refuses("elbv2", "CreateListener", what="more listeners or target groups than a load balancer may have")
def listeners(call: Call) -> None:
    elbv2 = call.backend(elbv2_backends)
    balancer = elbv2.load_balancers.get(call.given["LoadBalancerArn"])
    if balancer is None:
        return
    if len(balancer.listeners) >= value_for(elbv2, LISTENERS):
        raise Refused("TooManyListeners", "You've reached the limit on the number of listeners per load balancer.")
    actions = [action.data for listener in balancer.listeners.values() for action in listener.default_actions]
    groups = {arn for action in (*actions, *call.given["DefaultActions"]) for arn in groups_of(action)}
    if len(groups) > value_for(elbv2, TARGET_GROUPS):
        raise Refused(
            "TooManyUniqueTargetGroupsPerLoadBalancer",
            "You've reached the limit on the number of unique target groups per load balancer across all listeners. If a target "
            "group is used by multiple actions for a load balancer, it is counted as only one use.",
        )


def groups_of(action: dict[str, Any]) -> Iterator[str]:
    if action.get("TargetGroupArn"):
        yield action["TargetGroupArn"]
    for group in (action.get("ForwardConfig") or {}).get("TargetGroups") or []:
        yield group["TargetGroupArn"]
