"""Fault injection: the local cloud throttles or fails calls on request, to test the error handling of tools.

    POST /nightshift/faults {"actions": ["codedeploy:GetDeployment"], "answer": "throttle", "every": 2}

`actions` are `<signing name>:<Action>` and may end in `*`. `answer` is `throttle`, `error`, or `lost`: an error after the call
was carried out. A fault fails every `every`-th call, a `share` of the calls (0 to 1), or all. DELETE removes all faults."""

from __future__ import annotations

import fnmatch
import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .api import InvalidRequest, refuse_unknown_fields, serves

if TYPE_CHECKING:
    from ..cloud import Cloud

PATH = "/nightshift/faults"
ANSWERS = ("throttle", "error", "lost")


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


@serves("GET", PATH)
def list_faults(cloud: Cloud, _given: Any) -> dict[str, Any]:
    return {"faults": [fault.to_dict() for fault in cloud.faults.active]}


@serves("POST", PATH)
def add_fault(cloud: Cloud, given: Any) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise InvalidRequest("a fault is an object")
    refuse_unknown_fields(given, {"actions", "answer", "share", "every"})
    actions, share, every = given.get("actions"), given.get("share", 1.0), given.get("every", 1)
    if not isinstance(actions, list) or not actions or not all(isinstance(action, str) for action in actions):
        raise InvalidRequest('actions: a list such as ["codedeploy:GetDeployment"] or ["*"]')
    if given.get("answer") not in ANSWERS:
        raise InvalidRequest(f"answer: one of {', '.join(ANSWERS)}")
    if not isinstance(share, (int, float)) or not 0 < share <= 1:
        raise InvalidRequest("share: a number above 0 and up to 1")
    if not isinstance(every, int) or every < 1:
        raise InvalidRequest("every: a whole number from 1")
    cloud.faults.active.append(Fault(tuple(actions), given["answer"], share, every))
    return list_faults(cloud, None)


@serves("DELETE", PATH)
def remove_faults(cloud: Cloud, _given: Any) -> dict[str, Any]:
    cloud.faults.clear()
    return list_faults(cloud, None)
