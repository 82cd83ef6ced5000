"""CodeDeploy: the target of an ECS deployment, which is the service, with its lifecycle events and its two task sets.
https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_ECSTarget.html"""

import json
from typing import Any

from moto.codedeploy.exceptions import CodeDeployException
from moto.codedeploy.responses import CodeDeployResponse

from ..extending import adds
from ..moto_private import parameter
from .deployment import routes_of, service_of
from .steps import group_of
from .traffic import DeploymentFailed

# https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_ECSTarget.html: status
TARGET_STATUS = {"Created": "Pending", "Stopped": "Failed"}


def target_id_of(deployment: Any) -> str:
    [service] = deployment.deployment_group.ecs_services
    return f"{service['clusterName']}:{service['serviceName']}"


def started(backend: Any, deployment_id: str) -> Any:
    deployment = backend.get_deployment(deployment_id)
    if deployment.lifecycle is None:
        raise CodeDeployException("DeploymentNotStartedException", "The specified deployment has not started.")
    return deployment


def require_target(deployment: Any, target_id: Any) -> None:
    if target_id != target_id_of(deployment):
        raise CodeDeployException(
            "DeploymentTargetDoesNotExistException",
            "The provided target ID does not belong to the attempted deployment.",
        )


def weights_of(backend: Any, deployment: Any) -> dict[str, float]:
    try:
        return routes_of(backend, deployment).weights()
    except DeploymentFailed:
        return {}  # its listener is gone


def task_set_info(task_set: Any, label: str, weights: dict[str, float], balancing: Any) -> dict[str, Any]:
    arn = group_of(task_set)
    return {
        "identifer": task_set.id,  # spelled like this by AWS
        "desiredCount": task_set.computed_desired_count,
        "pendingCount": task_set.pending_count,
        "runningCount": task_set.running_count,
        "status": task_set.status,
        "trafficWeight": weights.get(arn, 0.0),
        "targetGroup": {"name": balancing.target_groups[arn].name if arn in balancing.target_groups else ""},
        "taskSetLabel": label,
    }


def target_of(backend: Any, deployment: Any) -> dict[str, Any]:
    weights, balancing = weights_of(backend, deployment), routes_of(backend, deployment).balancing
    service = service_of(backend, deployment)
    sets = [(deployment.blue, "Blue"), (deployment.green, "Green")]
    target = {
        "deploymentId": deployment.deployment_id,
        "targetId": target_id_of(deployment),
        "targetArn": service.arn if service else "",
        "lastUpdatedAt": deployment.lifecycle.updated_at,
        "lifecycleEvents": deployment.lifecycle.events,
        "status": TARGET_STATUS.get(deployment.status, deployment.status),
        "taskSetsInfo": [task_set_info(task_set, label, weights, balancing) for task_set, label in sets if task_set is not None],
    }
    return {"deploymentTargetType": "ECSTarget", "ecsTarget": target}


@adds(CodeDeployResponse)
def list_deployment_targets(self: CodeDeployResponse) -> str:
    deployment = started(self.codedeploy_backend, parameter(self, "deploymentId"))
    return json.dumps({"targetIds": [target_id_of(deployment)]})


@adds(CodeDeployResponse)
def get_deployment_target(self: CodeDeployResponse) -> str:
    deployment = started(self.codedeploy_backend, parameter(self, "deploymentId"))
    require_target(deployment, parameter(self, "targetId"))
    return json.dumps({"deploymentTarget": target_of(self.codedeploy_backend, deployment)})


@adds(CodeDeployResponse)
def batch_get_deployment_targets(self: CodeDeployResponse) -> str:
    deployment = started(self.codedeploy_backend, parameter(self, "deploymentId"))
    targets = []
    for target_id in parameter(self, "targetIds") or []:
        require_target(deployment, target_id)
        targets.append(target_of(self.codedeploy_backend, deployment))
    return json.dumps({"deploymentTargets": targets})
