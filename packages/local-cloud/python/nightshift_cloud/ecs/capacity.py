"""Capacity providers: how the tasks of a service are split over them, and interruptions of Spot tasks on request.
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-capacity-providers.html#capacity-providers-considerations
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html#fargate-capacity-providers-termination

`POST /nightshift/interrupt` with `{"service": "ecs-service-dev", "count": 1}` interrupts tasks with the two-minute warning.
`{"service": ..., "spotAvailable": false}` leaves no Spot capacity for new tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moto.ecs.models import EC2ContainerServiceBackend, ecs_backends
from moto.utilities.utils import get_partition

from ..cloud import existing
from ..control.api import InvalidRequest, refuse_unknown_fields, serves
from ..extending import wraps
from .tasks import tasks_of

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable

    from ..cloud import Cloud


SPOT = "FARGATE_SPOT"


def base_of(item: dict[str, Any]) -> int:
    return item.get("base") or 0


def weight_of(item: dict[str, Any]) -> int:
    return item.get("weight") or 0


def load_of(item: dict[str, Any], count: int) -> float:
    """The load of a provider relative to its weight. A provider below its base has the lowest load."""
    beyond = count - base_of(item)
    if beyond < 0:
        return -1.0
    return beyond / weight_of(item) if weight_of(item) else float("inf")


def provider_to_add(strategy: list[Any], counts: Counter[str]) -> str | None:
    """Returns the provider of the next task, given the number of tasks of each provider; None for an empty strategy."""

    def after(item: dict[str, Any]) -> float:
        count = counts.get(item["capacityProvider"], 0)
        return -1.0 if count < base_of(item) else load_of(item, count + 1)

    usable = [item for item in strategy if weight_of(item) or counts.get(item["capacityProvider"], 0) < base_of(item)]
    return min(usable, key=after)["capacityProvider"] if usable else None


def provider_to_remove(strategy: list[dict[str, Any]], counts: dict[str, int] | Counter[str]) -> str | None:
    """Returns the provider that exceeds its share most. Providers that are no longer in the strategy come first."""
    shares = {item["capacityProvider"]: item for item in strategy}
    nothing = {"weight": 0}
    used = [provider for provider, count in counts.items() if count > 0]
    return max(used, key=lambda provider: load_of(shares.get(provider, nothing), counts[provider])) if used else None


# The pause of a service after tasks that did not reach RUNNING.
# https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-throttle-logic.html
#
# AWS documents the upper limit and that the pause grows, but no steps. Tasks that stop after RUNNING are replaced at once.


GROWS_BY = 15
LONGEST = 27 * 60
# Number of failures after which the service reports that it cannot start tasks.
CONSISTENTLY = 3


class StartThrottle:
    """The start failures of one task set. Times are seconds of AWS."""

    def __init__(self) -> None:
        self.failures = 0
        self.not_before = 0.0

    def failed(self, now: float) -> bool:
        """Returns whether the service has to report consistent failures now."""
        if now < self.not_before:
            return False  # other tasks of the same round have failed before it
        self.failures += 1
        self.not_before = now + min(LONGEST, GROWS_BY * self.failures)
        return self.failures >= CONSISTENTLY

    def succeeded(self) -> None:
        self.failures, self.not_before = 0, 0.0

    def allows(self, now: float) -> bool:
        return now >= self.not_before


REASON = "Your Spot Task was interrupted."


def find_service(name: str) -> Any:
    for backend in existing(ecs_backends):
        for service in backend.services.values():
            if service.status == "ACTIVE" and name in (service.name, service.arn):
                return backend, service
    raise InvalidRequest(f"service: no active service has this name or ARN, got {name}")


def interrupt(backend: Any, service: Any, count: int) -> list[str]:
    """Interrupts the oldest running Spot tasks and returns their ARNs."""
    running = [
        task
        for task in tasks_of(backend, service)
        if task.capacity_provider_name == SPOT and task.is_running() and task.should_run()
    ]
    chosen = running[:count]
    for task in chosen:
        task.stop("TerminationNotice", REASON, urgent=True)
    return [task.task_arn for task in chosen]


@serves("POST", "/nightshift/interrupt")
def interrupt_tasks(_cloud: Cloud, given: dict[str, Any]) -> Any:
    """Returns the tasks that it interrupts, and whether there is Spot capacity now."""
    if not isinstance(given, dict) or not isinstance(given.get("service"), str):
        raise InvalidRequest("service: the name or the ARN of a service")
    refuse_unknown_fields(given, {"service", "count", "spotAvailable"})
    available = given.get("spotAvailable", True)
    count = given.get("count", 0 if "spotAvailable" in given else 1)
    if type(count) is not int or count < 0:
        raise InvalidRequest("count: a whole number from 0")
    if not isinstance(available, bool):
        raise InvalidRequest("spotAvailable: true or false")
    backend, service = find_service(given["service"])
    if "spotAvailable" in given:
        service.spot_available = available
    return {"interrupted": interrupt(backend, service, count), "spotAvailable": getattr(service, "spot_available", True)}


FARGATE_PROVIDERS = ("FARGATE", SPOT)


@wraps(EC2ContainerServiceBackend)
def describe_capacity_providers(original: Callable[..., Any], self: EC2ContainerServiceBackend, names: list[str] | None) -> Any:
    """Without names, describes all providers. Each account has those of Fargate.
    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeCapacityProviders.html"""
    wanted = names if names else [*FARGATE_PROVIDERS, *self.capacity_providers]
    short = [name.rpartition("/")[2] for name in wanted]
    providers, failures = original(self, [name for name in short if name not in FARGATE_PROVIDERS])
    prefix = f"arn:{get_partition(self.region_name)}:ecs:{self.region_name}:{self.account_id}:capacity-provider/"
    fargate = [
        {"capacityProviderArn": f"{prefix}{name}", "name": name, "status": "ACTIVE", "tags": []}
        for name in short
        if name in FARGATE_PROVIDERS
    ]
    return [*fargate, *providers], failures
