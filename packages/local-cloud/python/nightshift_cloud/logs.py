"""CloudWatch Logs: a key that does not let the service use it is refused, the usual mistake with encrypted log groups.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html"""

import fnmatch
import json
from collections.abc import Callable
from typing import Any

from moto.kms.models import kms_backends
from moto.logs.exceptions import LogsClientError
from moto.logs.models import LogsBackend
from moto.utilities.utils import get_partition

from .extending import wraps


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def allows(statement: Any, service: Any, action: str) -> bool:
    principal = statement.get("Principal", {})
    services = as_list(principal.get("Service", [])) if isinstance(principal, dict) else as_list(principal)
    actions = as_list(statement.get("Action", []))
    return (
        statement.get("Effect") == "Allow"
        and (service in services or "*" in services)
        and any(fnmatch.fnmatchcase(action, pattern) for pattern in actions)
    )


def refuse_unusable_key(backend: Any, group_name: str, key_arn: str) -> None:
    keys = kms_backends[backend.account_id][backend.region_name].keys
    key = keys.get(key_arn.split("/")[-1])
    service = f"logs.{backend.region_name}.amazonaws.com"
    statements = as_list(json.loads(key.policy)["Statement"]) if key else []
    if any(allows(statement, service, "kms:GenerateDataKey") for statement in statements):
        return
    partition = get_partition(backend.region_name)
    arn = f"arn:{partition}:logs:{backend.region_name}:{backend.account_id}:log-group:{group_name}"
    raise LogsClientError(
        "AccessDeniedException",
        f"The specified KMS key does not exist or is not allowed to be used with Arn '{arn}'",
    )


@wraps(LogsBackend)
def create_log_group(original: Callable[..., Any], self: LogsBackend, log_group_name: str, tags: Any, **kwargs: Any) -> Any:
    if kwargs.get("kmsKeyId"):
        refuse_unusable_key(self, log_group_name, kwargs["kmsKeyId"])
    return original(self, log_group_name, tags, **kwargs)
