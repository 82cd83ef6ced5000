"""All services: an action that moto does not implement, or a request that crashes moto, gets a response with status 400.

moto responds with 500, which the AWS SDKs treat as an outage: the Terraform provider tries again 25 times with growing pauses,
which looks like a hang of an hour."""

import sys
import traceback
from collections.abc import Callable
from typing import Any

from moto.core.errors import COMMON_ERROR_CODES
from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult, BaseResponse

from .extending import wraps

CODE = "NotInLocalCloud"
# Every service can answer with it: moto warns of a code that is not one of the service.
COMMON_ERROR_CODES.append(CODE)


class NotInLocalCloud(ServiceException):
    code = CODE


class Crashed(ServiceException):
    """The code is that of the service."""


# Exceptions that moto raises for requests of an unexpected form.
CRASHES = (KeyError, IndexError, TypeError, ValueError, AttributeError)
CRASHED = (
    "The request is not valid, or the local cloud cannot process it. The log of the local cloud (server.log) has the details."
)
# The code of an invalid parameter. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/CommonErrors.html and the same page
# of the other services: JSON services say ValidationException, query services ValidationError.
INVALID = {
    "autoscaling": "ValidationError",
    "cloudwatch": "ValidationError",
    "ec2": "InvalidParameterValue",
    "ecr": "InvalidParameterException",
    "ecs": "InvalidParameterException",
    "elbv2": "ValidationError",
    "iam": "ValidationError",
    "logs": "InvalidParameterException",
    "resourcegroupstaggingapi": "InvalidParameterException",
    "s3": "InvalidRequest",
    "sns": "InvalidParameter",
    "sts": "ValidationError",
}


def describe(error: Exception) -> str:
    return f"the local cloud cannot do this: {type(error).__name__}: {error} (CONTRIBUTING.md says how to add it)"


def crash(service: str, error: Exception) -> ServiceException:
    if isinstance(error, CRASHES):
        return Crashed(INVALID.get(service, "ValidationException"), CRASHED)
    return NotInLocalCloud(describe(error))


@wraps(BaseResponse)
def call_action(original: Callable[..., Any], self: BaseResponse) -> Any:
    try:
        return original(self)
    except Exception as error:
        traceback.print_exc(file=sys.stderr)
        return self.serialized(ActionResult(crash(self.boto3_service_name, error)))


@wraps(BaseResponse, private="_transform_response")
def transform_response(original: Callable[..., Any], _self: BaseResponse, headers: dict[str, str], response: Any) -> Any:
    """A method of moto that only contains `pass` would answer 200 with an empty body."""
    if response is None:
        raise NotImplementedError("The action has no answer")
    return original(headers, response)
