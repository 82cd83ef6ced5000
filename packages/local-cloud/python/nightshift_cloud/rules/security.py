"""IAM and KMS: sizes of policies, and key policies that would lock out the account.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html"""

from __future__ import annotations

import json
import re
from typing import Any

from moto.iam.models import iam_backends

from ..statements import as_list, covers
from .rule import Call, Refused, refuses

TRUST_POLICY, INLINE_POLICIES, MANAGED_POLICY, POLICIES_PER_ROLE = 2048, 10_240, 6144, 10


def size(document: str) -> int:
    """IAM does not count white space."""
    return len(re.sub(r"\s", "", document))


def role_of(call: Call) -> Any:
    roles = call.partition_backend(iam_backends).roles.values()
    return next((role for role in roles if role.name == call.given.get("RoleName")), None)


@refuses("iam", "PutRolePolicy", what="inline policies of a role above 10,240 characters")
def inline_policies(call: Call) -> None:
    role, role_name, name = role_of(call), call.given["RoleName"], call.given["PolicyName"]
    others = [document for key, document in (role.policies if role else {}).items() if key != name]
    if sum(size(document) for document in (*others, call.given["PolicyDocument"])) > INLINE_POLICIES:
        raise Refused("LimitExceeded", f"Maximum policy size of {INLINE_POLICIES} bytes exceeded for role {role_name}")


@refuses("iam", "CreateRole", "UpdateAssumeRolePolicy", what="a trust policy above 2048 characters")
def trust_policy(call: Call) -> None:
    if size(call.given.get("AssumeRolePolicyDocument") or call.given.get("PolicyDocument") or "") > TRUST_POLICY:
        raise Refused("LimitExceeded", f"Cannot exceed quota for ACLSizePerRole: {TRUST_POLICY}")


@refuses("iam", "CreatePolicy", "CreatePolicyVersion", what="a managed policy above 6144 characters")
def managed_policy(call: Call) -> None:
    if size(call.given["PolicyDocument"]) > MANAGED_POLICY:
        raise Refused("LimitExceeded", f"Cannot exceed quota for PolicySize: {MANAGED_POLICY}")


@refuses("iam", "AttachRolePolicy", what="more than ten managed policies of a role")
def attached_policies(call: Call) -> None:
    role = role_of(call)
    attached = role.managed_policies if role else {}
    if call.given["PolicyArn"] not in attached and len(attached) >= POLICIES_PER_ROLE:
        raise Refused("LimitExceeded", f"Cannot exceed quota for PoliciesPerRole: {POLICIES_PER_ROLE}")


# https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html: somebody of the account must be able to
# change the policy, unless BypassPolicyLockoutSafetyCheck is set.
@refuses("kms", "CreateKey", "PutKeyPolicy", what="a key policy that allows nobody to change it")
def lockout(call: Call) -> None:
    text = call.given.get("Policy")
    if not text or call.given.get("BypassPolicyLockoutSafetyCheck"):
        return
    try:
        statements = as_list(json.loads(text)["Statement"])
    except (ValueError, KeyError, TypeError):
        raise Refused("MalformedPolicyDocumentException", "Policy contains invalid json") from None
    if not any(lets_change(statement, call.account) for statement in statements):
        raise Refused(
            "MalformedPolicyDocumentException", "The new key policy will not allow you to update the key policy in the future."
        )


def lets_change(statement: dict[str, Any], account: str) -> bool:
    principal = statement.get("Principal", {})
    named = as_list(principal if isinstance(principal, str) else principal.get("AWS"))
    of_account = any(each == "*" or account in each for each in named)
    return statement.get("Effect") == "Allow" and of_account and covers(statement.get("Action"), "kms:PutKeyPolicy")
