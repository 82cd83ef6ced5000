"""CloudWatch, CloudWatch Logs, Application Auto Scaling and CodeDeploy: values that must match other values."""

from __future__ import annotations

from moto.applicationautoscaling.models import applicationautoscaling_backends
from moto.ecs.models import ecs_backends

from .rule import Call, Refused, refuses

# https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
RETENTION_DAYS = (
    *(1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731),
    *(1096, 1827, 2192, 2557, 2922, 3288, 3653),
)
DAY, WEEK, HOUR = 86_400, 604_800, 3600


@refuses("logs", "PutRetentionPolicy", what="a retention that CloudWatch Logs does not offer")
def retention(call: Call) -> None:
    days = call.given["retentionInDays"]
    if days not in RETENTION_DAYS:
        raise Refused(
            "InvalidParameterException",
            f"1 validation error detected: Value '{days}' at 'retentionInDays' failed to satisfy constraint: "
            f"Member must satisfy enum value set: [{', '.join(str(each) for each in RETENTION_DAYS)}]",
        )


# https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
@refuses("cloudwatch", "PutMetricAlarm", what="a period that CloudWatch does not offer, more than a day, too many datapoints")
def alarm_period(call: Call) -> None:
    given = call.given
    period, count = int(given.get("Period") or 0), int(given["EvaluationPeriods"])
    if given.get("Period") is not None and period not in (10, 20, 30) and (period == 0 or period % 60):
        raise Refused("ValidationError", "Period must be 10, 20, 30 or a multiple of 60")
    if int(given.get("DatapointsToAlarm") or 0) > count:
        raise Refused("ValidationError", "DatapointsToAlarm must be less than or equal to EvaluationPeriods")
    most, name = (WEEK, "seven days") if period >= HOUR else (DAY, "a day")
    if period * count > most:
        raise Refused(
            "ValidationError",
            f"Metrics cannot be checked across more than {name} (EvaluationPeriods * Period must be <= {most}).",
        )


# https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html
@refuses("application-autoscaling", "RegisterScalableTarget", what="a minimum above the maximum")
def capacity(call: Call) -> None:
    given = call.given
    targets = call.backend(applicationautoscaling_backends).targets
    existing = targets.get(given["ScalableDimension"], {}).get(given["ResourceId"])
    least = given.get("MinCapacity", existing.min_capacity if existing else 0)
    most = given.get("MaxCapacity", existing.max_capacity if existing else least)
    if least > most:
        raise Refused("ValidationException", "Maximum capacity cannot be less than minimum capacity")


@refuses("application-autoscaling", "PutScalingPolicy", "PutScheduledAction", what="a policy without a scalable target")
def target(call: Call) -> None:
    """https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScalingPolicy.html"""
    given = call.given
    targets = call.backend(applicationautoscaling_backends).targets
    if given["ResourceId"] not in targets.get(given["ScalableDimension"], {}):
        raise Refused(
            "ObjectNotFoundException",
            f"No scalable target registered for service namespace: {given['ServiceNamespace']}, "
            f"resource ID: {given['ResourceId']}, scalable dimension: {given['ScalableDimension']}",
        )


# https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_CreateDeploymentGroup.html
@refuses("codedeploy", "CreateDeploymentGroup", what="a service that does not exist")
def ecs_service(call: Call) -> None:
    services = call.backend(ecs_backends).services
    for named in call.given.get("ecsServices") or []:
        service = services.get(f"{named.get('clusterName')}:{named.get('serviceName')}")
        if service is None or service.status != "ACTIVE":
            raise Refused("InvalidECSServiceException", "The Amazon ECS service identifier is not valid.")
