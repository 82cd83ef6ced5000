"""The caller of a request, and the policies that apply to the caller."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from moto.iam.models import iam_backends
from moto.sts.models import sts_backends

from ..statements import as_list
from .actions import document


@dataclass(frozen=True)
class Caller:
    arn: str
    identity: list[dict[str, Any]]
    boundary: list[dict[str, Any]] | None
    # The principals that a resource-based policy can name for the caller.
    principals: tuple[str, ...]


def find_caller(access_key_id: str, account: str) -> Caller | None:
    """Returns the role or user of an access key; None for the key of the server start, which is the account's root."""
    iam: Any = iam_backends[account]["aws"]
    root = f"arn:aws:iam::{account}:root"
    for session in sts_backends[account]["aws"].assumed_roles:
        if session.access_key_id == access_key_id:
            role = next((each for each in iam.roles.values() if each.arn == session.role_arn), None)
            arn = f"arn:aws:sts::{account}:assumed-role/{session.role_arn.rpartition('/')[2]}/{session.session_name}"
            return caller_of(iam, arn, role, (arn, session.role_arn, account, root))
    for user in iam.users.values():
        if any(key.access_key_id == access_key_id for key in user.access_keys):
            return caller_of(iam, user.arn, user, (user.arn, account, root))
    return None


def caller_of(iam: Any, arn: str, entity: Any, principals: tuple[str, ...]) -> Caller:
    if entity is None:  # its role was deleted
        return Caller(arn, [], None, principals)
    statements = [each for text in entity.policies.values() for each in document(text)]
    for attached in entity.managed_policies.values():
        statements += of_managed(attached)
    boundary = getattr(entity, "permissions_boundary_arn", None)
    limits = of_managed(iam.get_policy(boundary)) if boundary else None
    return Caller(arn, statements, limits, principals)


def of_managed(policy: Any) -> list[dict[str, Any]]:
    return next(document(version.document) for version in policy.versions if version.is_default)


def naming(statements: list[dict[str, Any]], caller: Caller) -> Iterator[dict[str, Any]]:
    """The statements of a resource-based policy that name the caller. A statement that names the account delegates to IAM."""
    for statement in statements:
        principal = statement.get("Principal", {})
        named = as_list(principal if isinstance(principal, str) else principal.get("AWS"))
        own = named if statement.get("Effect") == "Deny" else [each for each in named if each not in caller.principals[-2:]]
        if any(each == "*" or each in caller.principals for each in own):
            yield statement
