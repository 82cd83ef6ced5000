"""Application Auto Scaling: tags of scalable targets, and alarms that are deleted with their policy.
https://docs.aws.amazon.com/autoscaling/application/APIReference/API_TagResource.html"""

import json
from collections.abc import Callable
from typing import Any

from moto.applicationautoscaling.models import (
    ApplicationAutoscalingBackend,
    FakeApplicationAutoscalingPolicy,
    FakeScalableTarget,
)
from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse

from .extending import adds, wraps
from .moto_private import GENERATE_ECS_ALARMS, parameter


def tags_of(response: Any, arn: str | None = None) -> Any:
    backend = response.applicationautoscaling_backend
    if not hasattr(backend, "target_tags"):
        backend.target_tags = {}
    return backend.target_tags.setdefault(arn or parameter(response, "ResourceARN"), {})


@wraps(ApplicationAutoScalingResponse)
def register_scalable_target(original: Callable[..., Any], self: ApplicationAutoScalingResponse) -> Any:
    answer = original(self)
    tags_of(self, json.loads(answer)["ScalableTargetARN"]).update(parameter(self, "Tags") or {})
    return answer


# https://docs.aws.amazon.com/autoscaling/application/APIReference/API_SuspendedState.html: "The default is false."
NOT_SUSPENDED = {
    "DynamicScalingInSuspended": False,
    "DynamicScalingOutSuspended": False,
    "ScheduledScalingSuspended": False,
}


@wraps(FakeScalableTarget)
def __init__(original: Callable[..., Any], self: Any, *args: Any, **kwargs: Any) -> None:
    """Every target has a suspended state."""
    original(self, *args, **kwargs)
    self.suspended_state = {**NOT_SUSPENDED, **(self.suspended_state or {})}


@wraps(FakeScalableTarget)
def update(original: Callable[..., Any], self: Any, min_capacity: Any, max_capacity: Any, suspended_state: Any) -> None:
    given = None if suspended_state is None else {**NOT_SUSPENDED, **suspended_state}
    original(self, min_capacity, max_capacity, given)


@adds(ApplicationAutoScalingResponse)
def list_tags_for_resource(self: ApplicationAutoScalingResponse) -> str:
    return json.dumps({"Tags": tags_of(self)})


@adds(ApplicationAutoScalingResponse)
def tag_resource(self: ApplicationAutoScalingResponse) -> str:
    tags_of(self).update(parameter(self, "Tags"))
    return "{}"


@adds(ApplicationAutoScalingResponse)
def untag_resource(self: ApplicationAutoScalingResponse) -> str:
    for key in parameter(self, "TagKeys"):
        tags_of(self).pop(key, None)
    return "{}"


@wraps(ApplicationAutoscalingBackend)
def put_scaling_policy(
    original: Callable[..., Any],
    self: ApplicationAutoscalingBackend,
    policy_name: str,
    service_namespace: Any,
    resource_id: Any,
    scalable_dimension: Any,
    *args: Any,
    **kwargs: Any,
) -> Any:
    """An updated policy gets new alarms. moto does not delete the alarms of the previous version."""
    key = FakeApplicationAutoscalingPolicy.formulate_key(service_namespace, resource_id, scalable_dimension, policy_name)
    replaced = self.policies.get(key)
    policy = original(self, policy_name, service_namespace, resource_id, scalable_dimension, *args, **kwargs)
    if replaced:
        replaced.delete_alarms(self.account_id, self.region_name)
    return policy


@wraps(FakeApplicationAutoscalingPolicy, GENERATE_ECS_ALARMS)
def target_tracking_alarms(original: Callable[..., Any], self: Any) -> Any:
    """Thresholds are derived from the target value; moto always uses 6. The low alarm is at 90 % of the target.
    https://docs.aws.amazon.com/autoscaling/application/userguide/target-tracking-scaling-policy-overview.html"""
    high, low = alarms = original(self)
    target = float(self.target_tracking_scaling_policy_configuration["TargetValue"])
    high.threshold, low.threshold = target, 0.9 * target
    return alarms


@wraps(ApplicationAutoscalingBackend)
def deregister_scalable_target(
    original: Callable[..., Any], self: ApplicationAutoscalingBackend, namespace: str | None, r_id: Any, dimension: Any
) -> None:
    """Deregistering deletes the policies and scheduled actions of the target.
    https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DeregisterScalableTarget.html"""
    original(self, namespace, r_id, dimension)

    def belongs(thing: Any) -> bool:
        return (thing.service_namespace, thing.resource_id, thing.scalable_dimension) == (namespace, r_id, dimension)

    for policy in [policy for policy in self.policies.values() if belongs(policy)]:
        self.delete_scaling_policy(str(policy.policy_name), str(namespace), r_id, dimension)
    self.scheduled_actions = [action for action in self.scheduled_actions if not belongs(action)]
