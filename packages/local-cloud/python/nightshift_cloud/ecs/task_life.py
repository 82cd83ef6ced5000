"""The states of a Fargate task as a function of time and of what happens to its process.
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-lifecycle-explanation.html

All times are seconds of AWS, however fast those pass here."""

from __future__ import annotations

from dataclasses import dataclass

# Usual times of Fargate: a network interface, the pull of a small image, a registration, the interface's end.
LEAST = {"PROVISIONING": 10, "PENDING": 15, "ACTIVATING": 3, "DEPROVISIONING": 8}
# How long ECS keeps a stopped task to be described.
STOPPED_FOR = 3600

STARTING = ("PROVISIONING", "PENDING", "ACTIVATING")
STOPPING = ("DEACTIVATING", "STOPPING", "DEPROVISIONING", "STOPPED")


@dataclass(frozen=True)
class Moment:
    """What is known of a task when it is looked at."""

    state: str
    # In this state, in seconds.
    elapsed: float
    # ECS has been told, or has decided, to stop it.
    stopping: bool = False
    # Its image is here and its process listens (or has ended, which a container may do at once).
    started: bool = True
    # Why it will never start, such as CannotPullContainerError.
    failed_to_start: bool = False
    # Its process has ended.
    exited: bool = False
    # Its load balancer sends it nothing any more.
    drained: bool = True


def next_state(moment: Moment) -> str:
    """The state that follows now, or the same one."""
    state, long_enough = moment.state, moment.elapsed >= LEAST.get(moment.state, 0)
    if state in STARTING and moment.stopping:
        return "STOPPING" if state == "ACTIVATING" else "DEPROVISIONING"
    if state == "PROVISIONING":
        return "PENDING" if long_enough else state
    if state == "PENDING":
        if moment.failed_to_start:
            return "DEPROVISIONING" if long_enough else state
        return "ACTIVATING" if long_enough and moment.started else state
    if state == "ACTIVATING":
        return "RUNNING" if long_enough else state
    if state == "RUNNING":
        return "DEACTIVATING" if moment.stopping or moment.exited else state
    if state == "DEACTIVATING":
        return "STOPPING" if moment.exited or moment.drained else state
    if state == "STOPPING":
        return "DEPROVISIONING" if moment.exited else state
    if state == "DEPROVISIONING":
        return "STOPPED" if long_enough else state
    return state
