"""Keeps a task set at its desired count: starts, replaces and stops tasks, and writes the events of the service.
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html"""

import itertools
from collections import Counter
from typing import Any

from moto.core.exceptions import ServiceException

from .. import servicequotas
from ..cloud import cloud
from ..elbv2 import targets
from . import service_events
from .capacity import SPOT, StartThrottle, provider_to_add, provider_to_remove
from .task_record import utc_now
from .tasks import ServiceTask, tasks_of

# ECS starts a service's tasks in batches, so that a large service does not appear at once.
BATCH = 10


class TaskSetScheduler:
    """Stored on the task set, so that both are deleted together. Times are seconds of AWS since it was made."""

    def __init__(self, backend: Any, service: Any, task_set: Any) -> None:
        self.backend, self.service, self.task_set = backend, service, task_set
        self.throttle = StartThrottle()
        self.made = cloud.clock.now()
        self.subnets = itertools.count()
        self.desired = None

    def now(self) -> float:
        return cloud.clock.passed_since(self.made)

    def strategy(self) -> list[dict[str, Any]]:
        given = self.task_set.capacity_provider_strategy
        return given or [{"capacityProvider": "FARGATE", "weight": 1}]

    def tasks(self) -> list[ServiceTask]:
        return [task for task in tasks_of(self.backend, self.service) if task.task_set is self.task_set]

    def reconcile(self) -> None:
        tasks = self.tasks()
        self.report_changes(tasks)
        self.replace_unhealthy(tasks)
        desired = self.task_set.computed_desired_count
        if desired != self.desired:
            self.desired = desired
            service_events.desired(self.service, self.task_set, desired)
        wanted = [task for task in tasks if task.should_run()]
        if len(wanted) < desired and self.throttle.allows(self.now()):
            self.start(min(BATCH, desired - len(wanted)), wanted)
        elif len(wanted) > desired:
            self.scale_in(len(wanted) - desired, wanted)
        self.count(self.tasks())

    def start(self, count: int, wanted: Any) -> None:
        counts = Counter(task.capacity_provider_name for task in wanted)
        started, failure = [], None
        for _ in range(count):
            provider = provider_to_add(self.strategy(), counts)
            try:
                definition = self.backend.describe_task_definition(self.task_set.task_definition)
                missing = self.missing_capacity(provider, definition)
                if missing:
                    # ECS waits for the capacity; it never uses another provider instead.
                    failure = missing
                else:
                    started.append(self.start_one(provider, definition))
            except ServiceException as error:
                failure = error.message
                break
            counts[provider] += 1
        if started:
            service_events.started(self.service, self.task_set, started)
        if failure:
            self.failed(failure)

    def missing_capacity(self, provider: str | None, definition: Any) -> str | None:
        """Returns the reason why no task of this provider can start, or None."""
        if provider == SPOT and not getattr(self.service, "spot_available", True):
            return service_events.NO_CAPACITY
        return None if servicequotas.has_room(self.backend, provider, definition.cpu) else servicequotas.NO_VCPUS

    def start_one(self, provider: str | None, definition: Any) -> ServiceTask:
        network = (self.task_set.network_configuration or self.service.network_configuration)["awsvpcConfiguration"]
        subnet = network["subnets"][next(self.subnets) % len(network["subnets"])]
        named = provider if self.task_set.capacity_provider_strategy else None
        task = ServiceTask(self.backend, self.service, self.task_set, definition, named, subnet)
        self.backend.tasks.setdefault(self.service.cluster_name, {})[task.task_arn] = task
        return task

    def failed(self, reason: str) -> None:
        before = self.throttle.failures
        consistently = self.throttle.failed(self.now())
        if self.throttle.failures > before:
            service_events.not_placed(self.service, self.task_set, reason)
        if consistently:
            service_events.not_consistently(self.service, self.task_set)

    def scale_in(self, count: int, wanted: Any) -> None:
        """Tasks that do not run yet go first, then the newest of the provider that has too many."""
        leaving = []
        for _ in range(count):
            counts = Counter(task.capacity_provider_name for task in wanted)
            provider = provider_to_remove(self.strategy(), counts)
            chosen = max(
                (task for task in wanted if task.capacity_provider_name == provider),
                key=lambda task: (task.is_pending(), task.created_at),
            )
            wanted.remove(chosen)
            leaving.append(chosen)
        self.release(leaving)

    def release(self, leaving: Any) -> None:
        for task in leaving:
            task.stop("ServiceSchedulerInitiated", f"Scaling activity initiated by (deployment {self.task_set.id})")
        self.report_changes(leaving)
        service_events.stopped(self.service, self.task_set, leaving)

    def report_changes(self, tasks: Any) -> None:
        """Handles state changes of tasks since the last tick."""
        arrived: Counter[str] = Counter()
        left: Counter[str] = Counter()
        draining = 0
        for task in tasks:
            if task.is_running():
                self.throttle.succeeded()
            if task.is_running() and not task.start_reported:
                task.start_reported = True
                arrived.update(arn for arn, _ in task.registered)
            if not task.should_run() and not task.stop_reported:
                task.stop_reported = True
                left.update(arn for arn, _ in task.registered)
                draining += bool(task.registered)
                if task.stop_code == "TaskFailedToStart":
                    self.failed(task.stopped_reason.rstrip("."))
        for arn, count in arrived.items():
            service_events.registered(self.service, self.task_set, count, arn)
        for arn, count in left.items():
            service_events.deregistered(self.service, self.task_set, count, arn)
        if draining:
            service_events.draining(self.service, self.task_set, draining)

    def replace_unhealthy(self, tasks: Any) -> None:
        """Unhealthy tasks are replaced once the grace period of the service is over for them."""
        grace = getattr(self.service, "health_check_grace_period_seconds", None) or 0
        for task in tasks:
            if not task.is_running() or not task.should_run() or task.ran_for() < grace:
                continue
            if task.health_status == "UNHEALTHY":
                service_events.failed_container_health(self.service, self.task_set, task)
                task.stop("ServiceSchedulerInitiated", "Task failed container health checks")
                continue
            for arn, port in task.registered:
                if targets.health(self.backend, arn, task.ip) == "unhealthy":
                    reason = targets.health_of(targets.groups_of(self.backend)[arn], task.ip)[2]
                    service_events.failed_load_balancer_health(self.service, self.task_set, task, port, arn, reason)
                    task.stop("ServiceSchedulerInitiated", f"Task failed ELB health checks in (target-group {arn})")

    def count(self, tasks: Any) -> None:
        task_set = self.task_set
        task_set.running_count = sum(task.is_running() for task in tasks)
        task_set.pending_count = sum(task.is_pending() for task in tasks)
        steady = self.is_steady(tasks)
        status = "STEADY_STATE" if steady else "STABILIZING"
        if status != task_set.stabilityStatus:
            task_set.stabilityStatus, task_set.stabilityStatusAt = status, utc_now()

    def is_steady(self, tasks: Any) -> bool:
        """https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskSet.html: stabilityStatus"""
        running = [task for task in tasks if task.is_running() and task.should_run()]
        return (
            len(running) == self.desired == self.task_set.running_count
            and self.task_set.pending_count == 0
            and all(self.is_healthy(task) for task in running)
        )

    def is_healthy(self, task: Any) -> bool:
        if task.health is not None and task.health_status != "HEALTHY":
            return False
        return all(targets.health(self.backend, arn, task.ip) in ("healthy", "unused") for arn, _ in task.registered)
