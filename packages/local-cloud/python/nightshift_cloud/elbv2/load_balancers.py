"""Load balancers that carry requests: each listener has a port on this machine, where requests go to the targets that its
default action and their health name. Rules, TLS and WebSockets are not carried out.
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from moto.elbv2.models import ELBv2Backend, elbv2_backends

from .. import clock
from ..extending import wraps
from . import measured, security_groups, targets
from .balancer_process import BalancerProcess
from .proxy.table import FixedResponse, Forward, GroupEntry, HealthCheck, ListenerEntry, Redirect, Routing, TargetEntry, Weight

if TYPE_CHECKING:
    from moto.elbv2.models import FakeListener, FakeLoadBalancer, FakeTargetGroup

PORTS = range(20000, 30000)
# A process on this machine answers in its own time, however fast AWS's time passes.
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

process = BalancerProcess()
sent: Routing | None = None
# By region, load balancer and port: where a listener was last.
places: dict[str, int] = {}
# The load balancer of each environment, as of the last tick; the health address tells it without waiting for a call to end.
environments: list[dict[str, Any]] = []


def preferred_port(region: str, balancer: FakeLoadBalancer, listener: FakeListener) -> int:
    """The same for the same names, so that an address stays what it was when all is deployed again."""
    name = f"{region}/{balancer.name}:{listener.port}"
    if listener.arn in process.ports:
        places[name] = process.ports[listener.arn]
    return places.get(name) or PORTS[zlib.crc32(name.encode()) % len(PORTS)]


def action_of(listener: FakeListener) -> Forward | FixedResponse | Redirect:
    """The last one answers; those before it authenticate."""
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
        "interval": max(LEAST_INTERVAL_SECONDS, clock.seconds(int(group.health_check_interval_seconds))),
        "timeout": max(LEAST_TIMEOUT_SECONDS, clock.seconds(int(group.health_check_timeout_seconds))),
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
    """All that the data path has to know."""
    listeners: list[ListenerEntry] = []
    groups: dict[str, GroupEntry] = {}
    for backend in clock.existing(elbv2_backends):
        for balancer in backend.load_balancers.values():
            if balancer.type != "application":
                continue
            for listener in balancer.listeners.values():
                listeners.append(listener_entry(backend, balancer, listener))
        for arn, balancer in targets.in_use(backend).items():
            groups[arn] = group_entry(backend, backend.target_groups[arn], balancer)
    return {"listeners": listeners, "groups": list(groups.values())}


def publish() -> None:
    """The data path follows what the API says: requests are sent by it when this returns."""
    global sent
    with clock.lock:
        current = table()
        if current == sent and process.alive():
            return
        if current["listeners"] or process.alive():
            sent = current if process.send(current) else None


def addresses_of(balancer: Any) -> list[str | None]:
    """Of the listener for everybody, and of the one for trying a release; None where there is none."""
    forwarding = [one for one in balancer.listeners.values() if one.default_actions[-1].type == "forward"]
    forwarding.sort(key=lambda listener: int(listener.port) not in PRODUCTION_PORTS)
    ports = [process.ports.get(listener.arn) for listener in forwarding]
    urls = [f"http://127.0.0.1:{port}" for port in ports if port]
    return [*urls, None, None][:2]


def find_environments() -> Iterator[dict[str, Any]]:
    """By their tags, as stacks that are deployed here bear them."""
    for backend in clock.existing(elbv2_backends):
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
    """Judges the answers to health checks, and counts what was carried."""
    while process.messages:
        message = process.messages.popleft()
        if "health" in message:
            targets.judge(**message["health"])
        else:
            measured.keep(message["measured"])


def tick() -> None:
    global environments
    take_messages()
    for backend in clock.existing(elbv2_backends):
        targets.forget_drained(backend)
        measured.count_hosts(backend)
    publish()
    environments = sorted(find_environments(), key=lambda environment: (environment["suffix"], environment["region"]))


def publishing(name: str) -> None:
    def change(original: Callable[..., Any], self: Any, *args: Any, **kwargs: Any) -> Any:
        answer = original(self, *args, **kwargs)
        publish()
        return answer

    change.__name__ = name
    wraps(ELBv2Backend)(change)


for changed in CHANGES:
    publishing(changed)

targets.on_change = publish
clock.every(clock.TICK, tick)
