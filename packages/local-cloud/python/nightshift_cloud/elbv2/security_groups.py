"""Whether the security groups of a load balancer and of a task let one connect to the other.
https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html"""

import ipaddress

from moto.ec2.models import ec2_backends


def covers(rule, port):
    return rule.ip_protocol == "-1" or (rule.ip_protocol == "tcp" and rule.from_port <= port <= rule.to_port)


def permits(rules, port, groups, networks):
    """Whether a rule admits the port for one of these groups, or for all of these networks."""
    for rule in rules:
        if not covers(rule, port):
            continue
        if rule.source_group.get("GroupId") in {group.id for group in groups}:
            return True
        cidr = rule.cidr_ipv4
        if cidr and all(network.subnet_of(ipaddress.ip_network(cidr, strict=False)) for network in networks):
            return True
    return False


def groups_of_balancer(cloud, balancer):
    """AWS gives a load balancer without groups the default group of its VPC."""
    if not balancer.security_groups:
        return [cloud.get_default_security_group(balancer.vpc_id)]
    found = [cloud.get_security_group_from_id(group_id) for group_id in balancer.security_groups]
    return [group for group in found if group]


def reaches(balancer, backend, ip, port):
    """Whether the load balancer can connect to a port of the network interface with this address in its VPC. A load balancer's
    own addresses are anywhere in its subnets."""
    cloud = ec2_backends[backend.account_id][backend.region_name]
    interface = next(
        (one for one in cloud.enis.values() if one.private_ip_address == ip and one.subnet.vpc_id == balancer.vpc_id), None
    )
    if interface is None:
        return False
    from_groups, to_groups = groups_of_balancer(cloud, balancer), interface.group_set
    subnets = [ipaddress.ip_network(subnet.cidr_block) for subnet in balancer.subnets]
    return any(permits(group.egress_rules, port, to_groups, [ipaddress.ip_network(ip)]) for group in from_groups) and any(
        permits(group.ingress_rules, port, from_groups, subnets) for group in to_groups
    )
