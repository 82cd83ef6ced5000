"""The metrics of load balancers, with the names and dimensions of AWS.
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html"""

from __future__ import annotations

from typing import Any

from moto.cloudwatch.models import CloudWatchBackend, cloudwatch_backends

from ..cloudwatch import series
from . import targets


def suffix_of(arn: str) -> str:
    """The dimension value of a load balancer or a target group in CloudWatch."""
    return arn.split(":", 5)[5].removeprefix("loadbalancer/")


def dimensions_of(load_balancer: str, target_group: str | None) -> list[dict[str, str]]:
    """Adds a sample for the target group and for its load balancer."""
    whole = {"LoadBalancer": suffix_of(load_balancer)}
    return [whole, {**whole, "TargetGroup": suffix_of(target_group)}] if target_group else [whole]


def cloudwatch_of(arn: str) -> CloudWatchBackend:
    _, _, _, region, account, _ = arn.split(":", 5)
    return cloudwatch_backends[account][region]


def keep(measured: Any) -> None:
    """Stores the measurements of the proxy since the last call."""
    for load_balancer, target_group, name, count in measured["counts"]:
        for dimensions in dimensions_of(load_balancer, target_group):
            series.put(cloudwatch_of(load_balancer), series.BALANCERS, name, dimensions, 1, count)
    for load_balancer, target_group, times in measured["times"]:
        for dimensions in dimensions_of(load_balancer, target_group):
            for seconds, count in times:
                series.put(cloudwatch_of(load_balancer), series.BALANCERS, "TargetResponseTime", dimensions, seconds, count)


def count_hosts(backend: Any) -> None:
    """Healthy and unhealthy targets of each group that a load balancer uses and that has any."""
    for arn in targets.in_use(backend):
        group = backend.target_groups[arn]
        states = [target.state for target in targets.registered(group) if target.state != "draining"]
        if not states:
            continue
        for load_balancer in set(group.load_balancer_arns):
            dimensions = {"LoadBalancer": suffix_of(load_balancer), "TargetGroup": suffix_of(arn)}
            cloudwatch = cloudwatch_of(arn)
            series.put(cloudwatch, series.BALANCERS, "HealthyHostCount", dimensions, states.count("healthy"))
            series.put(cloudwatch, series.BALANCERS, "UnHealthyHostCount", dimensions, states.count("unhealthy"))
