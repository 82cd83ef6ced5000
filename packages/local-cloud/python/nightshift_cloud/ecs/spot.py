"""Spot capacity: what AWS does when it wants its capacity back, on demand.
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html#fargate-capacity-providers-termination

`POST /nightshift/interrupt` with `{"service": "ecs-service-dev", "count": 1}` takes tasks with the two-minute warning;
`{"service": …, "spotAvailable": false}` leaves nothing for new ones."""

from typing import Any

from moto.ecs.models import ecs_backends

from .. import clock
from ..control.orders import InvalidOrder, serves
from .placement import SPOT
from .scheduler import tasks_of

REASON = "Your Spot Task was interrupted."


def find_service(name: str) -> Any:
    for backend in clock.existing(ecs_backends):
        for service in backend.services.values():
            if service.status == "ACTIVE" and name in (service.name, service.arn):
                return backend, service
    raise InvalidOrder(f"service: no active service has this name or ARN, got {name}")


def interrupt(backend: Any, service: Any, count: int) -> list[str]:
    """The oldest Spot tasks that run; gives their ARNs."""
    running = [
        task
        for task in tasks_of(backend, service)
        if task.capacity_provider_name == SPOT and task.is_running() and task.is_wanted()
    ]
    chosen = running[:count]
    for task in chosen:
        task.stop("TerminationNotice", REASON, urgent=True)
    return [task.task_arn for task in chosen]


@serves("POST", "/nightshift/interrupt")
def order(given: dict[str, Any]) -> Any:
    """Answers with the tasks that are interrupted, and whether there is Spot capacity from now on."""
    if not isinstance(given, dict) or not isinstance(given.get("service"), str):
        raise InvalidOrder("service: the name or the ARN of a service")
    unknown = sorted(set(given) - {"service", "count", "spotAvailable"})
    if unknown:
        raise InvalidOrder(f"unknown: {', '.join(unknown)}")
    available = given.get("spotAvailable", True)
    count = given.get("count", 0 if "spotAvailable" in given else 1)
    if type(count) is not int or count < 0:
        raise InvalidOrder("count: a whole number from 0")
    if not isinstance(available, bool):
        raise InvalidOrder("spotAvailable: true or false")
    backend, service = find_service(given["service"])
    if "spotAvailable" in given:
        service.spot_available = available
    return {"interrupted": interrupt(backend, service, count), "spotAvailable": getattr(service, "spot_available", True)}
