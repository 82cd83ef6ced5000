"""Pages of list and describe operations, for all services. botocore's paginators name the tokens, the limit and the lists.
https://github.com/boto/botocore/blob/develop/docs/source/topics/paginators.rst

moto pages some operations itself: their methods read the token. For all others, moto returns everything and this module cuts
it."""

from __future__ import annotations

import base64
import binascii
import functools
import hashlib
import inspect
import json
import re
from collections.abc import Callable, Hashable
from functools import partial
from typing import Any

from botocore.exceptions import DataNotFoundError
from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult, BaseResponse
from moto.core.utils import camelcase_to_underscores, get_pagination_model, get_service_model

from .extending import wraps
from .moto_private import action_of, parameter

MOST = 100
# The page length without a limit, where it is not 100. Each is in the API reference, such as
# https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListServices.html#ECS-ListServices-request-maxResults
DEFAULTS = {
    ("ecs", "ListServices"): 10,
    ("ecs", "ListAccountSettings"): 10,
    ("ecs", "ListServicesByNamespace"): 10,
    ("ecs", "ListServiceDeployments"): 20,
    ("cloudwatch", "DescribeAlarms"): 50,
    ("kms", "ListAliases"): 50,
    ("kms", "ListGrants"): 50,
    ("logs", "DescribeSubscriptionFilters"): 50,
    ("application-autoscaling", "DescribeScalingActivities"): 50,
    ("application-autoscaling", "DescribeScheduledActions"): 50,
    ("elbv2", "DescribeTargetGroups"): 400,
    ("elbv2", "DescribeListeners"): 400,
}
# moto's method reads the token and does not use it.
IGNORED_BY_MOTO = {("codedeploy", "ListDeploymentGroups")}
INVALID_TOKEN = re.compile("InvalidNextToken|InvalidPaginationToken|InvalidMarker|InvalidParameter(Exception|Value)?$")


@functools.cache
def paginators(service: str) -> dict[str, Any]:
    try:
        found = get_pagination_model(service)
    except DataNotFoundError:
        return {}
    return {name: config for name, config in found.items() if isinstance(config["input_token"], str)}


@functools.cache
def paginator_of(response_class: Hashable, service: str, action: str) -> dict[str, Any] | None:
    """The paginator of an operation that moto does not page, or None."""
    config: dict[str, Any] | None = paginators(service).get(action)
    method = getattr(response_class, camelcase_to_underscores(action), None)
    if config is None or method is None:
        return None
    source = inspect.getsource(method)
    by_moto = inspect.unwrap(method).__module__.startswith("moto.") and (config["input_token"] in source or "aginat" in source)
    return None if by_moto and (service, action) not in IGNORED_BY_MOTO else config


class InvalidToken(ServiceException):
    """Its code is that of the service."""


class Page:
    """The part of a result that a request asks for."""

    def __init__(self, response: Any, service: str, action: str, config: dict[str, Any]) -> None:
        self.service, self.action, self.config = service, action, config
        read = partial(parameter, response)
        limit = read(config["limit_key"]) if config.get("limit_key") else None
        self.size = int(limit or DEFAULTS.get((service, action), MOST))
        # A token belongs to the operation that issued it.
        self.key = hashlib.sha256(f"{service}:{action}".encode()).hexdigest()[:16]
        self.start = self.decode(read(config["input_token"]))

    def encode(self, start: int) -> str:
        return base64.b64encode(f"{self.key}:{start}".encode()).decode()

    def decode(self, token: str | None) -> int:
        if not token:
            return 0
        try:
            key, _, start = base64.b64decode(token, validate=True).decode().partition(":")
            if key == self.key and start.isdigit():
                return int(start)
        except (binascii.Error, UnicodeDecodeError):
            pass
        raise self.invalid_token()

    def invalid_token(self) -> InvalidToken:
        """The error that the model of the operation has for it; an operation without one has the error of its protocol."""
        model = get_service_model(self.service)
        errors = [shape.error_code for shape in model.operation_model(self.action).error_shapes]
        code = next(
            filter(INVALID_TOKEN.match, errors), "ValidationError" if model.protocol == "query" else "ValidationException"
        )
        if code == "InvalidNextTokenException" and self.service == "codedeploy":
            # https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_ListDeployments.html#API_ListDeployments_Errors
            return InvalidToken(code, "The next token was specified in an invalid format.")
        return InvalidToken(code, f"The specified {self.config['input_token']} is invalid.")

    def cut(self, result: dict[str, Any]) -> dict[str, Any]:
        keys = self.config["result_key"]
        keys = [keys] if isinstance(keys, str) else keys
        lists = {name: list(result[name]) for name in keys if result.get(name)}
        skip, room, total = self.start, self.size, sum(len(items) for items in lists.values())
        page = dict(result)
        for name, items in lists.items():
            page[name] = items[skip : skip + room]
            skip, room = max(0, skip - len(items)), room - len(page[name])
        end = self.start + self.size
        if end < total:
            page[self.config["output_token"]] = self.encode(end)
        if self.config.get("more_results"):
            page[self.config["more_results"]] = end < total
        return page


@wraps(BaseResponse)
def call_action(original: Callable[..., Any], self: Any) -> Any:
    service = self.boto3_service_name
    action = action_of(self) if service and paginators(service) else ""
    config = paginator_of(self.__class__, service, action) if action else None
    if config is None:
        return original(self)
    try:
        self.page = Page(self, service, action, config)
    except InvalidToken as error:
        return self.serialized(ActionResult(error))
    status, headers, body = original(self)
    if self.page is not None and status == 200 and isinstance(body, str) and body.startswith("{"):
        body = json.dumps(self.page.cut(json.loads(body)))
    return status, headers, body


@wraps(BaseResponse)
def serialized(original: Callable[..., Any], self: Any, action_result: ActionResult) -> Any:
    page: Page | None = getattr(self, "page", None)
    if page is not None and isinstance(action_result.result, dict):
        action_result = ActionResult(page.cut(action_result.result))
        self.page = None
    return original(self, action_result)
