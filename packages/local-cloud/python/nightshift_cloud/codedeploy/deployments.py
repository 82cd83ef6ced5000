"""CodeDeploy: deployments, and the requests that CreateDeployment refuses.
https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_CreateDeployment.html"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from moto.codedeploy.exceptions import CodeDeployException
from moto.codedeploy.models import CodeDeployBackend
from moto.codedeploy.responses import CodeDeployResponse

from ..core import NotInLocalCloud
from ..extending import adds, wraps
from ..moto_private import parameter
from .appspec import InvalidAppSpec, parse_appspec
from .configs import require_config
from .deployment import is_over, service_of
from .progress import end
from .steps import run_deployment
from .traffic import DeploymentFailed

if TYPE_CHECKING:
    from moto.codedeploy.models import Application

MOST_IN_BATCH = 25


@wraps(CodeDeployBackend)
def get_application(original: Callable[..., Any], self: CodeDeployBackend, application_name: str) -> Application:
    if application_name not in self.applications:
        raise CodeDeployException("ApplicationDoesNotExistException", f"No application found for name: {application_name}")
    application: Application = original(self, application_name)
    return application


@wraps(CodeDeployBackend)
def get_deployment_group(
    original: Callable[..., Any], self: CodeDeployBackend, application_name: Any, deployment_group_name: Any
) -> Any:
    self.get_application(application_name)
    if deployment_group_name not in self.deployment_groups.get(application_name, {}):
        raise CodeDeployException(
            "DeploymentGroupDoesNotExistException", f"No Deployment Group found for name: {deployment_group_name}"
        )
    return original(self, application_name, deployment_group_name)


@wraps(CodeDeployBackend)
def get_deployment(original: Callable[..., Any], self: CodeDeployBackend, deployment_id: Any) -> Any:
    if deployment_id not in self.deployments:
        raise CodeDeployException("DeploymentDoesNotExistException", f"The deployment {deployment_id} could not be found")
    return original(self, deployment_id)


def refuse_revision(revision: Any) -> None:
    if not revision:
        raise CodeDeployException("RevisionRequiredException", "RevisionLocation must be specified")
    if revision.get("revisionType") != "AppSpecContent":
        raise NotInLocalCloud(
            f"the local cloud deploys revisions of type AppSpecContent only, got {revision.get('revisionType')}"
        )
    content = (revision.get("appSpecContent") or {}).get("content")
    if not content:
        raise CodeDeployException("InvalidRevisionException", "The revision was specified in an invalid format.")
    try:
        hooks = parse_appspec(content).hooks
    except InvalidAppSpec:
        return  # CodeDeploy reads it later, and then the deployment fails
    if hooks:
        raise NotInLocalCloud(f"the local cloud has no Lambda functions for hooks, got {', '.join(hooks)}")


def refuse_second(backend: Any, group: Any) -> None:
    for deployment in backend.deployments.values():
        if deployment.deployment_group is group and not is_over(deployment):
            raise CodeDeployException(
                "DeploymentLimitExceededException",
                f"The Deployment Group '{group.deployment_group_name}' already has an active Deployment "
                f"'{deployment.deployment_id}'",
            )


@wraps(CodeDeployBackend)
def create_deployment(
    original: Callable[..., Any],
    self: CodeDeployBackend,
    application_name: Any,
    deployment_group_name: Any,
    revision: Any,
    deployment_config_name: Any = None,
    *args: Any,
    **kwargs: Any,
) -> Any:
    group = self.get_deployment_group(application_name, deployment_group_name)
    refuse_revision(revision)
    if deployment_config_name:
        require_config(self, deployment_config_name)
    refuse_second(self, group)
    moto_id = original(self, application_name, deployment_group_name, revision, deployment_config_name, *args, **kwargs)
    deployment: Any = self.deployments[moto_id]
    service = service_of(self, deployment)
    if service is None or service.status != "ACTIVE":
        del self.deployments[moto_id]
        raise CodeDeployException("InvalidECSServiceException", "The Amazon ECS service identifier is not valid.")
    deployment.progress = run_deployment(self, deployment)
    return moto_id


@wraps(CodeDeployBackend)
def batch_get_deployments(original: Callable[..., Any], self: CodeDeployBackend, deployment_ids: Any) -> Any:
    if len(deployment_ids) > MOST_IN_BATCH:
        raise CodeDeployException(
            "BatchLimitExceededException",
            f"The maximum number of names or IDs allowed for this request ({MOST_IN_BATCH}) was exceeded.",
        )
    return original(self, deployment_ids)


def within(created: float, given: dict[str, Any]) -> bool:
    """`given` is a TimeRange. Either end may be missing."""
    start, end = (given[name].timestamp() if given.get(name) else None for name in ("start", "end"))
    return (start or 0) <= created <= (end or float("inf"))


@wraps(CodeDeployResponse)
def list_deployments(_original: Callable[..., Any], self: CodeDeployResponse) -> Any:
    """Newest first. moto's times are not those of the deployments here."""
    application, group = parameter(self, "applicationName"), parameter(self, "deploymentGroupName")
    if group:
        self.codedeploy_backend.get_deployment_group(application, group)
    elif application:
        self.codedeploy_backend.get_application(application)
    statuses, times = parameter(self, "includeOnlyStatuses"), parameter(self, "createTimeRange") or {}
    found: list[Any] = list(self.codedeploy_backend.deployments.values())
    fitting = [
        item
        for item in found
        if application in (None, item.application_name)
        and group in (None, item.deployment_group_name)
        and (not statuses or item.status in statuses)
        and within(item.create_time, times)
    ]
    fitting.sort(key=lambda item: item.create_time, reverse=True)
    return json.dumps({"deployments": [item.deployment_id for item in fitting]})


# CodeDeploy: requests to stop or continue a deployment in progress.
# https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_StopDeployment.html
# https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_ContinueDeployment.html


WAITS = ("READY_WAIT", "TERMINATION_WAIT")


def under_way(response: Any) -> Any:
    deployment = response.codedeploy_backend.get_deployment(parameter(response, "deploymentId"))
    if is_over(deployment):
        raise CodeDeployException("DeploymentAlreadyCompletedException", "The deployment is already complete.")
    return deployment


@adds(CodeDeployResponse)
def stop_deployment(self: CodeDeployResponse) -> str:
    """Without `autoRollbackEnabled`, the configuration of the deployment decides whether it is rolled back."""
    deployment = under_way(self)
    failure = DeploymentFailed("MANUAL_STOP", "The deployment was manually stopped.", status="Stopped")
    end(self.codedeploy_backend, deployment, failure, rollback=parameter(self, "autoRollbackEnabled"))
    message = "No more commands will be scheduled for execution in the deployment instances"
    return json.dumps({"status": "Succeeded", "statusMessage": message})


@adds(CodeDeployResponse)
def continue_deployment(self: CodeDeployResponse) -> str:
    wait = parameter(self, "deploymentWaitType") or "READY_WAIT"
    if wait not in WAITS:
        raise CodeDeployException("InvalidDeploymentWaitTypeException", "The wait type is invalid.")
    deployment = under_way(self)
    if deployment.waiting_for != wait:
        raise CodeDeployException(
            "DeploymentIsNotInReadyStateException", "The deployment does not have a status of Ready and can't continue yet."
        )
    deployment.continued.add(wait)
    return "{}"
