"""CodeDeploy: what somebody says to a deployment that is under way.
https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_StopDeployment.html
https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_ContinueDeployment.html"""

import json

from moto.codedeploy.exceptions import CodeDeployException
from moto.codedeploy.responses import CodeDeployResponse

from .codedeploy_deployment import is_over
from .codedeploy_failure import DeploymentFailed
from .codedeploy_progress import end
from .extending import adds

WAITS = ("READY_WAIT", "TERMINATION_WAIT")


def under_way(response):
    deployment = response.codedeploy_backend.get_deployment(response._get_param("deploymentId"))
    if is_over(deployment):
        raise CodeDeployException("DeploymentAlreadyCompletedException", "The deployment is already complete.")
    return deployment


@adds(CodeDeployResponse)
def stop_deployment(self):
    """Without `autoRollbackEnabled` the deployment's own configuration says whether it is rolled back."""
    deployment = under_way(self)
    failure = DeploymentFailed("MANUAL_STOP", "The deployment was manually stopped.", status="Stopped")
    end(self.codedeploy_backend, deployment, failure, rollback=self._get_param("autoRollbackEnabled"))
    message = "No more commands will be scheduled for execution in the deployment instances"
    return json.dumps({"status": "Succeeded", "statusMessage": message})


@adds(CodeDeployResponse)
def continue_deployment(self):
    wait = self._get_param("deploymentWaitType") or "READY_WAIT"
    if wait not in WAITS:
        raise CodeDeployException("InvalidDeploymentWaitTypeException", "The wait type is invalid.")
    deployment = under_way(self)
    if deployment.waiting_for != wait:
        raise CodeDeployException(
            "DeploymentIsNotInReadyStateException", "The deployment does not have a status of Ready and can't continue yet."
        )
    deployment.continued.add(wait)
    return "{}"
