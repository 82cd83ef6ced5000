"""Targets of a target group: where the process behind an address of the emulated network really listens, and how well it is.
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html

`backend` is that of any service in the account and region of the target group."""

from dataclasses import dataclass

from moto.elbv2.models import elbv2_backends


@dataclass
class Target:
    """`ip` and `port` are what AWS's API says; `host` and `process_port` are what the load balancer connects to."""

    ip: str
    port: int
    host: str
    process_port: int
    state: str = "initial"


def groups_of(backend):
    return elbv2_backends[backend.account_id][backend.region_name].target_groups


def targets_of(group):
    """By IP address; kept on the target group, so that it goes with it."""
    if not hasattr(group, "processes"):
        group.processes = {}
    return group.processes


def register(backend, target_group_arn, task_ip, container_port, host, port):
    """A task is ready for requests; one whose target group is gone is ready for nobody."""
    group = groups_of(backend).get(target_group_arn)
    if group is None:
        return
    group.targets[task_ip] = {"Id": task_ip, "Port": container_port}
    targets_of(group)[task_ip] = Target(task_ip, container_port, host, port, state="healthy")


def deregister(backend, target_group_arn, task_ip):
    """The target gets no new requests from here on. One that is not there is no error."""
    group = groups_of(backend).get(target_group_arn)
    if group is None:
        return
    group.targets.pop(task_ip, None)
    targets_of(group).pop(task_ip, None)


def health(backend, target_group_arn, task_ip):
    """'initial' | 'healthy' | 'unhealthy' | 'draining' | 'unused', as DescribeTargetHealth says it."""
    group = groups_of(backend).get(target_group_arn)
    target = targets_of(group).get(task_ip) if group else None
    return target.state if target else "unused"
