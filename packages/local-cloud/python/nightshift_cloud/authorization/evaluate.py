"""Evaluates policies for a permission. The reason for a denial is that of AWS's message.
https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..statements import as_list, covers, fits
from .actions import Permission

Statements = list[dict[str, Any]]


@dataclass(frozen=True)
class Policies:
    """The policies of the caller and of the resource."""

    identity: Statements
    resource: Statements = field(default_factory=list)
    # None where the caller has no boundary.
    boundary: Statements | None = None


def applies(statement: dict[str, Any], permission: Permission, context: dict[str, Any]) -> bool:
    actions, resources = statement.get("Action"), statement.get("Resource")
    action_fits = covers(actions, permission.action) if actions else not covers(statement.get("NotAction"), permission.action)
    if not action_fits:
        return False
    if resources is not None and not any(fits(pattern, permission.resource) for pattern in as_list(resources)):
        return False
    excluded = as_list(statement.get("NotResource"))
    if any(fits(pattern, permission.resource) for pattern in excluded):
        return False
    return all(
        holds(operator, key, as_list(expected), context)
        for operator, keys in (statement.get("Condition") or {}).items()
        for key, expected in keys.items()
    )


def holds(operator: str, key: str, expected: list[Any], context: dict[str, Any]) -> bool:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html"""
    operator = operator.rpartition(":")[2]
    optional, operator = operator.endswith("IfExists"), operator.removesuffix("IfExists")
    values = as_list(context.get(key.lower()))
    wanted = [str(each) for each in expected]
    if operator == "Null":
        return (not values) == (wanted[0].lower() == "true")
    negated, operator = "Not" in operator, operator.replace("Not", "")
    if not values:
        return optional or negated
    if operator == "Bool":
        matched = str(values[0]).lower() == wanted[0].lower()
    elif operator in ("StringLike", "ArnLike", "ArnEquals"):
        matched = any(fits(pattern, str(value)) for pattern in wanted for value in values)
    elif operator in ("StringEquals", "StringEqualsIgnoreCase"):
        matched = any(str(value) in wanted for value in values)
    else:
        # Other operators, such as those for dates or IP addresses, are not supported: an Allow with one does not apply.
        return False
    return matched != negated


def reason_to_deny(policies: Policies, permission: Permission, context: dict[str, Any]) -> str | None:
    """Returns the reason for the denial, or None if the permission is allowed."""
    action = permission.action

    def any_applies(statements: Statements, effect: str) -> bool:
        return any(each.get("Effect") == effect and applies(each, permission, context) for each in statements)

    for kind, statements in (("a resource-based", policies.resource), ("an identity-based", policies.identity)):
        if any_applies(statements, "Deny"):
            return f"with an explicit deny in {kind} policy"
    if policies.boundary is not None and any_applies(policies.boundary, "Deny"):
        return "with an explicit deny in a permissions boundary"
    # Within one account, an Allow in the resource-based policy is sufficient.
    if any_applies(policies.resource, "Allow"):
        return None
    if not any_applies(policies.identity, "Allow"):
        return f"because no identity-based policy allows the {action} action"
    if policies.boundary is not None and not any_applies(policies.boundary, "Allow"):
        return f"because no permissions boundary allows the {action} action"
    return None
