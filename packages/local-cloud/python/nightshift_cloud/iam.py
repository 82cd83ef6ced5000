"""IAM policy evaluation, which moto applies to S3 bucket policies."""

from collections.abc import Callable
from typing import Any

from moto.iam.access_control import IAMPolicyStatement, PermissionResult

from .extending import wraps


@wraps(IAMPolicyStatement)
def is_action_permitted(
    original: Callable[..., Any],
    self: IAMPolicyStatement,
    action: str,
    resource: Any = "*",
    principal: Any = None,
    incoming_condition_values: Any = None,
) -> Any:
    """moto knows the operator StringEquals and takes every other condition for fulfilled, so `Deny` unless TLS (or unless
    KMS) would deny every call. A `Deny` whose condition cannot be judged does not apply here."""
    denies = self._statement.get("Effect") == "Deny"
    if denies and self._statement.get("Condition") and incoming_condition_values is None:
        return PermissionResult.NEUTRAL
    return original(self, action, resource, principal, incoming_condition_values)
