"""Refuses unauthorized requests with the message of AWS and the error code of the service."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from moto.ec2.models import ec2_backends
from moto.kms.models import kms_backends
from moto.s3.models import s3_backends

from ..statements import as_list
from .actions import Asked, Permission, document, find_key, permissions
from .callers import Caller, find_caller, naming
from .evaluate import Policies, reason_to_deny

# Services whose error code is neither AccessDeniedException (JSON) nor AccessDenied (query).
EC2_CODE = "UnauthorizedOperation"


def refuse_unauthorized(asked: Asked, access_key_id: str, *, is_json: bool) -> tuple[str, str] | None:
    """Returns the error code and the message, or None if the request is allowed."""
    caller = find_caller(access_key_id, asked.account)
    if caller is None or asked.name == "sts:GetCallerIdentity":
        return None
    for permission in permissions(asked):
        policies = Policies(caller.identity, list(naming(resource_policy(asked), caller)), caller.boundary)
        reason = reason_to_deny(policies, permission, {**context_of(asked, caller), **permission.context})
        if reason:
            return refusal(asked, caller, permission, reason, is_json=is_json)
    return None


def refusal(asked: Asked, caller: Caller, permission: Permission, reason: str, *, is_json: bool) -> tuple[str, str]:
    message = f"User: {caller.arn} is not authorized to perform: {permission.action} on resource: {permission.resource} {reason}"
    if asked.service == "ec2":
        return EC2_CODE, f"You are not authorized to perform this operation. {message}"
    return "AccessDeniedException" if is_json else "AccessDenied", message


def resource_policy(asked: Asked) -> list[dict[str, Any]]:
    text = None
    if asked.service == "s3":
        bucket = s3_backends[asked.account]["aws"].buckets.get(asked.path.strip("/").partition("/")[0])
        text = bucket.policy if bucket else None
    elif asked.service == "kms":
        key = find_key(asked)
        text = key.policy if key else None
    return document(text if isinstance(text, str) else bytes(text).decode()) if text else []


def context_of(asked: Asked, caller: Caller) -> dict[str, Any]:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html"""
    context: dict[str, Any] = {
        "aws:requestedregion": asked.region,
        "aws:principalarn": caller.arn,
        "aws:principalaccount": asked.account,
        # Requests to AWS always use TLS.
        "aws:securetransport": "true",
    }
    if asked.service == "ecs" and asked.given.get("cluster"):
        context["ecs:cluster"] = asked.arn(f"cluster/{asked.given['cluster'].rpartition('/')[2]}")
    if asked.service == "kms" and find_key(asked):
        key, backend = find_key(asked), kms_backends[asked.account][asked.region]
        context["kms:resourcealiases"] = list(key.aliases)
        tags = backend.tagger.get_tag_dict_for_resource(key.id)
        context.update({f"aws:resourcetag/{name.lower()}": value for name, value in tags.items()})
    if asked.service == "ec2":
        context.update(dict(tags_of_ec2(asked)))
    return context


def tags_of_ec2(asked: Asked) -> Iterator[tuple[str, str]]:
    """Returns the tags of each resource that the request names by its id."""
    tags = ec2_backends[asked.account][asked.region].tags
    for member, value in asked.given.items():
        for key in as_list(value) if member.endswith(("Id", "Ids", "Resources")) else []:
            for name, content in tags.get(key, {}).items():
                yield f"aws:resourcetag/{name.lower()}", content
