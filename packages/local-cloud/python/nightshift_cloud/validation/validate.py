"""Refuses a request that breaks the model of its operation, or a rule."""

from __future__ import annotations

import sys
import traceback
from typing import Any

from .. import core
from ..control.access import credential_of
from ..control.error_answers import REFUSED_STATUS, Answer, error_answer
from ..rules.rule import Call, refusal_by_rules
from .constraints import violations
from .refusals import Refusal, refuse, refuse_unknown, refuse_unreadable
from .requests import Request, Unreadable, read


def refuse_invalid(environ: dict[str, Any], signing_name: str | None, body: bytes) -> Answer | None:
    """The answer to an invalid request, or None."""
    region = (credential_of(environ) or ["", "", ""])[2]
    try:
        refusal = refusal_of(environ, signing_name, region, body) if signing_name else None
    except Exception as error:
        # A defect of ours; as a 500 an SDK would repeat the call for minutes.
        traceback.print_exc(file=sys.stderr)
        refusal = core.CODE, core.describe(error)
    return error_answer(environ, signing_name, REFUSED_STATUS, *refusal) if refusal else None


def refusal_of(environ: dict[str, Any], signing_name: str, region: str, body: bytes) -> Refusal | None:
    try:
        request = read(environ, signing_name, body)
    except Unreadable:
        return refuse_unreadable(signing_name)
    if request is None:
        return None
    return check(request) or refusal_by_rules(request.service, request.operation.name, Call(region, request.members))


def check(request: Request) -> Refusal | None:
    shape = request.operation.input_shape
    found = list(violations(shape, request.members, request.typed)) if shape else []
    return refuse(request, found) if found else refuse_unknown(request)
