"""The tick of CodeDeploy: checks alarms, advances deployments, and stops and rolls back those that fail.
https://docs.aws.amazon.com/codedeploy/latest/userguide/deployments-rollback-and-redeploy.html"""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from moto.cloudwatch.models import cloudwatch_backends
from moto.codedeploy.models import DeploymentInfo, codedeploy_backends

from ..cloud import cloud, existing
from ..ecs.task_sets import drain, make_primary
from .deployment import Deployment, alarms_of, existing_service_of, is_over, rolls_back_on, routes_of, service_of
from .steps import group_of, pause, start, succeed
from .traffic import DeploymentFailed

if TYPE_CHECKING:
    from moto.codedeploy.models import CodeDeployBackend


@cloud.clock.on_tick
def tick() -> None:
    for backend in existing(codedeploy_backends):
        for deployment in list(backend.deployments.values()):
            if deployment.progress is not None:
                advance(backend, deployment)


def advance(backend: CodeDeployBackend, deployment: Deployment) -> None:
    try:
        require_service(backend, deployment)
        require_no_alarm(backend, deployment)
        if deployment.progress is not None:
            next(deployment.progress, None)
    except DeploymentFailed as failure:
        end(backend, deployment, failure)
    except Exception as error:
        traceback.print_exc()
        end(backend, deployment, DeploymentFailed("INTERNAL_ERROR", f"There was an internal error: {error!r}"))
    if is_over(deployment):
        deployment.progress = None


def require_service(backend: CodeDeployBackend, deployment: Deployment) -> None:
    service = service_of(backend, deployment)
    if service is None or service.status != "ACTIVE":
        raise DeploymentFailed("INVALID_ECS_SERVICE", "The Amazon ECS service does not exist or is not active.")


def require_no_alarm(backend: CodeDeployBackend, deployment: Deployment) -> None:
    """Alarms apply until the original tasks are terminated. They do not stop a rollback, which one of them has caused."""
    if deployment.creator == "codeDeployRollback":
        return
    known = cloudwatch_backends[backend.account_id][backend.region_name].alarms
    active = [name for name in alarms_of(deployment) if name in known and known[name].state_value == "ALARM"]
    if active:
        raise DeploymentFailed(
            "ALARM_ACTIVE",
            "One or more alarms have been activated according to the Amazon CloudWatch metrics you selected, and the affected "
            f"deployments have been stopped. Activated alarms: {' '.join(f'<{name}>' for name in active)}",
            status="Stopped",
        )


def event_of(failure: DeploymentFailed) -> str:
    if failure.code == "ALARM_ACTIVE":
        return "DEPLOYMENT_STOP_ON_ALARM"
    return "DEPLOYMENT_STOP_ON_REQUEST" if failure.code == "MANUAL_STOP" else "DEPLOYMENT_FAILURE"


def end(backend: CodeDeployBackend, deployment: Deployment, failure: DeploymentFailed, rollback: bool | None = None) -> None:
    """`rollback` overrides the configuration of the deployment."""
    if rollback is None:
        rollback = rolls_back_on(deployment, event_of(failure))
    deployment.status, deployment.complete_time = failure.status, cloud.clock.now()
    deployment.error_information = {"code": failure.code, "message": failure.message}
    deployment.progress = deployment.waiting_for = None
    if deployment.lifecycle:
        deployment.lifecycle.fail(failure.message)
    if rollback and deployment.creator != "codeDeployRollback":
        # Immediately, so that no client sees a stopped deployment whose traffic is still shifted.
        advance(backend, begin_rollback(backend, deployment))


# A rollback is a separate deployment. While the original tasks run, it starts no tasks: it shifts the traffic back and
# terminates the replacement.
# https://docs.aws.amazon.com/codedeploy/latest/userguide/deployments-rollback-and-redeploy.html


# https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html#deployment-configurations-predefined-ecs
ALL_AT_ONCE = "CodeDeployDefault.ECSAllAtOnce"
# Seconds of AWS until the rollback has ended.
FINISHING = 10


def begin_rollback(backend: CodeDeployBackend, deployment: Deployment) -> Deployment:
    last_good = deployment.last_successful or deployment
    rollback: Any = DeploymentInfo(
        deployment.application,
        deployment.deployment_group,
        last_good.revision,
        ALL_AT_ONCE,
        None,
        False,
        None,
        deployment.auto_rollback_configuration,
        False,
        None,
        None,
        "codeDeployRollback",
    )
    new, old = rollback.deployment_id, deployment.deployment_id
    deployment.rollback_info = {
        "rollbackDeploymentId": new,
        "rollbackMessage": f"Deployment {old} terminated. Automatic rollback is triggered with a DeploymentId {new}.",
    }
    rollback.rollback_info = {
        "rollbackTriggeringDeploymentId": old,
        "rollbackMessage": f"Deployment {new} is triggered to roll back deployment {old}.",
    }
    rollback.blue, rollback.green = deployment.blue, deployment.green
    rollback.progress = roll_back(backend, rollback, deployment.test_actions)
    backend.deployments[new] = rollback
    result: Deployment = rollback
    return result


def roll_back(backend: CodeDeployBackend, deployment: Deployment, test_actions: dict[str, Any]) -> Iterator[None]:
    routes = routes_of(backend, deployment)
    start(deployment, routes)
    lifecycle, service = deployment.lifecycle, existing_service_of(backend, deployment)
    for name in [event["lifecycleEventName"] for event in lifecycle.events]:
        lifecycle.begin(name)
        if name == "AllowTestTraffic":
            routes.restore_test(test_actions)
        if name == "AllowTraffic" and deployment.green:
            routes.shift(group_of(deployment.green), group_of(deployment.blue), 100)
            make_primary(service, deployment.blue)
            drain(service, deployment.green)
            yield from pause(FINISHING)
        lifecycle.end(name)
    succeed(deployment)
