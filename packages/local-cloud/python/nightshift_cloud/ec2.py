"""EC2: security groups and descriptions of their rules, flow logs, and resources of NAT gateways and endpoints."""

from collections.abc import Callable
from typing import Any

from moto.ec2.models import EC2Backend
from moto.ec2.models.security_groups import SecurityGroup, SecurityGroupRule
from moto.logs.models import logs_backends

from .extending import wraps
from .moto_private import FLATTENED_RULES, interface_of


@wraps(SecurityGroupRule)
def __init__(original: Callable[..., Any], self: SecurityGroupRule, *args: Any, **kwargs: Any) -> None:
    """moto keeps the description of a rule for a CIDR block, and drops it for a group or a prefix list."""
    original(self, *args, **kwargs)
    named = dict(zip(original.__code__.co_varnames[1:], args), **kwargs)
    for source in (named.get("source_group"), named.get("prefix_list_id")):
        if source and source.get("Description"):
            self.ip_range = dict(self.ip_range, Description=source["Description"])


@wraps(SecurityGroup, FLATTENED_RULES)
def with_prefix_lists(original: Callable[..., Any], self: SecurityGroup, rules: list[SecurityGroupRule]) -> Any:
    """DescribeSecurityGroups has the description of a prefix list too."""
    views = original(self, rules)
    for view in views:
        for entry in view.prefix_list_ids:
            for rule in rules:
                ports = (rule.ip_protocol, rule.from_port, rule.to_port) == (view.ip_protocol, view.from_port, view.to_port)
                if ports and rule.prefix_list_id == entry["PrefixListId"] and rule.ip_range.get("Description"):
                    entry["Description"] = rule.ip_range["Description"]
    return views


@wraps(EC2Backend)
def create_vpc(original: Callable[..., Any], self: Any, *args: Any, **kwargs: Any) -> Any:
    """The default group of a VPC allows traffic from itself. moto does not create this rule.
    https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html"""
    vpc = original(self, *args, **kwargs)
    group: Any = self.get_default_security_group(vpc.id)
    if not group.ingress_rules:
        self.authorize_security_group_ingress(group.id, "-1", None, None, [], source_groups=[{"GroupId": group.id}])
    return vpc


@wraps(EC2Backend)
def delete_nat_gateway(original: Callable[..., Any], self: EC2Backend, nat_gateway_id: str) -> Any:
    """Deletes the network interface too. moto keeps it, which prevents the deletion of the subnet."""
    nat_gateway = original(self, nat_gateway_id)
    for address in self.addresses:
        if address.eni is interface_of(nat_gateway):
            self.disassociate_address(association_id=address.association_id)
    self.enis.pop(interface_of(nat_gateway).id, None)
    return nat_gateway


@wraps(EC2Backend)
def create_flow_logs(original: Callable[..., Any], self: EC2Backend, *args: Any, **kwargs: Any) -> Any:
    """moto finds the log group only by its name, not by its ARN."""
    flow_logs, errors = original(self, *args, **kwargs)
    groups = logs_backends[self.account_id][self.region_name].groups
    for flow_log in flow_logs:
        group = (flow_log.log_destination or "").partition(":log-group:")[2]
        if group.split(":")[0] in groups:
            flow_log.deliver_logs_status, flow_log.deliver_logs_error_message = "SUCCESS", None
    return flow_logs, errors


@wraps(EC2Backend)
def delete_vpc_endpoints(original: Callable[..., Any], self: EC2Backend, vpce_ids: Any = None) -> None:
    """AWS removes a deleted endpoint after a short time. moto keeps describing it."""
    original(self, vpce_ids)
    for vpce_id in vpce_ids or []:
        self.vpc_end_points.pop(vpce_id, None)
