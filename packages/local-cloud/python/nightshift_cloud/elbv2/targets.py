"""Targets of a target group: where the process behind an address of the emulated network listens, and its health.
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html

`backend` is that of any service in the account and region of the target group."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from moto.elbv2.models import ELBv2Backend, FakeHealthStatus, FakeTargetGroup, elbv2_backends

from ..cloud import cloud
from ..extending import wraps
from ..moto_private import forwarded_groups
from .proxy.table import TargetEntry, TargetState

if TYPE_CHECKING:
    from moto.elbv2.models import FakeLoadBalancer


# https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html
DESCRIPTIONS = {
    "Elb.RegistrationInProgress": "Target registration is in progress",
    "Elb.InitialHealthChecking": "Initial health checks in progress",
    "Target.Timeout": "Request timed out",
    "Target.FailedHealthChecks": "Health checks failed",
    "Target.DeregistrationInProgress": "Target deregistration is in progress",
    "Target.NotRegistered": "Target is not registered to the target group",
    "Target.NotInUse": "Target group is not configured to receive traffic from the load balancer",
}


@dataclass
class Target:
    """`ip` and `port` are those of the AWS API; `host` and `process_port` are the address on which the process listens."""

    ip: str
    port: int
    host: str | None
    process_port: int | None
    state: TargetState = "initial"
    reason: str | None = "Elb.RegistrationInProgress"
    description: str | None = None
    passed: int = 0
    failed: int = 0
    drained_at: float | None = field(default=None)

    def route(self, reachable: bool) -> TargetEntry:
        """The load balancer connects to `host`. It is None if security groups block the connection."""
        return {
            "ip": self.ip,
            "port": self.port,
            "host": self.host if reachable else None,
            "processPort": self.process_port,
            "state": self.state,
        }

    def is_gone(self) -> bool:
        return self.drained_at is not None and time.monotonic() >= self.drained_at


def groups_of(backend: ELBv2Backend) -> dict[str, Any]:
    return elbv2_backends[backend.account_id][backend.region_name].target_groups


def targets_of(group: FakeTargetGroup) -> dict[str, Target]:
    """Targets by IP address. Stored on the target group, so that both are deleted together."""
    store: dict[str, Target] = group.__dict__.setdefault("processes", {})
    return store


def registered(group: FakeTargetGroup) -> list[Any]:
    """Those that are registered or still draining."""
    return [target for target in targets_of(group).values() if not target.is_gone()]


def in_use(backend: ELBv2Backend) -> dict[str, FakeLoadBalancer]:
    """The load balancer of each target group that a listener forwards to, by the group's ARN; other groups are not checked."""
    return {
        arn: balancer
        for balancer in backend.load_balancers.values()
        for listener in balancer.listeners.values()
        for rule in listener.rules.values()
        for action in rule.actions
        for arn in forwarded_groups(backend, action.data)
        if arn in backend.target_groups
    }


def drain(group: FakeTargetGroup, target: Target) -> None:
    delay = cloud.clock.seconds(int(str(group.attributes["deregistration_delay.timeout_seconds"])))
    target.state, target.reason, target.description = "draining", "Target.DeregistrationInProgress", None
    target.drained_at = time.monotonic() + delay


def forget_drained(backend: Any) -> None:
    for group in backend.target_groups.values():
        for target in [target for target in targets_of(group).values() if target.is_gone()]:
            del targets_of(group)[target.ip]


def health(backend: ELBv2Backend, target_group_arn: str, task_ip: str) -> str:
    """'initial' | 'healthy' | 'unhealthy' | 'draining' | 'unused', as DescribeTargetHealth says it."""
    with cloud.clock.lock:
        group = groups_of(backend).get(target_group_arn)
        return health_of(group, task_ip)[0] if group else "unused"


def health_of(group: FakeTargetGroup, ip: str) -> tuple[str, str | None, str | None]:
    """State, reason and description."""
    target = targets_of(group).get(ip)
    if target is None or target.is_gone():
        return "unused", "Target.NotRegistered", DESCRIPTIONS["Target.NotRegistered"]
    if target.drained_at is None and group.arn not in in_use(elbv2_backends[group.account_id][group.region_name]):
        return "unused", "Target.NotInUse", DESCRIPTIONS["Target.NotInUse"]
    return target.state, target.reason, target.description or DESCRIPTIONS.get(target.reason or "")


def matches(code: int, matcher: str) -> bool:
    """Whether a status code is one of `200,202` or `200-299`."""
    ranges = (part.partition("-") for part in matcher.split(","))
    return any(int(first) <= code <= int(last or first) for first, _, last in ranges)


def record_check(group: str, ip: str, port: int | None, answer: int | str) -> None:
    """Records the result of a health check of the process on `port`: a status code, 'timeout' or 'failed'.

    A new target is healthy after the first successful check; after that, the group's thresholds apply."""
    _, _, _, region, account, _ = group.split(":", 5)
    found = elbv2_backends[account][region].target_groups.get(group)
    target = targets_of(found).get(ip) if found else None
    if found is None or target is None or target.process_port != port or target.drained_at is not None:
        return
    if isinstance(answer, int) and matches(answer, found.matcher["HttpCode"]):
        target.passed, target.failed = target.passed + 1, 0
        if target.state == "initial" or target.passed >= int(found.healthy_threshold_count):
            target.state, target.reason, target.description = "healthy", None, None
        return
    target.passed, target.failed = 0, target.failed + 1
    if target.state == "initial":
        target.reason = "Elb.InitialHealthChecking"
    if target.failed >= int(found.unhealthy_threshold_count):
        target.state, target.description = "unhealthy", None
        target.reason = {"timeout": "Target.Timeout", "failed": "Target.FailedHealthChecks"}.get(str(answer))
        if target.reason is None:
            target.reason = "Target.ResponseCodeMismatch"
            target.description = f"Health checks failed with these codes: [{answer}]"


@wraps(FakeTargetGroup)
def register(original: Callable[..., Any], self: FakeTargetGroup, targets: Any) -> None:
    """No process listens on an address from the API, so its health checks time out."""
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
    """Without `targets` it lists the draining ones too."""
    group = self.target_groups.get(target_group_arn)
    if group is None or group.target_type != "ip":
        return original(self, target_group_arn, targets)
    asked = targets or [{"Id": target.ip} for target in registered(group)]

    def status(target: Any) -> Any:
        known = targets_of(group).get(target["Id"])
        port = str(known.port if known else target.get("Port", group.port))
        return FakeHealthStatus(target["Id"], port, port, *health_of(group, target["Id"]))

    return [status(target) for target in asked]
