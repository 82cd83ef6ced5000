"""IAM policy evaluation, which moto applies to S3 bucket policies."""

from collections.abc import Callable
from typing import Any

from moto.iam.access_control import IAMPolicyStatement, PermissionResult

from .extending import wraps
from .moto_private import statement_of


@wraps(IAMPolicyStatement)
def is_action_permitted(
    original: Callable[..., Any],
    self: IAMPolicyStatement,
    action: str,
    resource: Any = "*",
    principal: Any = None,
    incoming_condition_values: Any = None,
) -> Any:
    """moto supports the operator StringEquals and treats every other condition as true, so `Deny` unless TLS (or unless
    KMS) would deny every call. A `Deny` whose condition cannot be judged does not apply here."""
    denies = statement_of(self).get("Effect") == "Deny"
    if denies and statement_of(self).get("Condition") and incoming_condition_values is None:
        return PermissionResult.NEUTRAL
    return original(self, action, resource, principal, incoming_condition_values)
