"""CloudWatch Logs: keys of encrypted log groups, and filter patterns. Refuses queries of Logs Insights.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html"""

import json
from collections.abc import Callable
from typing import Any

from moto.kms.models import kms_backends
from moto.logs.exceptions import LogsClientError, ResourceNotFoundException
from moto.logs.models import LogGroup, LogsBackend, LogStream
from moto.logs.responses import LogsResponse
from moto.utilities.utils import get_partition

from .core import NotInLocalCloud
from .extending import adds, wraps
from .log_filters import compile_pattern
from .statements import as_list, covers


def allows(statement: Any, service: Any, action: str) -> bool:
    principal = statement.get("Principal", {})
    services = as_list(principal.get("Service", [])) if isinstance(principal, dict) else as_list(principal)
    named = service in services or "*" in services
    return statement.get("Effect") == "Allow" and named and covers(statement.get("Action"), action)


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


def find_group(backend: Any, name: str) -> LogGroup:
    if name not in backend.groups:
        raise ResourceNotFoundException()
    group: LogGroup = backend.groups[name]
    return group


@adds(LogsResponse)
def associate_kms_key(self: LogsResponse) -> str:
    """https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_AssociateKmsKey.html"""
    parameters = json.loads(self.body)
    group = find_group(self.logs_backend, parameters["logGroupName"])
    refuse_unusable_key(self.logs_backend, group.name, parameters["kmsKeyId"])
    group.kms_key_id = parameters["kmsKeyId"]
    return ""


@adds(LogsResponse)
def disassociate_kms_key(self: LogsResponse) -> str:
    """https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DisassociateKmsKey.html"""
    find_group(self.logs_backend, json.loads(self.body)["logGroupName"]).kms_key_id = None
    return ""


@wraps(LogStream)
def filter_log_events(
    original: Callable[..., Any], self: LogStream, start_time: int, end_time: int, filter_pattern: str | None
) -> Any:
    """moto returns all events for a pattern that it cannot parse."""
    matches = compile_pattern(filter_pattern or "")
    return [event for event in original(self, start_time, end_time, "") if matches(event["message"])]


@wraps(LogsBackend)
def put_metric_filter(
    original: Callable[..., Any], self: LogsBackend, filter_name: str, filter_pattern: str, *args: Any, **kwargs: Any
) -> Any:
    compile_pattern(filter_pattern or "")
    return original(self, filter_name, filter_pattern, *args, **kwargs)


@wraps(LogsResponse)
def start_query(_original: Callable[..., Any], _self: LogsResponse) -> Any:
    """moto answers queries that it does not understand with all events."""
    raise NotInLocalCloud("the local cloud does not run Logs Insights queries - use FilterLogEvents")
