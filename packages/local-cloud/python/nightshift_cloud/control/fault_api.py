"""The requests that add, list and remove faults.

    POST /nightshift/faults {"actions": ["codedeploy:GetDeployment"], "answer": "throttle", "every": 2}

`actions` are `<signing name>:<Action>` and may end in `*`. `answer` is a key of `FAULT_ANSWERS`. A fault fails every
`every`-th call, a `share` of the calls (0 to 1), or all. DELETE removes all faults."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .api import InvalidRequest, refuse_unknown_fields, serves
from .error_answers import FAULT_ANSWERS
from .faults import Fault

if TYPE_CHECKING:
    from ..cloud import Cloud

PATH = "/nightshift/faults"


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
    if given.get("answer") not in list(FAULT_ANSWERS):
        raise InvalidRequest(f"answer: one of {', '.join(FAULT_ANSWERS)}")
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
