"""Load balancers. Each listener has a port on this machine and forwards requests to healthy targets, as its default action says.
Rules, TLS and WebSockets are not supported.
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from moto.elbv2.models import ELBv2Backend, elbv2_backends

from ..cloud import cloud, existing
from ..extending import wraps
from . import metrics, security_groups, targets
from .proxy.table import FixedResponse, Forward, GroupEntry, HealthCheck, ListenerEntry, Redirect, Routing, TargetEntry, Weight

if TYPE_CHECKING:
    from moto.elbv2.models import FakeListener, FakeLoadBalancer, FakeTargetGroup

PORTS = range(20000, 30000)
# Minimum timeout in real seconds: processes do not respond faster when the time scale is higher.
LEAST_TIMEOUT_SECONDS = 2
LEAST_INTERVAL_SECONDS = 0.1
PRODUCTION_PORTS = (80, 443)
CHANGES = (
    "create_listener",
    "modify_listener",
    "delete_listener",
    "delete_load_balancer",
    "modify_load_balancer_attributes",
    "register_targets",
    "deregister_targets",
    "modify_target_group",
)


def preferred_port(region: str, balancer: FakeLoadBalancer, listener: FakeListener) -> int:
    """The same names get the same port, so that the address stays the same after a new deployment."""
    name = f"{region}/{balancer.name}:{listener.port}"
    places, ports = cloud.balancer_process.places, cloud.balancer_process.ports
    if listener.arn in ports:
        places[name] = ports[listener.arn]
    return places.get(name) or PORTS[zlib.crc32(name.encode()) % len(PORTS)]


def action_of(listener: FakeListener) -> Forward | FixedResponse | Redirect:
    """The last action sends the response. The actions before it authenticate."""
    action = listener.default_actions[-1].data
    if action["Type"] == "redirect":
        config = action["RedirectConfig"]
        return {
            "type": "redirect",
            "status": config.get("StatusCode"),
            "protocol": config.get("Protocol"),
            "host": config.get("Host"),
            "port": config.get("Port"),
            "path": config.get("Path"),
            "query": config.get("Query"),
        }
    if action["Type"] == "fixed-response":
        config = action["FixedResponseConfig"]
        return {
            "type": "fixed-response",
            "status": int(config["StatusCode"]),
            "body": config.get("MessageBody"),
            "contentType": config.get("ContentType"),
        }
    groups = action.get("ForwardConfig", {}).get("TargetGroups") or [{"TargetGroupArn": action["TargetGroupArn"]}]
    weights: list[Weight] = [{"arn": group["TargetGroupArn"], "weight": int(group.get("Weight", 1))} for group in groups]
    return {"type": "forward", "groups": weights}


def check_of(group: FakeTargetGroup) -> HealthCheck | None:
    if not group.health_check_enabled:
        return None
    return {
        "path": group.health_check_path or "/",
        "interval": max(LEAST_INTERVAL_SECONDS, cloud.clock.seconds(int(group.health_check_interval_seconds))),
        "timeout": max(LEAST_TIMEOUT_SECONDS, cloud.clock.seconds(int(group.health_check_timeout_seconds))),
    }


def listener_entry(backend: ELBv2Backend, balancer: FakeLoadBalancer, listener: FakeListener) -> ListenerEntry:
    return {
        "arn": listener.arn,
        "loadBalancer": balancer.arn,
        "port": int(listener.port),
        "protocol": listener.protocol,
        "preferredPort": preferred_port(backend.region_name, balancer, listener),
        "idleSeconds": int(balancer.attrs.get("idle_timeout.timeout_seconds", 60)),
        "action": action_of(listener),
    }


def group_entry(backend: ELBv2Backend, group: FakeTargetGroup, balancer: FakeLoadBalancer) -> GroupEntry:
    def route(target: targets.Target) -> TargetEntry:
        return target.route(security_groups.reaches(balancer, backend, target.ip, target.port))

    return {
        "arn": group.arn,
        "check": check_of(group),
        "targets": [route(target) for target in targets.registered(group)],
    }


def table() -> Routing:
    """The listeners and target groups of all application load balancers."""
    listeners: list[ListenerEntry] = []
    groups: dict[str, GroupEntry] = {}
    for backend in existing(elbv2_backends):
        for balancer in backend.load_balancers.values():
            if balancer.type != "application":
                continue
            for listener in balancer.listeners.values():
                listeners.append(listener_entry(backend, balancer, listener))
        for arn, balancer in targets.in_use(backend).items():
            groups[arn] = group_entry(backend, backend.target_groups[arn], balancer)
    return {"listeners": listeners, "groups": list(groups.values())}


def publish() -> None:
    """Requests follow the current configuration when this returns."""
    process = cloud.balancer_process
    with cloud.clock.lock:
        current = table()
        if current == process.sent and process.alive():
            return
        if current["listeners"] or process.alive():
            process.send(current)


def register_task(backend: ELBv2Backend, target_group_arn: str, task_ip: str, container_port: int, host: str, port: int) -> None:
    """Call it when the task accepts connections. The task gets requests when a health check has passed. Does nothing if the
    target group was deleted."""
    with cloud.clock.lock:
        group = targets.groups_of(backend).get(target_group_arn)
        if group is None:
            return
        group.targets[task_ip] = {"Id": task_ip, "Port": container_port}
        targets.targets_of(group)[task_ip] = targets.Target(task_ip, container_port, host, port)
        publish()


def deregister_task(backend: ELBv2Backend, target_group_arn: str, task_ip: str) -> None:
    """The target gets no new requests after this returns. Requests in progress have the deregistration delay of the group."""
    with cloud.clock.lock:
        group = targets.groups_of(backend).get(target_group_arn)
        target = targets.targets_of(group).get(task_ip) if group else None
        if group is None or target is None or target.drained_at is not None:
            return
        group.targets.pop(task_ip, None)
        targets.drain(group, target)
        publish()


def addresses_of(balancer: Any) -> list[str | None]:
    """The URLs of the production listener and of the test listener, or None."""
    forwarding = [one for one in balancer.listeners.values() if one.default_actions[-1].type == "forward"]
    forwarding.sort(key=lambda listener: int(listener.port) not in PRODUCTION_PORTS)
    ports = [cloud.balancer_process.ports.get(listener.arn) for listener in forwarding]
    urls = [f"http://127.0.0.1:{port}" for port in ports if port]
    return [*urls, None, None][:2]


def find_environments() -> Iterator[dict[str, Any]]:
    """The load balancers of environments, by the tags that the stacks set."""
    for backend in existing(elbv2_backends):
        for balancer in backend.load_balancers.values():
            suffix = backend.tagging_service.get_tag_dict_for_resource(balancer.arn).get("Environment")
            url, test_url = addresses_of(balancer)
            if suffix and url:
                yield {
                    "suffix": suffix,
                    "region": backend.region_name,
                    "loadBalancer": balancer.name,
                    "url": url,
                    "testUrl": test_url,
                }


def take_messages() -> None:
    """Evaluates the answers to health checks and keeps the measurements."""
    messages = cloud.balancer_process.messages
    while messages:
        message = messages.popleft()
        if "health" in message:
            targets.record_check(**message["health"])
        else:
            metrics.keep(message["measured"])


@cloud.clock.on_tick
def tick() -> None:
    take_messages()
    for backend in existing(elbv2_backends):
        targets.forget_drained(backend)
        metrics.count_hosts(backend)
    publish()
    cloud.environments = sorted(find_environments(), key=lambda environment: (environment["suffix"], environment["region"]))


def publishing(name: str) -> None:
    def change(original: Callable[..., Any], self: Any, *args: Any, **kwargs: Any) -> Any:
        answer = original(self, *args, **kwargs)
        publish()
        return answer

    change.__name__ = name
    wraps(ELBv2Backend)(change)


for changed in CHANGES:
    publishing(changed)
