"""The connections to targets that carry a request. They break when the deregistration delay of their target ends.
https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#deregistration-delay"""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from .table import GroupEntry, TargetEntry

# Minimum delay in real seconds: a target does not respond faster with a higher time scale.
LEAST_DELAY = 5.0

# Target group, address and port.
TargetKey = tuple[str, str, int | None]


def key_of(group: str, target: TargetEntry) -> TargetKey:
    return group, target["ip"], target["processPort"]


def abort(writers: set[asyncio.StreamWriter]) -> None:
    for writer in writers:
        writer.transport.abort()


class TargetConnections:
    def __init__(self) -> None:
        self.open: dict[TargetKey, set[asyncio.StreamWriter]] = {}
        # When each target began to drain.
        self.draining: dict[TargetKey, float] = {}

    @contextmanager
    def carrying(self, group: str, target: TargetEntry, writer: asyncio.StreamWriter) -> Iterator[None]:
        """Closes the connection if its target is removed in the meantime."""
        writers = self.open.setdefault(key_of(group, target), set())
        writers.add(writer)
        try:
            yield
        finally:
            writers.discard(writer)

    def replace(self, groups: Sequence[GroupEntry]) -> None:
        """The delay of a target that is missing in the table has ended."""
        loop = asyncio.get_running_loop()
        states = {key_of(group["arn"], target): target["state"] for group in groups for target in group["targets"]}
        for key in set(self.open) - set(states):
            loop.call_at(self.draining.pop(key, loop.time()) + LEAST_DELAY, abort, self.open.pop(key))
        for key, state in states.items():
            if state == "draining":
                self.draining.setdefault(key, loop.time())
            else:
                self.draining.pop(key, None)
