"""CodeDeploy deployment configurations: the predefined ones and those of the account.
https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html"""

from __future__ import annotations

import json
import time
import uuid
from typing import TYPE_CHECKING, Any

from moto.codedeploy.exceptions import CodeDeployException
from moto.codedeploy.responses import CodeDeployResponse

from ..extending import adds
from ..moto_private import parameter

if TYPE_CHECKING:
    from moto.codedeploy.models import CodeDeployBackend

KEPT = ("minimumHealthyHosts", "trafficRoutingConfig", "zonalConfig")


def predefined_ecs(name: str, kind: str, **shift: Any) -> dict[str, Any]:
    routing: dict[str, Any] = {"type": kind}
    if shift:
        routing[kind[0].lower() + kind[1:]] = shift
    return {
        "deploymentConfigName": f"CodeDeployDefault.{name}",
        "computePlatform": "ECS",
        "trafficRoutingConfig": routing,
    }


PREDEFINED = {
    config["deploymentConfigName"]: config
    for config in (
        predefined_ecs("ECSAllAtOnce", "AllAtOnce"),
        predefined_ecs("ECSLinear10PercentEvery1Minutes", "TimeBasedLinear", linearPercentage=10, linearInterval=1),
        predefined_ecs("ECSLinear10PercentEvery3Minutes", "TimeBasedLinear", linearPercentage=10, linearInterval=3),
        predefined_ecs("ECSCanary10Percent5Minutes", "TimeBasedCanary", canaryPercentage=10, canaryInterval=5),
        predefined_ecs("ECSCanary10Percent15Minutes", "TimeBasedCanary", canaryPercentage=10, canaryInterval=15),
        *(
            {"deploymentConfigName": f"CodeDeployDefault.{name}", "computePlatform": "Server"}
            for name in ("AllAtOnce", "HalfAtATime", "OneAtATime")
        ),
    )
}


def custom_configs(backend: CodeDeployBackend) -> dict[Any, Any]:
    store: dict[str, dict[str, Any]] = backend.__dict__.setdefault("deployment_configs", {})
    return store


def require_config(backend: CodeDeployBackend, name: str) -> dict[str, Any]:
    config: dict[str, Any] | None = {**PREDEFINED, **custom_configs(backend)}.get(name)
    if config is None:
        raise CodeDeployException("DeploymentConfigDoesNotExistException", f"No deployment configuration found for name: {name}")
    return config


@adds(CodeDeployResponse)
def create_deployment_config(self: CodeDeployResponse) -> str:
    backend, name = self.codedeploy_backend, parameter(self, "deploymentConfigName")
    if name in PREDEFINED or name in custom_configs(backend):
        raise CodeDeployException(
            "DeploymentConfigAlreadyExistsException",
            f"The deployment configuration named {name} already exists.",
        )
    config = {
        "deploymentConfigId": str(uuid.uuid4()),
        "deploymentConfigName": name,
        "computePlatform": parameter(self, "computePlatform") or "Server",
        "createTime": time.time(),
    }
    config.update({key: parameter(self, key) for key in KEPT if parameter(self, key) is not None})
    custom_configs(backend)[name] = config
    return json.dumps({"deploymentConfigId": config["deploymentConfigId"]})


@adds(CodeDeployResponse)
def get_deployment_config(self: CodeDeployResponse) -> str:
    config = require_config(self.codedeploy_backend, parameter(self, "deploymentConfigName"))
    return json.dumps({"deploymentConfigInfo": config})


@adds(CodeDeployResponse)
def list_deployment_configs(self: CodeDeployResponse) -> str:
    names = [*PREDEFINED, *custom_configs(self.codedeploy_backend)]
    return json.dumps({"deploymentConfigsList": sorted(names)})


@adds(CodeDeployResponse)
def delete_deployment_config(self: CodeDeployResponse) -> str:
    backend, name = self.codedeploy_backend, parameter(self, "deploymentConfigName")
    groups = [group for groups in backend.deployment_groups.values() for group in groups.values()]
    if any(group.deployment_config_name == name for group in groups):
        raise CodeDeployException("DeploymentConfigInUseException", f"The deployment configuration {name} is still in use.")
    custom_configs(backend).pop(name, None)
    return "{}"


# The traffic routing of a deployment configuration.
# https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_TrafficRoutingConfig.html


def shifted_percent(routing: dict[str, Any], minutes: float) -> int:
    """The share of the new version at this time after the start of the shift. An increment moves at the start of its
    interval, so the first one moves immediately."""
    if routing["type"] == "TimeBasedCanary":
        canary = routing["timeBasedCanary"]
        return int(canary["canaryPercentage"]) if minutes < canary["canaryInterval"] else 100
    if routing["type"] == "TimeBasedLinear":
        linear = routing["timeBasedLinear"]
        increments = int(minutes // linear["linearInterval"]) + 1
        return int(min(100, increments * linear["linearPercentage"]))
    return 100
