"""Elastic Load Balancing: health of targets as it is, and of those that are on their way out.
https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeTargetHealth.html"""

from collections.abc import Callable
from typing import Any

from moto.elbv2.models import ELBv2Backend, FakeHealthStatus, FakeTargetGroup

from ..extending import wraps
from .targets import Target, drain, health_of, registered, targets_of


@wraps(FakeTargetGroup)
def register(original: Callable[..., Any], self: FakeTargetGroup, targets: Any) -> None:
    """Nothing of ours listens at addresses that come through the API: their checks time out."""
    original(self, targets)
    for target in targets if self.target_type == "ip" else ():
        port = int(self.targets[target["Id"]]["Port"])
        targets_of(self)[target["Id"]] = Target(target["Id"], port, None, None)


@wraps(FakeTargetGroup)
def deregister(original: Callable[..., Any], self: FakeTargetGroup, targets: Any) -> None:
    original(self, targets)
    for target in targets:
        if target["Id"] in targets_of(self):
            drain(self, targets_of(self)[target["Id"]])


@wraps(ELBv2Backend)
def describe_target_health(original: Callable[..., Any], self: ELBv2Backend, target_group_arn: str, targets: Any) -> Any:
    """Without names it tells of the draining ones too."""
    group = self.target_groups.get(target_group_arn)
    if group is None or group.target_type != "ip":
        return original(self, target_group_arn, targets)
    asked = targets or [{"Id": target.ip} for target in registered(group)]

    def status(target: Any) -> Any:
        known = targets_of(group).get(target["Id"])
        port = str(known.port if known else target.get("Port", group.port))
        return FakeHealthStatus(target["Id"], port, port, *health_of(group, target["Id"]))

    return [status(target) for target in asked]
