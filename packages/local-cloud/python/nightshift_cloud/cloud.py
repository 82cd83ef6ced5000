"""The state of the local cloud that is not in moto's backends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .clock import Clock
from .control.faults import Faults
from .ecs.processes import TaskProcesses
from .elbv2.balancer_process import BalancerProcess
from .extending import wraps
from .moto_private import MotoAPIBackend

if TYPE_CHECKING:
    from collections.abc import Callable

    from moto.core.base_backend import BackendDict


class Cloud:
    """Each process has one instance, as with moto's backends."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.faults = Faults()
        self.task_processes = TaskProcesses()
        self.balancer_process = BalancerProcess()
        # The load balancer of each environment at the last tick. The health address reads it without the lock.
        self.environments: list[dict[str, Any]] = []
        # Set at the start: whether requests are authorized.
        self.enforces_iam = False

    def reset(self) -> None:
        """Restores the state of the start. The next tick removes the listeners from the load balancer process."""
        self.clock.reset()
        self.faults.clear()
        self.task_processes.end(set(self.task_processes.alive))
        self.environments = []


cloud = Cloud()


def existing(backends: BackendDict[Any]) -> list[Any]:
    """Returns the existing backends of a service, such as those of `ecs_backends`. It does not create any."""
    return [backend for regions in list(backends.values()) for backend in list(regions.values())]


@wraps(MotoAPIBackend)
def reset(original: Callable[..., Any], self: MotoAPIBackend) -> None:
    with cloud.clock.lock:
        cloud.reset()
        original(self)
