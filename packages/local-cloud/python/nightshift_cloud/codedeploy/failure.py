"""Why a deployment ends before its time.
https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_ErrorInformation.html"""

from __future__ import annotations

import uuid
from typing import Any


class DeploymentFailed(Exception):
    """It ends as Failed, or as Stopped where somebody or something has stopped it."""

    def __init__(self, code: str, message: str, status: str = "Failed") -> None:
        super().__init__(message)
        self.code, self.message, self.status = code, message, status


def update_refused(error: Any) -> DeploymentFailed:
    """ECS has refused what CodeDeploy asked of it; AWS passes its SDK's sentence on."""
    code = getattr(error, "error_type", None) or getattr(error, "code", "InvalidParameterException")
    return DeploymentFailed(
        "ECS_UPDATE_ERROR",
        f"The ECS service cannot be updated due to an unexpected error: {error.message} (Service: AmazonECS; Status Code: 400; "
        f"Error Code: {code}; Request ID: {uuid.uuid4()}; Proxy: null). Check your ECS service status.",
    )
