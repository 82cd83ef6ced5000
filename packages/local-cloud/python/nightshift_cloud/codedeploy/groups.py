"""CodeDeploy: applications and deployment groups that can be read back, changed and deleted.
https://docs.aws.amazon.com/codedeploy/latest/APIReference/Welcome.html"""

import json
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from moto.codedeploy import responses
from moto.codedeploy.exceptions import CodeDeployException
from moto.codedeploy.models import Application, CodeDeployBackend
from moto.codedeploy.responses import CodeDeployResponse
from moto.core.utils import camelcase_to_underscores
from moto.ecs.models import ecs_backends

from ..extending import adds, wraps
from ..moto_private import DEPLOYMENT_GROUP_INFO, deployment_group_info, parameter
from .configs import require_config
from .deployment import Deployment, with_waits

MOST_ALARMS = 10
MOST_IN_BATCH = 100

CHANGEABLE = (
    "deploymentConfigName",
    "serviceRoleArn",
    "triggerConfigurations",
    "alarmConfiguration",
    "autoRollbackConfiguration",
    "outdatedInstancesStrategy",
    "deploymentStyle",
    "blueGreenDeploymentConfiguration",
    "loadBalancerInfo",
    "ecsServices",
)


@wraps(Application)
def __init__(original: Callable[..., Any], self: Any, *args: Any, **kwargs: Any) -> None:
    """Times in the API are numbers. moto returns text, which the Go SDK cannot parse."""
    original(self, *args, **kwargs)
    self.create_time = time.time()
    self.compute_platform = self.compute_platform or "Server"


def summary_of(deployment: Deployment | None) -> dict[str, Any]:
    """https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_LastDeploymentInfo.html"""
    if deployment is None:
        return {}
    shown = {
        "deploymentId": deployment.deployment_id,
        "status": deployment.status,
        "createTime": deployment.create_time,
        "endTime": deployment.complete_time,
    }
    return {name: value for name, value in shown.items() if value is not None}


@wraps(responses, DEPLOYMENT_GROUP_INFO)
def group_info(original: Callable[..., Any], self: Any) -> Any:
    answered = original(self)
    answered["blueGreenDeploymentConfiguration"] = with_waits(self.blue_green_deployment_configuration)
    answered["alarmConfiguration"] = self.alarm_configuration or {}
    answered["lastSuccessfulDeployment"] = summary_of(getattr(self, "last_successful", None))
    answered["lastAttemptedDeployment"] = summary_of(getattr(self, "last_attempted", None))
    return answered


def refuse_invalid_group(backend: CodeDeployBackend, given: Callable[[str], Any]) -> None:
    """`given` returns the value of a parameter by its name."""
    if given("deploymentConfigName"):
        require_config(backend, given("deploymentConfigName"))
    if len((given("alarmConfiguration") or {}).get("alarms") or []) > MOST_ALARMS:
        raise CodeDeployException(
            "AlarmsLimitExceededException",
            f"The maximum number of alarms for a deployment group ({MOST_ALARMS}) was exceeded.",
        )
    services = ecs_backends[backend.account_id][backend.region_name].services
    for named in given("ecsServices") or []:
        service = services.get(f"{named['clusterName']}:{named['serviceName']}")
        if service and service.deployment_controller["type"] != "CODE_DEPLOY":
            raise CodeDeployException(
                "InvalidECSServiceException",
                "Deployment group's ECS service must be configured for a CODE_DEPLOY deployment controller.",
            )


def arn_of(backend: CodeDeployBackend, kind: str, name: str) -> str:
    return f"arn:aws:codedeploy:{backend.region_name}:{backend.account_id}:{kind}:{name}"


@wraps(CodeDeployResponse)
def create_deployment_group(original: Callable[..., Any], self: CodeDeployResponse) -> Any:
    refuse_invalid_group(self.codedeploy_backend, partial(parameter, self))
    return original(self)


@adds(CodeDeployResponse)
def batch_get_deployment_groups(self: CodeDeployResponse) -> str:
    """https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_BatchGetDeploymentGroups.html"""
    application, names = parameter(self, "applicationName"), parameter(self, "deploymentGroupNames") or []
    self.codedeploy_backend.get_application(application)
    if len(names) > MOST_IN_BATCH:
        raise CodeDeployException(
            "BatchLimitExceededException",
            f"The maximum number of names or IDs allowed for this request ({MOST_IN_BATCH}) was exceeded.",
        )
    groups: dict[str, Any] = self.codedeploy_backend.deployment_groups.get(application, {})
    answer: dict[str, Any] = {"deploymentGroupsInfo": [deployment_group_info(groups[name]) for name in names if name in groups]}
    missing = [name for name in names if name not in groups]
    if missing:
        answer["errorMessage"] = f"No Deployment Group found for name: {', '.join(missing)}"
    return json.dumps(answer)


@adds(CodeDeployResponse)
def update_deployment_group(self: CodeDeployResponse) -> str:
    given, backend = partial(parameter, self), self.codedeploy_backend
    application, name = given("applicationName"), given("currentDeploymentGroupName")
    new_name = given("newDeploymentGroupName")
    group = backend.get_deployment_group(application, name)
    refuse_invalid_group(backend, given)
    for changed in CHANGEABLE:
        if given(changed) is not None:
            setattr(group, camelcase_to_underscores(changed), given(changed))
    if new_name:
        group.deployment_group_name = new_name
        groups = backend.deployment_groups[application]
        groups[new_name] = groups.pop(name)
    return json.dumps({"hooksNotCleanedUp": []})


@adds(CodeDeployResponse)
def delete_deployment_group(self: CodeDeployResponse) -> str:
    backend, application = self.codedeploy_backend, parameter(self, "applicationName")
    name = parameter(self, "deploymentGroupName")
    backend.deployment_groups.get(application, {}).pop(name, None)
    backend.tagger.delete_all_tags_for_resource(arn_of(backend, "deploymentgroup", f"{application}/{name}"))
    return json.dumps({"hooksNotCleanedUp": []})


@adds(CodeDeployResponse)
def update_application(self: CodeDeployResponse) -> str:
    backend, name = self.codedeploy_backend, parameter(self, "applicationName")
    application = backend.get_application(name)
    application.application_name = parameter(self, "newApplicationName")
    tables: tuple[dict[str, Any], ...] = (backend.applications, backend.deployment_groups)
    for named in tables:
        if name in named:
            named[application.application_name] = named.pop(name)
    return "{}"


@adds(CodeDeployResponse)
def delete_application(self: CodeDeployResponse) -> str:
    """Deletes the deployment groups too. Succeeds if the application does not exist."""
    backend, name = self.codedeploy_backend, parameter(self, "applicationName")
    backend.applications.pop(name, None)
    backend.deployment_groups.pop(name, None)
    backend.tagger.delete_all_tags_for_resource(arn_of(backend, "application", name))
    return "{}"
