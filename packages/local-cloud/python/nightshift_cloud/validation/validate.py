"""Refuses a request that breaks the model of its operation."""

from __future__ import annotations

from typing import Any

from ..control.error_answers import REFUSED_STATUS, Answer, error_answer
from .constraints import violations
from .refusals import Refusal, refuse, refuse_unknown, refuse_unreadable
from .requests import Request, Unreadable, read


def refuse_invalid(environ: dict[str, Any], signing_name: str | None, body: bytes) -> Answer | None:
    """The answer to an invalid request, or None."""
    refusal = refusal_of(environ, signing_name, body) if signing_name else None
    return error_answer(environ, signing_name, REFUSED_STATUS, *refusal) if refusal else None


def refusal_of(environ: dict[str, Any], signing_name: str, body: bytes) -> Refusal | None:
    try:
        request = read(environ, signing_name, body)
    except Unreadable:
        return refuse_unreadable(signing_name)
    return check(request) if request else None


def check(request: Request) -> Refusal | None:
    shape = request.operation.input_shape
    found = list(violations(shape, request.members, request.typed)) if shape else []
    return refuse(request, found) if found else refuse_unknown(request)
