"""Refuses a request that is not authorized, or that violates the model of its operation or a rule."""

from __future__ import annotations

import sys
import traceback
from typing import Any

from .. import core
from ..authorization.actions import Asked
from ..authorization.authorize import refuse_unauthorized
from ..cloud import cloud
from ..control.access import FORBIDDEN, credential_of
from ..control.error_answers import REFUSED_STATUS, Answer, error_answer
from ..rules.rule import Call, refusal_by_rules
from .constraints import violations
from .refusals import Refusal, refuse, refuse_unknown, refuse_unreadable
from .requests import Request, Unreadable, read


def refuse_invalid(environ: dict[str, Any], signing_name: str | None, body: bytes) -> Answer | None:
    """Returns the error response for a refused request, or None."""
    if signing_name is None:
        return None
    key, _, region = (credential_of(environ) or ["", "", ""])[:3]
    status = REFUSED_STATUS
    try:
        request = read(environ, signing_name, body)
        if request is None:
            return None
        call = Call(region, request.members)
        refusal = denial(environ, request, call, key) if cloud.enforces_iam else None
        status = FORBIDDEN if refusal else REFUSED_STATUS
        refusal = refusal or check(request) or refusal_by_rules(request.service, request.operation.name, call)
    except Unreadable:
        refusal = refuse_unreadable(signing_name)
    except Exception as error:
        # This is a defect of ours. After a status 500, an SDK would repeat the call for minutes.
        traceback.print_exc(file=sys.stderr)
        refusal = core.CODE, core.describe(error)
    return error_answer(environ, signing_name, status, *refusal) if refusal else None


def denial(environ: dict[str, Any], request: Request, call: Call, key: str) -> Refusal | None:
    path = environ.get("PATH_INFO", "/")
    asked = Asked(request.service, request.operation.name, call.given, call.region, call.account, path)
    return refuse_unauthorized(asked, key, is_json="HTTP_X_AMZ_TARGET" in environ)


def check(request: Request) -> Refusal | None:
    shape = request.operation.input_shape
    found = list(violations(shape, request.members, request.typed)) if shape else []
    return refuse(request, found) if found else refuse_unknown(request)
