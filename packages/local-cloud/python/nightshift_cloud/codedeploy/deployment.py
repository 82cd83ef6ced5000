"""A deployment: its stored state and its representation in the API.
https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_DeploymentInfo.html"""

from __future__ import annotations

import hashlib
import secrets
import string
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from moto.codedeploy import responses
from moto.codedeploy.models import DeploymentInfo
from moto.ecs.models import ecs_backends

from ..cloud import cloud
from ..extending import wraps
from ..moto_private import DEPLOYMENT_INFO
from .traffic import Routes

if TYPE_CHECKING:
    from moto.codedeploy.models import CodeDeployBackend
    from moto.ecs.models import Service

    from .traffic import Routes

ENDED = ("Succeeded", "Failed", "Stopped")


def new_id() -> str:
    return "d-" + "".join(secrets.choice(string.ascii_uppercase + string.digits) for _ in range(9))


@wraps(DeploymentInfo)
def __init__(original: Callable[..., Any], self: Any, *args: Any, **kwargs: Any) -> None:
    """moto stores neither the progress of a deployment nor the settings that it inherits from its group."""
    original(self, *args, **kwargs)
    group = self.deployment_group
    self.deployment_id = new_id()
    self.create_time = cloud.clock.now()
    self.deployment_config_name = self.deployment_config_name or group.deployment_config_name
    self.auto_rollback_configuration = self.auto_rollback_configuration or group.auto_rollback_configuration
    self.error_information = self.rollback_info = self.lifecycle = None
    self.last_successful = getattr(group, "last_successful", None)
    group.last_attempted = self
    # The remaining steps, as a generator that advances once per tick; None when the deployment has ended.
    self.progress = None
    # The original task set and the replacement task set.
    self.blue = self.green = None
    self.test_actions = {}
    # The wait that ContinueDeployment ends, and the waits that it has ended.
    self.waiting_for, self.continued = None, set()


class Deployment(DeploymentInfo):
    """moto's deployment with the attributes that `__init__` above adds. For type checks only: moto creates all deployments."""

    application: Any
    create_time: Any
    start_time: Any
    complete_time: Any
    revision: Any
    error_information: dict[str, str] | None
    rollback_info: dict[str, str] | None
    lifecycle: Any
    progress: Iterator[None] | None
    last_successful: Deployment | None
    deployment_group: Any
    deployment_config_name: Any
    blue: Any
    green: Any
    test_actions: dict[str, list[dict[str, Any]]]
    waiting_for: str | None
    continued: set[str]
    override_alarm_configuration: Any
    auto_rollback_configuration: Any
    instance_termination_wait_time_started: Any


def is_over(deployment: Deployment) -> bool:
    return deployment.status in ENDED


def service_of(backend: CodeDeployBackend, deployment: Deployment) -> Service | None:
    """The ECS service that the group deploys, or None."""
    for named in deployment.deployment_group.ecs_services:
        services = ecs_backends[backend.account_id][backend.region_name].services
        return services.get(f"{named['clusterName'].rpartition('/')[2]}:{named['serviceName'].rpartition('/')[2]}")
    return None


def existing_service_of(backend: CodeDeployBackend, deployment: Deployment) -> Service:
    """The service, for the steps of a deployment. Each step runs after a check that the service exists."""
    service = service_of(backend, deployment)
    assert service is not None
    return service


def routes_of(backend: CodeDeployBackend, deployment: Deployment) -> Routes:
    return Routes(backend, deployment.deployment_group)


def rolls_back_on(deployment: Deployment, event: str) -> bool:
    configuration = deployment.auto_rollback_configuration or {}
    return bool(configuration.get("enabled")) and event in (configuration.get("events") or [])


def alarms_of(deployment: Deployment) -> list[Any]:
    """Names of the alarms. The alarm configuration of the deployment overrides that of its group."""
    configuration = deployment.override_alarm_configuration or deployment.deployment_group.alarm_configuration or {}
    if not configuration.get("enabled"):
        return []
    return [alarm["name"] for alarm in configuration.get("alarms") or []]


def revision_of(deployment: Any) -> Any:
    """The API returns only the hash of the content: https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_GetDeployment.html"""
    revision = deployment.revision or {}
    content = (revision.get("appSpecContent") or {}).get("content")
    if content is None:
        return revision
    return {**revision, "appSpecContent": {"sha256": hashlib.sha256(content.encode()).hexdigest()}}


def with_waits(configuration: dict[str, Any] | None) -> dict[str, Any] | None:
    """CodeDeploy returns the minutes of both waits, also those that nobody set. `aws ecs deploy` reads them.
    https://github.com/aws/aws-cli/blob/develop/awscli/customizations/ecs/deploy.py"""
    if not configuration:
        return configuration
    waits = {
        "deploymentReadyOption": "waitTimeInMinutes",
        "terminateBlueInstancesOnDeploymentSuccess": "terminationWaitTimeInMinutes",
    }
    options = {name: {minutes: 0, **configuration[name]} for name, minutes in waits.items() if configuration.get(name)}
    return {**configuration, **options}


@wraps(responses, DEPLOYMENT_INFO)
def deployment_info(_original: Callable[..., Any], self: Any) -> Any:
    """ECS deployments have no `deploymentOverview`, which counts instances."""
    group = self.deployment_group
    shown = {
        "applicationName": self.application_name,
        "deploymentGroupName": self.deployment_group_name,
        "deploymentConfigName": str(self.deployment_config_name),
        "deploymentId": self.deployment_id,
        "previousRevision": revision_of(self.last_successful) if self.last_successful else None,
        "revision": revision_of(self),
        "status": self.status,
        "errorInformation": self.error_information,
        "createTime": self.create_time,
        "startTime": self.start_time,
        "completeTime": self.complete_time,
        "description": self.description,
        "creator": self.creator,
        "ignoreApplicationStopFailures": bool(self.ignore_application_stop_failures),
        "autoRollbackConfiguration": self.auto_rollback_configuration,
        "updateOutdatedInstancesOnly": bool(self.update_outdated_instances_only),
        "rollbackInfo": self.rollback_info,
        "deploymentStyle": group.deployment_style,
        "instanceTerminationWaitTimeStarted": self.instance_termination_wait_time_started,
        "blueGreenDeploymentConfiguration": with_waits(group.blue_green_deployment_configuration),
        "loadBalancerInfo": group.load_balancer_info,
        "fileExistsBehavior": self.file_exists_behavior or "DISALLOW",
        "deploymentStatusMessages": self.deployment_status_messages,
        "computePlatform": self.application.compute_platform,
        "overrideAlarmConfiguration": self.override_alarm_configuration,
    }
    return {name: value for name, value in shown.items() if value is not None}


# The lifecycle events of an ECS deployment, in their order.
# https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-hooks.html#reference-appspec-file-structure-hooks-run-order-ecs


EVENTS = (
    "BeforeInstall",
    "Install",
    "AfterInstall",
    "AllowTestTraffic",
    "AfterAllowTestTraffic",
    "BeforeAllowTraffic",
    "AllowTraffic",
    "AfterAllowTraffic",
)
ONLY_WITH_TEST_LISTENER = ("AllowTestTraffic", "AfterAllowTestTraffic")


class Lifecycle:
    """Events start and end in order; a failed event is the last one."""

    def __init__(self, with_test_listener: bool) -> None:
        names = [name for name in EVENTS if with_test_listener or name not in ONLY_WITH_TEST_LISTENER]
        self.events: list[dict[str, Any]] = [{"lifecycleEventName": name, "status": "Pending"} for name in names]
        self.updated_at = cloud.clock.now()

    def event(self, name: str) -> dict[str, Any]:
        return next(event for event in self.events if event["lifecycleEventName"] == name)

    def begin(self, name: str) -> None:
        self.updated_at = cloud.clock.now()
        self.event(name).update(status="InProgress", startTime=self.updated_at)

    def end(self, name: str) -> None:
        self.updated_at = cloud.clock.now()
        self.event(name).update(status="Succeeded", endTime=self.updated_at)

    def complete(self, name: str) -> None:
        """An event without a duration, since there are no hooks."""
        self.begin(name)
        self.end(name)

    def fail(self, message: str | None = None) -> None:
        """Fails the current event, or the next one if none is in progress, and skips those after it."""
        self.updated_at = cloud.clock.now()
        open_events = [event for event in self.events if event["status"] in ("InProgress", "Pending")]
        for event in open_events[1:]:
            event["status"] = "Skipped"
        for event in open_events[:1]:
            event.update(status="Failed", endTime=self.updated_at)
            event.setdefault("startTime", self.updated_at)
            if message:
                event["diagnostics"] = {"errorCode": "UnknownError", "scriptName": "", "message": message, "logTail": ""}
