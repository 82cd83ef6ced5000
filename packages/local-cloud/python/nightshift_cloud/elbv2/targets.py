"""Targets of a target group: where the process behind an address of the emulated network really listens, and how well it is.
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html

`backend` is that of any service in the account and region of the target group."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from moto.elbv2.models import elbv2_backends

from .. import clock
from .proxy.table import TargetEntry, TargetState

if TYPE_CHECKING:
    from moto.elbv2.models import ELBv2Backend, FakeLoadBalancer, FakeTargetGroup

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


def on_change() -> None:
    """Set by the load balancers: what is registered here decides where requests go."""


@dataclass
class Target:
    """`ip` and `port` are what AWS's API says; `host` and `process_port` are where the process behind them listens."""

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
        """The load balancer connects to `host`; where its packets do not arrive it has none."""
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
    """By IP address; kept on the target group, so that it goes with it."""
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
        for arn in backend._get_target_group_arns_from(action_data=action.data)
        if arn in backend.target_groups
    }


def register(backend: ELBv2Backend, target_group_arn: str, task_ip: str, container_port: int, host: str, port: int) -> None:
    """A task accepts connections; it gets requests once a health check has passed. (Only then: a process takes its real time
    to start, and checks come as often as AWS's time says.) One whose target group is gone is ready for nobody."""
    with clock.lock:
        group = groups_of(backend).get(target_group_arn)
        if group is None:
            return
        group.targets[task_ip] = {"Id": task_ip, "Port": container_port}
        targets_of(group)[task_ip] = Target(task_ip, container_port, host, port)
        on_change()


def deregister(backend: ELBv2Backend, target_group_arn: str, task_ip: str) -> None:
    """The target gets no new requests once this returns; those that it has may take the group's deregistration delay.
    One that is not there is no error."""
    with clock.lock:
        group = groups_of(backend).get(target_group_arn)
        target = targets_of(group).get(task_ip) if group else None
        if group is None or target is None or target.drained_at is not None:
            return
        group.targets.pop(task_ip, None)
        drain(group, target)
        on_change()


def drain(group: FakeTargetGroup, target: Target) -> None:
    delay = clock.seconds(int(str(group.attributes["deregistration_delay.timeout_seconds"])))
    target.state, target.reason, target.description = "draining", "Target.DeregistrationInProgress", None
    target.drained_at = time.monotonic() + delay


def forget_drained(backend: Any) -> None:
    for group in backend.target_groups.values():
        for target in [target for target in targets_of(group).values() if target.is_gone()]:
            del targets_of(group)[target.ip]


def health(backend: ELBv2Backend, target_group_arn: str, task_ip: str) -> str:
    """'initial' | 'healthy' | 'unhealthy' | 'draining' | 'unused', as DescribeTargetHealth says it."""
    with clock.lock:
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


def judge(group: str, ip: str, port: int | None, answer: int | str) -> None:
    """Takes the answer to a health check of the process on `port`: a status code, 'timeout' or 'failed'.

    A new target is healthy with the first check that it passes; after that the group's thresholds count."""
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
