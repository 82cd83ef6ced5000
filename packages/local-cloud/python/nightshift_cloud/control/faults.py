"""Fault injection: the local cloud throttles or fails calls on request, to test the error handling of tools."""

from __future__ import annotations

import fnmatch
import random
from dataclasses import dataclass, field
from typing import Any


class InjectedFault(Exception):
    code = "ServerException"

    def __init__(self) -> None:
        self.message = "An internal error occurred."
        super().__init__(self.message)


@dataclass
class Fault:
    actions: tuple[str, ...]
    answer: str
    share: float = 1.0
    every: int = 1
    seen: int = 0
    struck: int = 0
    chance: random.Random = field(default_factory=lambda: random.Random(0), repr=False)

    def matches(self, call: str) -> bool:
        return any(fnmatch.fnmatchcase(call.lower(), pattern.lower()) for pattern in self.actions)

    def fails_call(self) -> bool:
        self.seen += 1
        failed = self.seen % self.every == 0 and self.chance.random() < self.share
        self.struck += failed
        return failed

    def to_dict(self) -> dict[str, Any]:
        names = ("actions", "answer", "share", "every", "seen", "struck")
        return {name: getattr(self, name) for name in names}


class Faults:
    def __init__(self) -> None:
        self.active: list[Fault] = []

    def clear(self) -> None:
        self.active.clear()

    def answer_for(self, service: str, action: str) -> str | None:
        """The answer that a client gets instead of the result of its call, or None."""
        for fault in self.active:
            if fault.matches(f"{service}:{action}") and fault.fails_call():
                return fault.answer
        return None

    def fail_internal_call(self, service: str, action: str) -> None:
        """Fails a call of one service to another if a fault with the answer `error` names exactly this action. The calling
        service retries throttled calls.

        @raise InjectedFault"""
        call = f"{service}:{action}"
        for fault in self.active:
            if fault.answer == "error" and call in fault.actions and fault.fails_call():
                raise InjectedFault
