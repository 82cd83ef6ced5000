"""All services: an action that moto lacks, or crashes in, answers 400 and says so.

moto answers 500, which the AWS SDKs take for an outage: the Terraform provider tries again 25 times with growing pauses,
which looks like a hang of an hour."""

import sys
import traceback
import warnings
from collections.abc import Callable
from typing import Any

from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult, BaseResponse

from .extending import wraps

CODE = "NotInLocalCloud"


# moto warns that the code is none of the service's own.
warnings.filterwarnings("ignore", message=rf"Exception\({CODE}\)")


class NotInLocalCloud(ServiceException):
    code = CODE


def describe(error: Exception) -> str:
    return f"the local cloud cannot do this: {type(error).__name__}: {error} (docs/local-cloud.md says how to add it)"


@wraps(BaseResponse)
def call_action(original: Callable[..., Any], self: BaseResponse) -> Any:
    try:
        return original(self)
    except Exception as error:
        traceback.print_exc(file=sys.stderr)
        return self.serialized(ActionResult(NotInLocalCloud(describe(error))))
