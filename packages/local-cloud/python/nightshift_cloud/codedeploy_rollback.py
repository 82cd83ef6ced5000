"""A rollback is a deployment of its own. It makes no new tasks while the original ones are there: it gives them the traffic
back and ends the replacement.
https://docs.aws.amazon.com/codedeploy/latest/userguide/deployments-rollback-and-redeploy.html"""

from moto.codedeploy.models import DeploymentInfo

from .codedeploy_deployment import routes_of, service_of
from .codedeploy_steps import group_of, pause, start, succeed
from .ecs_task_sets import drain, make_primary

# https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html#deployment-configurations-predefined-ecs
ALL_AT_ONCE = "CodeDeployDefault.ECSAllAtOnce"
# Seconds of AWS that it takes to be over.
FINISHING = 10


def begin_rollback(backend, deployment):
    last_good = deployment.last_successful or deployment
    taken_back = DeploymentInfo(
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
    new, old = taken_back.deployment_id, deployment.deployment_id
    deployment.rollback_info = {
        "rollbackDeploymentId": new,
        "rollbackMessage": f"Deployment {old} terminated. Automatic rollback is triggered with a DeploymentId {new}.",
    }
    taken_back.rollback_info = {
        "rollbackTriggeringDeploymentId": old,
        "rollbackMessage": f"Deployment {new} is triggered to roll back deployment {old}.",
    }
    taken_back.blue, taken_back.green = deployment.blue, deployment.green
    taken_back.progress = take_back(backend, taken_back, deployment.test_actions)
    backend.deployments[new] = taken_back
    return taken_back


def take_back(backend, deployment, test_actions):
    routes = routes_of(backend, deployment)
    start(deployment, routes)
    lifecycle, service = deployment.lifecycle, service_of(backend, deployment)
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
