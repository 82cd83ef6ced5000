"""KMS: the rotation period of a key, which moto does not store.
https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html"""

import json
from collections.abc import Callable
from typing import Any

from moto.kms.responses import KmsResponse

from .extending import wraps
from .moto_private import parameter

DEFAULT_PERIOD_DAYS = 365


def key_of(response: Any) -> Any:
    backend = response.kms_backend
    return backend.keys[backend.get_key_id(parameter(response, "KeyId"))]


@wraps(KmsResponse)
def enable_key_rotation(original: Callable[..., Any], self: KmsResponse) -> Any:
    answer = original(self)
    key_of(self).rotation_period_days = parameter(self, "RotationPeriodInDays") or DEFAULT_PERIOD_DAYS
    return answer


@wraps(KmsResponse)
def get_key_rotation_status(original: Callable[..., Any], self: KmsResponse) -> Any:
    status = json.loads(original(self))
    key = key_of(self)
    status["KeyId"] = key.id
    if status["KeyRotationEnabled"]:
        status["RotationPeriodInDays"] = getattr(key, "rotation_period_days", DEFAULT_PERIOD_DAYS)
    return json.dumps(status)
