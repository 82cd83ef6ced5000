"""What a container says, in CloudWatch Logs, where its awslogs configuration puts it.
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moto.logs.models import logs_backends

if TYPE_CHECKING:
    from moto.ecs.models import EC2ContainerServiceBackend

# The oldest lines of a stream go: everything is in memory here.
MOST_EVENTS = 10_000


class CannotLog(Exception):
    """Its text is AWS's."""


class TaskLog:
    """The stream of one container. One without awslogs keeps nothing."""

    def __init__(self, backend: EC2ContainerServiceBackend, container: dict[str, Any], task_id: str) -> None:
        configuration = container.get("logConfiguration") or {}
        options = configuration.get("options") or {}
        self.group = options.get("awslogs-group") if configuration.get("logDriver") == "awslogs" else None
        self.logs = logs_backends[backend.account_id][options.get("awslogs-region", backend.region_name)]
        prefix = options.get("awslogs-stream-prefix")
        self.stream = f"{prefix}/{container['name']}/{task_id}" if prefix else task_id

    def open(self) -> None:
        """@raise CannotLog as AWS says it in the task's stoppedReason"""
        if self.group is None:
            return
        if self.group not in self.logs.groups:
            raise CannotLog(
                "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: "
                "failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist. "
                ": exit status 1"
            )
        self.logs.create_log_stream(self.group, self.stream)

    def write(self, lines: list[Any]) -> None:
        """Pairs of time (seconds since 1970) and line. What was deleted since is no error: nobody waits for it."""
        group = self.logs.groups.get(self.group) if self.group else None
        stream = group.streams.get(self.stream) if group else None
        if self.group is None or stream is None or not lines:
            return
        events = [{"timestamp": int(moment * 1000), "message": line} for moment, line in sorted(lines, key=lambda pair: pair[0])]
        self.logs.put_log_events(self.group, self.stream, events)
        del stream.events[:-MOST_EVENTS]
