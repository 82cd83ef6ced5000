"""Outages on request: calls that AWS's API throttles or fails now and then, so that a tool can show that it copes.

    POST /nightshift/faults {"actions": ["codedeploy:GetDeployment"], "answer": "throttle", "every": 2}

`actions` are `<signing name>:<Action>` and may end in `*`; `answer` is `throttle`, `error`, or `lost`: an error after the call
was carried out. `every` n-th call is struck, or a `share` of them (0 to 1), or all. DELETE takes all faults away."""

from __future__ import annotations

import fnmatch
import random
from dataclasses import dataclass, field
from typing import Any

from .. import clock
from .orders import InvalidOrder, serves

PATH = "/nightshift/faults"  # POST, GET and DELETE answer the faults that are ordered
ANSWERS = ("throttle", "error", "lost")


class Struck(Exception):
    code = "ServerException"

    def __init__(self) -> None:
        self.message = "An internal error occurred."
        super().__init__(self.message)


@dataclass
class Fault:
    actions: tuple[Any, ...]
    answer: str
    share: float = 1.0
    every: int = 1
    seen: int = 0
    struck: int = 0
    chance: random.Random = field(default_factory=lambda: random.Random(0), repr=False)

    def fits(self, call: Any) -> bool:
        return any(fnmatch.fnmatchcase(call.lower(), pattern.lower()) for pattern in self.actions)

    def strikes(self) -> bool:
        self.seen += 1
        hit = self.seen % self.every == 0 and self.chance.random() < self.share
        self.struck += hit
        return hit

    def to_dict(self) -> dict[str, Any]:
        names = ("actions", "answer", "share", "every", "seen", "struck")
        return {name: getattr(self, name) for name in names}


ordered: list[Fault] = []


@serves("GET", PATH)
def listed(_given: Any) -> dict[str, Any]:
    return {"faults": [fault.to_dict() for fault in ordered]}


@serves("POST", PATH)
def add(given: Any) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise InvalidOrder("a fault is an object")
    unknown = sorted(set(given) - {"actions", "answer", "share", "every"})
    actions, share, every = given.get("actions"), given.get("share", 1.0), given.get("every", 1)
    if unknown:
        raise InvalidOrder(f"unknown: {', '.join(unknown)}")
    if not isinstance(actions, list) or not actions or not all(isinstance(action, str) for action in actions):
        raise InvalidOrder('actions: a list such as ["codedeploy:GetDeployment"] or ["*"]')
    if given.get("answer") not in ANSWERS:
        raise InvalidOrder(f"answer: one of {', '.join(ANSWERS)}")
    if not isinstance(share, (int, float)) or not 0 < share <= 1:
        raise InvalidOrder("share: a number above 0 and up to 1")
    if not isinstance(every, int) or every < 1:
        raise InvalidOrder("every: a whole number from 1")
    ordered.append(Fault(tuple(actions), given["answer"], share, every))
    return listed(None)


@serves("DELETE", PATH)
def clear(_given: Any) -> dict[str, Any]:
    ordered.clear()
    return listed(None)


@clock.on_reset
def forget() -> None:
    ordered.clear()


def strike(service: str, action: str) -> str | None:
    """The answer that a client's call gets instead of its own, or None."""
    for fault in ordered:
        if fault.fits(f"{service}:{action}") and fault.strikes():
            return fault.answer
    return None


def strike_inside(service: str, action: str) -> None:
    """A call that a service makes for itself fails where exactly this action is ordered to; throttling it waits out.

    @raise Struck"""
    call = f"{service}:{action}"
    for fault in ordered:
        if fault.answer == "error" and call in fault.actions and fault.strikes():
            raise Struck
