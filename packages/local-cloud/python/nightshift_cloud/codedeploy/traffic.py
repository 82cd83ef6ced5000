"""The listeners and target groups of a deployment group, and the moves of traffic between the two.
https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-steps-ecs.html"""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from moto.core.exceptions import ServiceException
from moto.elbv2.models import elbv2_backends

from ..cloud import cloud
from ..control.faults import InjectedFault

if TYPE_CHECKING:
    from moto.codedeploy.models import CodeDeployBackend
    from moto.elbv2.models import FakeListener


# The reasons for a failed deployment: https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_ErrorInformation.html


class DeploymentFailed(Exception):
    """Ends the deployment with status Failed, or Stopped if a user or an alarm has stopped it."""

    def __init__(self, code: str, message: str, status: str = "Failed") -> None:
        super().__init__(message)
        self.code, self.message, self.status = code, message, status


def update_refused(error: Any) -> DeploymentFailed:
    """ECS has refused a call of CodeDeploy. The message is that of the AWS SDK, as on AWS."""
    code = getattr(error, "error_type", None) or getattr(error, "code", "InvalidParameterException")
    return DeploymentFailed(
        "ECS_UPDATE_ERROR",
        f"The ECS service cannot be updated due to an unexpected error: {error.message} (Service: AmazonECS; Status Code: 400; "
        f"Error Code: {code}; Request ID: {uuid.uuid4()}; Proxy: null). Check your ECS service status.",
    )


class Routes:
    def __init__(self, backend: CodeDeployBackend, group: Any) -> None:
        """`backend` is the backend of any service in the same account and region."""
        self.balancing = elbv2_backends[backend.account_id][backend.region_name]
        pairs = group.load_balancer_info.get("targetGroupPairInfoList") or [{}]
        self.production = (pairs[0].get("prodTrafficRoute") or {}).get("listenerArns") or []
        self.test = (pairs[0].get("testTrafficRoute") or {}).get("listenerArns") or []
        self.group_names = [named["name"] for named in pairs[0].get("targetGroups") or []]

    def arn_of(self, name: str) -> str:
        for group in self.balancing.target_groups.values():
            if group.name == name:
                return group.arn
        raise refused(f"Target groups '{name}' not found")

    def other_than(self, arn: str | None) -> str:
        """The target group of the pair that the primary task set does not use."""
        arns = [self.arn_of(name) for name in self.group_names]
        if arn not in arns or len(arns) != 2:
            raise refused("Primary taskset target group must be behind listener")
        return arns[1 - arns.index(arn)]

    def listener(self, arn: str) -> FakeListener:
        try:
            return self.balancing.describe_listeners(None, [arn])[0]
        except ServiceException as error:
            raise refused(error.message) from error

    def weights(self) -> dict[str, float]:
        """The weights of the production listener, as percentages by target group."""
        for arn in self.production:
            forward = self.listener(arn).default_actions[-1].data
            groups = (forward.get("ForwardConfig") or {}).get("TargetGroups") or [forward]
            weights = {group.get("TargetGroupArn"): int(group.get("Weight", 1)) for group in groups}
            total = sum(weights.values()) or 1
            return {group: 100.0 * weight / total for group, weight in weights.items()}
        return {}

    def require_behind_production(self, arn: str | None) -> None:
        if arn is None or not self.weights().get(arn):
            raise refused("Primary taskset target group must be behind listener")

    def shift(self, original: str, replacement: str, percent: int) -> None:
        """Leaves both target groups in the action, as CodeDeploy does, so that the next move changes weights only."""
        for listener in self.production:
            self.forward(listener, {replacement: percent, original: 100 - percent})

    def test_actions(self) -> dict[str, Any]:
        return {arn: [dict(action.data) for action in self.listener(arn).default_actions] for arn in self.test}

    def restore_test(self, actions: dict[str, Any]) -> None:
        for arn, previous in actions.items():
            self.modify(arn, previous)

    def allow_test(self, replacement: str) -> None:
        for listener in self.test:
            self.forward(listener, {replacement: 100})

    def forward(self, listener: str, weights: dict[str, int]) -> None:
        groups = [{"TargetGroupArn": arn, "Weight": weight} for arn, weight in weights.items()]
        config = {"TargetGroups": groups, "TargetGroupStickinessConfig": {"Enabled": False}}
        first = [dict(action.data) for action in self.listener(listener).default_actions[:-1]]
        self.modify(listener, [*first, {"Type": "forward", "ForwardConfig": config}])

    def modify(self, listener: str, actions: list[dict[str, Any]]) -> None:
        try:
            cloud.faults.fail_internal_call("elasticloadbalancing", "ModifyListener")
            self.balancing.modify_listener(listener, certificates=[], actions=actions)
        except (ServiceException, InjectedFault) as error:
            raise refused(error.message) from error


def refused(message: str) -> DeploymentFailed:
    """https://docs.aws.amazon.com/codedeploy/latest/userguide/troubleshooting-ecs.html"""
    return DeploymentFailed(
        "ELASTIC_LOAD_BALANCING_INVALID", f"The ELB could not be updated due to the following error: {message}"
    )
