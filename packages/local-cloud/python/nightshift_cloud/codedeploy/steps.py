"""The steps of an ECS deployment, in order. Each `yield` waits for the next tick.
https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-steps-ecs.html#deployment-steps-what-happens"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from moto.core.exceptions import ServiceException
from moto.ecs.models import ecs_backends

from ..cloud import cloud
from ..control.faults import InjectedFault
from ..ecs.task_sets import drain, make_primary, primary_of
from .appspec import InvalidAppSpec, parse_appspec
from .configs import require_config, shifted_percent
from .deployment import Deployment, Lifecycle, existing_service_of, routes_of
from .traffic import DeploymentFailed, update_refused

if TYPE_CHECKING:
    from moto.codedeploy.models import CodeDeployBackend
    from moto.ecs.models import Service

    from .traffic import Routes

# Seconds of AWS, measured with a small service on AWS: from the call to the start, and to switch a listener.
STARTING = 3
SWITCHING = 5
# https://docs.aws.amazon.com/codedeploy/latest/userguide/troubleshooting-ecs.html: "This time out period is 60 minutes."
INSTALL_MINUTES = 60
# https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-bluegreen.html#deployment-type-bluegreen-considerations:
# traffic continues to move for this time after a scaling event; a service that is not steady by then fails the deployment.
SCALING_MINUTES = 5


def run_deployment(backend: CodeDeployBackend, deployment: Deployment) -> Iterator[None]:
    yield from pause(STARTING)
    start(deployment, routes_of(backend, deployment))
    lifecycle = deployment.lifecycle
    lifecycle.complete("BeforeInstall")
    lifecycle.begin("Install")
    install(backend, deployment)
    yield from wait_until_steady(deployment)
    lifecycle.end("Install")
    lifecycle.complete("AfterInstall")
    yield from allow_test_traffic(backend, deployment)
    yield from wait_for_continue(deployment)
    lifecycle.complete("BeforeAllowTraffic")
    lifecycle.begin("AllowTraffic")
    yield from allow_traffic(backend, deployment)
    lifecycle.end("AllowTraffic")
    lifecycle.complete("AfterAllowTraffic")
    yield from terminate_original(backend, deployment)
    succeed(deployment)


def pause(seconds: int) -> Iterator[None]:
    since = cloud.clock.now()
    while cloud.clock.passed_since(since) < seconds:
        yield


def start(deployment: Deployment, routes: Routes) -> None:
    deployment.status, deployment.start_time = "InProgress", cloud.clock.now()
    deployment.lifecycle = Lifecycle(bool(routes.test))


def succeed(deployment: Deployment) -> None:
    deployment.status, deployment.complete_time = "Succeeded", cloud.clock.now()
    deployment.deployment_group.last_successful = deployment


def install(backend: CodeDeployBackend, deployment: Deployment) -> None:
    """Creates the replacement task set with the unused target group."""
    ecs = ecs_backends[backend.account_id][backend.region_name]
    service, routes = existing_service_of(backend, deployment), routes_of(backend, deployment)
    try:
        spec = parse_appspec(deployment.revision["appSpecContent"]["content"])
    except InvalidAppSpec as error:
        raise DeploymentFailed("INVALID_REVISION", str(error)) from error
    deployment.blue = primary_of(service)
    current = deployment.blue.load_balancers[0]["targetGroupArn"] if deployment.blue.load_balancers else None
    routes.require_behind_production(current)
    deployment.test_actions = routes.test_actions()
    balancer = {"containerName": spec.container_name, "containerPort": spec.container_port}
    drain_leftovers(service)
    try:
        cloud.faults.fail_internal_call("ecs", "CreateTaskSet")
        deployment.green = ecs.create_task_set(
            service.name,
            service.cluster_name,
            spec.task_definition,
            external_id=deployment.deployment_id,
            network_configuration=spec.network_configuration or service.network_configuration,
            load_balancers=[{"targetGroupArn": routes.other_than(current), **balancer}],
            capacity_provider_strategy=spec.capacity_provider_strategy,
            platform_version=spec.platform_version or service.platform_version,
            scale={"value": 100.0, "unit": "PERCENT"},
        )
    except (ServiceException, InjectedFault) as error:
        raise update_refused(error) from error
    deployment.green.startedBy = "CODE_DEPLOY"


def drain_leftovers(service: Service) -> None:
    """Deletes the task set of an earlier deployment that was stopped without a rollback."""
    for task_set in service.task_sets:
        if task_set.status == "ACTIVE":
            drain(service, task_set)


def is_steady(task_set: Any) -> bool:
    return bool(task_set.stabilityStatus == "STEADY_STATE")


def not_healthy_within(minutes: int) -> DeploymentFailed:
    return DeploymentFailed(
        "TIMEOUT",
        "The deployment timed out while waiting for the replacement task set to become healthy. "
        f"This time out period is {minutes} minutes.",
    )


def wait_until_steady(deployment: Deployment) -> Iterator[None]:
    since = cloud.clock.now()
    while not is_steady(deployment.green):
        if cloud.clock.passed_since(since) >= INSTALL_MINUTES * 60:
            raise not_healthy_within(INSTALL_MINUTES)
        yield


def allow_test_traffic(backend: CodeDeployBackend, deployment: Deployment) -> Iterator[None]:
    routes = routes_of(backend, deployment)
    if routes.test:
        deployment.lifecycle.begin("AllowTestTraffic")
        routes.allow_test(group_of(deployment.green))
        yield from pause(SWITCHING)
        deployment.lifecycle.end("AllowTestTraffic")
        deployment.lifecycle.complete("AfterAllowTestTraffic")


def group_of(task_set: Any) -> str:
    return str(task_set.load_balancers[0]["targetGroupArn"])


def wait_for_continue(deployment: Deployment) -> Iterator[None]:
    """https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_DeploymentReadyOption.html"""
    option = deployment.deployment_group.blue_green_deployment_configuration.get("deploymentReadyOption") or {}
    if option.get("actionOnTimeout") != "STOP_DEPLOYMENT":
        return
    minutes, since = option.get("waitTimeInMinutes") or 0, cloud.clock.now()
    deployment.status, deployment.waiting_for = "Ready", "READY_WAIT"
    while "READY_WAIT" not in deployment.continued:
        if cloud.clock.passed_since(since) >= minutes * 60:
            raise DeploymentFailed(
                "TIMEOUT",
                "The deployment timed out while waiting for a notification to continue. "
                f"This time out period is {minutes} minutes.",
                status="Stopped",
            )
        yield
    deployment.status, deployment.waiting_for = "InProgress", None


def allow_traffic(backend: CodeDeployBackend, deployment: Deployment) -> Iterator[None]:
    routing = require_config(backend, deployment.deployment_config_name).get("trafficRoutingConfig") or {"type": "AllAtOnce"}
    original, replacement = group_of(deployment.blue), group_of(deployment.green)
    since, moved, scaling = cloud.clock.now(), None, Scaling(deployment.green)
    while moved != 100:
        percent = shifted_percent(routing, cloud.clock.passed_since(since) / 60)
        if percent != moved:
            routes_of(backend, deployment).shift(original, replacement, percent)
            moved = percent
        scaling.update()
        yield
    make_primary(existing_service_of(backend, deployment), deployment.green)


class Scaling:
    """Detects changes of the desired count while traffic moves. Replaced tasks do not change it."""

    def __init__(self, task_set: Any) -> None:
        self.task_set, self.desired = task_set, task_set.computed_desired_count
        self.since: float | None = None

    def update(self) -> None:
        if self.task_set.computed_desired_count != self.desired:
            self.desired, self.since = self.task_set.computed_desired_count, cloud.clock.now()
        elif self.since is not None and is_steady(self.task_set):
            self.since = None
        elif self.since is not None and cloud.clock.passed_since(self.since) >= SCALING_MINUTES * 60:
            raise not_healthy_within(SCALING_MINUTES)


def terminate_original(backend: CodeDeployBackend, deployment: Deployment) -> Iterator[None]:
    """https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_BlueInstanceTerminationOption.html"""
    configuration = deployment.deployment_group.blue_green_deployment_configuration
    option = configuration.get("terminateBlueInstancesOnDeploymentSuccess") or {}
    if option.get("action", "TERMINATE") == "KEEP_ALIVE":
        return
    seconds, since = 60 * (option.get("terminationWaitTimeInMinutes") or 0), cloud.clock.now()
    deployment.instance_termination_wait_time_started, deployment.waiting_for = True, "TERMINATION_WAIT"
    while "TERMINATION_WAIT" not in deployment.continued and cloud.clock.passed_since(since) < seconds:
        yield
    deployment.waiting_for = None
    drain(existing_service_of(backend, deployment), deployment.blue)
