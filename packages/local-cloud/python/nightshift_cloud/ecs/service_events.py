"""What a service says of itself in DescribeServices, in ECS's own words.
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html"""

import uuid
from datetime import datetime, timedelta, timezone

# https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Service.html: "A maximum of 100 events are displayed"
MOST = 100


def say(service, message):
    """Each event is later than the one before it, so that whoever sorts them by time finds them in order."""
    moment = datetime.now(timezone.utc)
    if service.events:
        moment = max(moment, service.events[0]["createdAt"] + timedelta(milliseconds=1))
    service.events.insert(0, {"id": str(uuid.uuid4()), "createdAt": moment, "message": message})
    del service.events[MOST:]


def of(service, task_set=None):
    return f"(service {service.name}, taskSet {task_set.id})" if task_set else f"(service {service.name})"


def listed(tasks):
    return " ".join(f"(task {task.id})" for task in tasks)


def desired(service, task_set, count):
    say(service, f"{of(service)} updated computedDesiredCount for taskSet {task_set.id} to {count}.")


def started(service, task_set, tasks):
    say(service, f"{of(service, task_set)} has started {len(tasks)} tasks: {listed(tasks)}.")


def stopped(service, task_set, tasks):
    say(service, f"{of(service, task_set)} has stopped {len(tasks)} running tasks: {listed(tasks)}.")


def draining(service, task_set, count):
    say(service, f"{of(service, task_set)} has begun draining connections on {count} tasks.")


def registered(service, task_set, count, target_group_arn):
    say(service, f"{of(service, task_set)} registered {count} targets in (target-group {target_group_arn})")


def deregistered(service, task_set, count, target_group_arn):
    say(service, f"{of(service, task_set)} deregistered {count} targets in (target-group {target_group_arn})")


def failed_container_health(service, task_set, task):
    say(service, f"{of(service, task_set)} (task {task.id}) failed container health checks.")


def failed_load_balancer_health(service, task_set, task, port, target_group_arn, reason):
    say(
        service,
        f"{of(service, task_set)} (task {task.id}) (port {port}) is unhealthy in (target-group {target_group_arn}) "
        f"due to (reason {reason})",
    )


def not_placed(service, task_set, reason):
    say(service, f"{of(service, task_set)} was unable to place a task. Reason: {reason}.")


NO_CAPACITY = (
    "Capacity is unavailable at this time. Please try again later or in a different availability zone. "
    "For more information, see the Troubleshooting section of the Amazon ECS Developer Guide"
)


def not_consistently(service, task_set):
    say(service, f"{of(service, task_set)} is unable to consistently start tasks successfully.")


def steady(service):
    say(service, f"{of(service)} has reached a steady state.")
