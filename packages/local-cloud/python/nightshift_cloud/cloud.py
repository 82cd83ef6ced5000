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
    """A process has one, as it has one set of moto's backends."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.faults = Faults()
        self.task_processes = TaskProcesses()
        self.balancer_process = BalancerProcess()
        # The load balancer of each environment at the last tick. The health address reads it without the lock.
        self.environments: list[dict[str, Any]] = []
        # Of the start: whether policies bind the callers.
        self.enforces_iam = False

    def reset(self) -> None:
        """Makes it as it was at the start. The load balancers' process learns in the next tick that their listeners are gone."""
        self.clock.reset()
        self.faults.clear()
        self.task_processes.end(set(self.task_processes.alive))
        self.environments = []


cloud = Cloud()


def existing(backends: BackendDict[Any]) -> list[Any]:
    """The backends of a service that API calls have created, such as those of `ecs_backends`. It creates none."""
    return [backend for regions in list(backends.values()) for backend in list(regions.values())]


@wraps(MotoAPIBackend)
def reset(original: Callable[..., Any], self: MotoAPIBackend) -> None:
    with cloud.clock.lock:
        cloud.reset()
        original(self)
