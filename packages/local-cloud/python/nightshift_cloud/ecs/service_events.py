"""The events of a service in DescribeServices, with the texts of ECS.
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html"""

import uuid
from datetime import datetime, timedelta, timezone
from typing import Any

# https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Service.html: "A maximum of 100 events are displayed"
MOST = 100


def say(service: Any, message: str) -> None:
    """Each event has a later time than the previous one, so that sorting by time keeps their order."""
    moment = datetime.now(timezone.utc)
    if service.events:
        moment = max(moment, service.events[0]["createdAt"] + timedelta(milliseconds=1))
    service.events.insert(0, {"id": str(uuid.uuid4()), "createdAt": moment, "message": message})
    del service.events[MOST:]


def of(service: Any, task_set: Any = None) -> str:
    return f"(service {service.name}, taskSet {task_set.id})" if task_set else f"(service {service.name})"


def listed(tasks: Any) -> str:
    return " ".join(f"(task {task.id})" for task in tasks)


def desired(service: Any, task_set: Any, count: int) -> None:
    say(service, f"{of(service)} updated computedDesiredCount for taskSet {task_set.id} to {count}.")


def started(service: Any, task_set: Any, tasks: Any) -> None:
    say(service, f"{of(service, task_set)} has started {len(tasks)} tasks: {listed(tasks)}.")


def stopped(service: Any, task_set: Any, tasks: Any) -> None:
    say(service, f"{of(service, task_set)} has stopped {len(tasks)} running tasks: {listed(tasks)}.")


def draining(service: Any, task_set: Any, count: int) -> None:
    say(service, f"{of(service, task_set)} has begun draining connections on {count} tasks.")


def registered(service: Any, task_set: Any, count: int, target_group_arn: str) -> None:
    say(service, f"{of(service, task_set)} registered {count} targets in (target-group {target_group_arn})")


def deregistered(service: Any, task_set: Any, count: int, target_group_arn: str) -> None:
    say(service, f"{of(service, task_set)} deregistered {count} targets in (target-group {target_group_arn})")


def failed_container_health(service: Any, task_set: Any, task: Any) -> None:
    say(service, f"{of(service, task_set)} (task {task.id}) failed container health checks.")


def failed_load_balancer_health(
    service: Any, task_set: Any, task: Any, port: int, target_group_arn: str, reason: str | None
) -> None:
    say(
        service,
        f"{of(service, task_set)} (task {task.id}) (port {port}) is unhealthy in (target-group {target_group_arn}) "
        f"due to (reason {reason})",
    )


def not_placed(service: Any, task_set: Any, reason: str) -> None:
    say(service, f"{of(service, task_set)} was unable to place a task. Reason: {reason}.")


NO_CAPACITY = (
    "Capacity is unavailable at this time. Please try again later or in a different availability zone. "
    "For more information, see the Troubleshooting section of the Amazon ECS Developer Guide"
)


def not_consistently(service: Any, task_set: Any) -> None:
    say(service, f"{of(service, task_set)} is unable to consistently start tasks successfully.")


def steady(service: Any) -> None:
    say(service, f"{of(service)} has reached a steady state.")
