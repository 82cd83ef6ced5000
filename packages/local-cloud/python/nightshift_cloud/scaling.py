"""Application Auto Scaling of ECS services: policies act on their alarms, minute by minute.
https://docs.aws.amazon.com/autoscaling/application/userguide/target-tracking-scaling-policy-overview.html
https://docs.aws.amazon.com/autoscaling/application/userguide/step-scaling-policy-overview.html"""

from __future__ import annotations

import json
import math
import uuid
from typing import Any

from moto.applicationautoscaling.models import applicationautoscaling_backends
from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse
from moto.cloudwatch.models import cloudwatch_backends
from moto.ecs.models import ecs_backends

from .cloud import cloud, existing
from .cloudwatch import series
from .ecs import service_events
from .ecs.task_sets import compute_counts
from .extending import adds
from .moto_private import parameter

# For ECS services the default of all cooldowns is 300 seconds.
# https://docs.aws.amazon.com/autoscaling/application/APIReference/API_TargetTrackingScalingPolicyConfiguration.html
COOLDOWN = 300
# AWS keeps them for six weeks; here everything is in memory.
MOST_ACTIVITIES = 1000


def activities_of(backend: Any) -> list[dict[str, Any]]:
    """Activities, newest first. Stored on the backend, so that a reset deletes them."""
    activities: list[dict[str, Any]] = backend.__dict__.setdefault("scaling_activities", [])
    return activities


def service_of(target: Any) -> Any:
    backend = target.applicationautoscaling_backend
    _, cluster, name = target.resource_id.split("/")
    service = ecs_backends[backend.account_id][backend.region_name].services.get(f"{cluster}:{name}")
    return service if service and service.status == "ACTIVE" else None


@cloud.clock.on_tick
def tick() -> None:
    for backend in existing(applicationautoscaling_backends):
        finish_activities(backend)
        minute = series.minute_now()
        if getattr(backend, "scaled_minute", None) == minute:
            continue
        backend.scaled_minute = minute
        for targets in backend.targets.values():
            for target in list(targets.values()):
                service = service_of(target) if target.service_namespace == "ecs" else None
                if service is not None:
                    scale(backend, target, service)


def scale(backend: Any, target: Any, service: Any) -> None:
    if service.desired_count < target.min_capacity:
        cause = f"minimum capacity was set to {target.min_capacity}"
        set_desired(backend, target, service, target.min_capacity, cause)
    for policy in list(backend.policies.values()):
        if (policy.resource_id, policy.scalable_dimension) != (target.resource_id, target.scalable_dimension):
            continue
        for alarm in alarms_of(policy):
            if alarm.state_value == "ALARM" and alarm.actions_enabled and getattr(alarm, "latest_value", None) is not None:
                act(backend, target, service, policy, alarm)


def alarms_of(policy: Any) -> list[Any]:
    """The alarms that have the policy as an action. A target tracking policy creates two alarms."""
    alarms = cloudwatch_backends[policy.account_id][policy.region_name].alarms.values()
    return [alarm for alarm in alarms if any(action.startswith(policy.policy_arn) for action in alarm.alarm_actions or [])]


def act(backend: Any, target: Any, service: Any, policy: Any, alarm: Any) -> None:
    current = service.desired_count
    wanted = min(max(wanted_capacity(policy, alarm, current), target.min_capacity), target.max_capacity)
    if wanted == current or is_suspended(target, wanted > current) or in_cooldown(target, policy, wanted > current):
        return
    target.last_scaling = (cloud.clock.now(), wanted > current)
    cause = f"monitor alarm {alarm.name} in state ALARM triggered policy {policy.policy_name}"
    set_desired(backend, target, service, wanted, cause)


def is_suspended(target: Any, out: bool) -> bool:
    return bool(target.suspended_state["DynamicScalingOutSuspended" if out else "DynamicScalingInSuspended"])


def in_cooldown(target: Any, policy: Any, out: bool) -> bool:
    """A scale-out may interrupt the cooldown of a scale-in, not the other way round."""
    last = getattr(target, "last_scaling", None)
    if last is None or (out and not last[1]):
        return False
    return bool(cloud.clock.passed_since(last[0]) < cooldown_of(policy, out))


def cooldown_of(policy: Any, out: bool) -> float:
    if policy.step_scaling_policy_configuration is not None:
        return float(policy.step_scaling_policy_configuration.get("Cooldown", COOLDOWN))
    tracking = policy.target_tracking_scaling_policy_configuration
    return float(tracking.get("ScaleOutCooldown" if out else "ScaleInCooldown", COOLDOWN))


def wanted_capacity(policy: Any, alarm: Any, current: int) -> int:
    if policy.step_scaling_policy_configuration is not None:
        breach = float(alarm.latest_value) - float(alarm.threshold)
        return by_steps(policy.step_scaling_policy_configuration, breach, current)
    tracking = policy.target_tracking_scaling_policy_configuration
    wanted = math.ceil(current * float(alarm.latest_value) / float(tracking["TargetValue"]))
    if alarm.comparison_operator.startswith("Greater"):
        return max(wanted, current)
    return current if tracking.get("DisableScaleIn") else min(wanted, current)


def by_steps(configuration: dict[str, Any], breach: float, current: int) -> int:
    """`breach` is the distance to the threshold. Above it the lower bound belongs to a step, below it the upper bound.
    https://docs.aws.amazon.com/autoscaling/application/APIReference/API_StepAdjustment.html"""
    for step in configuration.get("StepAdjustments") or []:
        lower = float(step.get("MetricIntervalLowerBound", "-inf"))
        upper = float(step.get("MetricIntervalUpperBound", "inf"))
        if (lower <= breach < upper) if breach >= 0 and upper > 0 else (lower < breach <= upper):
            return adjusted(configuration, int(step["ScalingAdjustment"]), current)
    return current


def adjusted(configuration: dict[str, Any], adjustment: int, current: int) -> int:
    kind = configuration["AdjustmentType"]
    if kind == "ExactCapacity":
        return adjustment
    if kind == "ChangeInCapacity":
        return current + adjustment
    change = current * adjustment / 100
    least = int(configuration.get("MinAdjustmentMagnitude") or 1)
    whole = math.floor(change) if abs(change) >= 1 else 0
    return current + int(math.copysign(max(abs(whole), least), adjustment))


def set_desired(backend: Any, target: Any, service: Any, count: int, cause: str) -> None:
    message = f"Successfully set desired count to {count}. Waiting for change to be fulfilled by ecs."
    activity = {
        "ActivityId": str(uuid.uuid4()),
        "ServiceNamespace": "ecs",
        "ResourceId": target.resource_id,
        "ScalableDimension": target.scalable_dimension,
        "Description": f"Setting desired count to {count}.",
        "Cause": cause,
        "StartTime": cloud.clock.now(),
        "StatusCode": "InProgress",
        "StatusMessage": message,
    }
    activities = activities_of(backend)
    activities.insert(0, activity)
    del activities[MOST_ACTIVITIES:]
    service.desired_count = count
    compute_counts(service)
    service_events.say(service, f"{service_events.of(service)} Message: {message} Cause: {cause}")


def finish_activities(backend: Any) -> None:
    """An activity ends when the service runs as many tasks, or when a later one replaces it."""
    newest: set[str] = set()
    for activity in activities_of(backend):
        resource = activity["ResourceId"]
        if activity["StatusCode"] == "InProgress":
            target = backend.targets.get(activity["ScalableDimension"], {}).get(resource)
            service = service_of(target) if target else None
            count = activity["Description"].removeprefix("Setting desired count to ").removesuffix(".")
            if resource in newest or service is None:
                activity.update(StatusCode="Overridden", EndTime=cloud.clock.now())
            elif service.running_count == service.desired_count == int(count):
                message = f"Successfully set desired count to {count}. Change successfully fulfilled by ecs."
                activity.update(StatusCode="Successful", StatusMessage=message, EndTime=cloud.clock.now())
        newest.add(resource)


@adds(ApplicationAutoScalingResponse)
def describe_scaling_activities(self: ApplicationAutoScalingResponse) -> str:
    """https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DescribeScalingActivities.html"""
    given = {name: parameter(self, name) for name in ("ServiceNamespace", "ResourceId", "ScalableDimension")}
    found = [
        activity
        for activity in activities_of(self.applicationautoscaling_backend)
        if all(value in (None, activity[name]) for name, value in given.items())
    ]
    return json.dumps({"ScalingActivities": found})
