"""The tick of ECS: every task lives one moment, every task set of an active service is kept at its count, and nothing is left
of what was deleted."""

from collections.abc import Callable
from typing import Any

from moto.ecs.models import EC2ContainerServiceBackend, ecs_backends

from .. import clock
from ..extending import wraps
from . import processes, service_events
from .scheduler import TaskSetScheduler, tasks_of
from .task_life import STOPPED_FOR
from .tasks import ServiceTask


def tick() -> None:
    kept = set()
    for backend in clock.existing(ecs_backends):
        tick_backend(backend)
        kept |= {task.process for task in all_tasks(backend)}
    end_processes(processes.alive - kept)


def tick_backend(backend: Any) -> None:
    for task in all_tasks(backend):
        task.look()
        if task.last_status == "STOPPED" and task.elapsed() >= STOPPED_FOR:
            del backend.tasks[task.cluster_name][task.task_arn]
    for service in list(backend.services.values()):
        if service.status == "ACTIVE" and service.deployment_controller["type"] != "ECS":
            tick_service(backend, service)
    count_tasks(backend)


def all_tasks(backend: Any) -> list[ServiceTask]:
    return [task for tasks in backend.tasks.values() for task in list(tasks.values()) if isinstance(task, ServiceTask)]


def tick_service(backend: Any, service: Any) -> None:
    for task_set in service.task_sets:
        scheduler_of(backend, service, task_set).reconcile()
    release_deleted(backend, service)
    service.running_count = sum(task.is_running() for task in tasks_of(backend, service))
    service.pending_count = sum(task.is_pending() for task in tasks_of(backend, service))
    steady = bool(service.task_sets) and all(item.stabilityStatus == "STEADY_STATE" for item in service.task_sets)
    if steady and not getattr(service, "steady", False):
        service_events.steady(service)
    service.steady = steady


def scheduler_of(backend: Any, service: Any, task_set: Any) -> TaskSetScheduler:
    if not hasattr(task_set, "scheduler"):
        task_set.scheduler = TaskSetScheduler(backend, service, task_set)
    scheduler: TaskSetScheduler = task_set.scheduler
    return scheduler


def release_deleted(backend: Any, service: Any) -> None:
    """The tasks of a task set that was deleted drain and stop as those of one that is scaled in."""
    deleted: dict[str, list[ServiceTask]] = {}
    for task in tasks_of(backend, service):
        if task.is_wanted() and task.task_set not in service.task_sets:
            deleted.setdefault(task.task_set.id, []).append(task)
    for tasks in deleted.values():
        scheduler_of(backend, service, tasks[0].task_set).release(tasks)


def count_tasks(backend: Any) -> None:
    for cluster in backend.clusters.values():
        tasks = [task for task in all_tasks(backend) if task.cluster_name == cluster.name]
        cluster.running_tasks_count = sum(task.is_running() for task in tasks)
        cluster.pending_tasks_count = sum(task.is_pending() for task in tasks)


def end_processes(unknown: Any) -> None:
    """What belongs to no task any more: its service, or everything, was deleted."""
    for process in unknown:
        process.kill()
    for process in unknown:
        process.reap()


@clock.on_reset
def end_all_processes() -> None:
    end_processes(list(processes.alive))


@wraps(EC2ContainerServiceBackend)
def delete_service(
    original: Callable[..., Any], self: EC2ContainerServiceBackend, cluster_name: str, service_name: str, force: bool
) -> Any:
    """moto makes a service INACTIVE at once; so its tasks are gone at once, too."""
    service = original(self, cluster_name, service_name, force)
    for task in tasks_of(self, service):
        task.vanish()
        del self.tasks[task.cluster_name][task.task_arn]
    service.running_count = service.pending_count = 0
    return service


clock.every(clock.TICK, tick)
