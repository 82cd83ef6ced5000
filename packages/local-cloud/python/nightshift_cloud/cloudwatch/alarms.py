"""CloudWatch alarms, evaluated at the end of each of their periods.

An alarm changes when the result of its evaluation changes. So a state that SetAlarmState sets stays until the data give another
result; on AWS it stays until the next evaluation.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html"""

import json
import re
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

from moto.cloudwatch.exceptions import ValidationError
from moto.cloudwatch.models import Alarm, CloudWatchBackend, cloudwatch_backends
from moto.cloudwatch.responses import CloudWatchResponse
from moto.core.responses import ActionResult, EmptyResult

from ..cloud import cloud, existing
from ..extending import adds, wraps
from ..moto_private import bool_parameter, int_parameter, parameter
from . import queries as metric_queries
from . import series
from .alarm_evaluation import Rule, reason_of, rule_of, state_of
from .queries import Query, queries_of, query_of


def queries_of_alarm(alarm: Any) -> list[Query]:
    """Returns the queries of the alarm. The first one is the watched metric or expression."""
    if not alarm.metric_data_queries:
        dimensions = [{"Name": dimension.name, "Value": dimension.value} for dimension in alarm.dimensions]
        metric = {"Namespace": alarm.namespace, "MetricName": alarm.metric_name, "Dimensions": dimensions}
        stat = {"Metric": metric, "Stat": alarm.statistic or alarm.extended_statistic, "Period": alarm.period}
        return [query_of({"Id": "m1", "MetricStat": stat})]
    queries = queries_of([described(query) for query in alarm.metric_data_queries])
    return sorted(queries, key=lambda query: not query.returned)


def described(query: Any) -> dict[str, Any]:
    """Converts moto's object to the MetricDataQuery of the API."""
    shared = {"Id": query.id, "ReturnData": query.return_data not in (False, "false"), "Label": query.label}
    if query.metric_stat is None:
        return {**shared, "Expression": query.expression, "Period": query.period}
    metric = query.metric_stat.metric
    dimensions = [{"Name": dimension.name, "Value": dimension.value} for dimension in metric.dimensions]
    named = {"Namespace": metric.namespace, "MetricName": metric.metric_name, "Dimensions": dimensions}
    return {**shared, "MetricStat": {"Metric": named, "Stat": query.metric_stat.stat, "Period": query.metric_stat.period}}


def stamp(moment: datetime) -> str:
    return moment.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "+0000")


def reason_data(backend: Any, rule: Rule, watched: Query, points: list[tuple[int, float]]) -> str:
    """https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html"""
    samples = (
        {} if watched.expression else watched.samples(backend, points[-1][0], points[0][0] + watched.minutes) if points else {}
    )
    return json.dumps(
        {
            "version": "1.0",
            "queryDate": stamp(datetime.now(timezone.utc)),
            **({"startDate": stamp(series.time_of(points[-1][0]))} if points else {}),
            **({"statistic": watched.stat} if watched.stat else {}),
            "period": watched.period,
            "recentDatapoints": [value for _, value in reversed(points)],
            "threshold": rule.threshold,
            "evaluatedDatapoints": [
                {
                    "timestamp": stamp(series.time_of(minute)),
                    **({"sampleCount": series.statistic(samples[minute], "SampleCount")} if minute in samples else {}),
                    "value": value,
                }
                for minute, value in points
            ],
        }
    )


def evaluate(backend: Any, alarm: Any) -> None:
    if not hasattr(alarm, "queries"):
        alarm.queries = queries_of_alarm(alarm)
    watched = alarm.queries[0]
    end = series.minute_now()
    end -= end % watched.minutes
    if getattr(alarm, "evaluated_until", None) == end:
        return
    alarm.evaluated_until = end
    rule = rule_of(alarm)
    values = metric_queries.evaluate(backend, alarm.queries, watched, end - rule.evaluation_periods * watched.minutes, end)
    points = sorted(values.items(), reverse=True)
    alarm.latest_value = points[0][1] if points else None
    ends = range(end - watched.minutes, end - (rule.evaluation_periods + 1) * watched.minutes, -watched.minutes)
    state = state_of(rule, [values.get(minute) for minute in ends])
    if state is None or state == getattr(alarm, "evaluated_state", None):
        return
    alarm.evaluated_state = state
    if state != alarm.state_value:
        timed = [(series.time_of(minute), value) for minute, value in points]
        reason = reason_of(rule, timed, state, alarm.state_value)
        alarm.update_state(reason, reason_data(backend, rule, watched, points), state)


@cloud.clock.on_tick
def tick() -> None:
    for backend in existing(cloudwatch_backends):
        for alarm in backend.alarms.values():
            if alarm.rule is None:
                evaluate(backend, alarm)


@wraps(Alarm)
def __init__(original: Callable[..., Any], self: Any, *args: Any, **kwargs: Any) -> None:
    """https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html: "When this operation creates an
    alarm, the alarm state is immediately set to INSUFFICIENT_DATA." Its expressions must be valid."""
    original(self, *args, **kwargs)
    self.state_value = "INSUFFICIENT_DATA"
    if self.metric_data_queries:
        self.queries = queries_of_alarm(self)


@wraps(CloudWatchBackend)
def put_metric_alarm(original: Callable[..., Any], self: CloudWatchBackend, name: str, *args: Any, **kwargs: Any) -> Any:
    """A changed alarm keeps its state.
    https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html"""
    previous = self.alarms.get(name)
    alarm = original(self, name, *args, **kwargs)
    for kept in ("state_value", "state_reason", "state_reason_data", "state_updated_timestamp", "transitions"):
        if hasattr(previous, kept):
            setattr(alarm, kept, getattr(previous, kept))
    return alarm


@wraps(CloudWatchBackend)
def set_alarm_state(original: Callable[..., Any], self: CloudWatchBackend, alarm_name: str, *args: Any, **kwargs: Any) -> Any:
    """The data are evaluated first, so that an older result does not replace the state that is set now."""
    alarm = self.alarms.get(alarm_name)
    if alarm is not None and alarm.rule is None:
        evaluate(self, alarm)
    return original(self, alarm_name, *args, **kwargs)


@wraps(Alarm)
def update_state(original: Callable[..., Any], self: Any, reason: str, reason_data: Any, state_value: str) -> None:
    previous = {"stateValue": self.state_value, "stateReason": self.state_reason}
    original(self, reason, reason_data, state_value)
    if not hasattr(self, "transitions"):
        self.transitions = []
    new = {"stateValue": state_value, "stateReason": reason}
    self.transitions.append(
        {
            "AlarmName": self.name,
            "AlarmType": "MetricAlarm" if self.rule is None else "CompositeAlarm",
            "Timestamp": self.state_updated_timestamp,
            "HistoryItemType": "StateUpdate",
            "HistorySummary": f"Alarm updated from {previous['stateValue']} to {state_value}",
            "HistoryData": json.dumps({"version": "1.0", "oldState": previous, "newState": new}),
        }
    )


def set_actions_enabled(response: Any, enabled: bool) -> EmptyResult:
    """Names of alarms that do not exist are ignored.
    https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DisableAlarmActions.html"""
    for name in parameter(response, "AlarmNames"):
        if name in response.cloudwatch_backend.alarms:
            response.cloudwatch_backend.alarms[name].actions_enabled = enabled
    return EmptyResult()


@wraps(CloudWatchResponse)
def enable_alarm_actions(_original: Callable[..., Any], self: CloudWatchResponse) -> Any:
    return set_actions_enabled(self, True)


@wraps(CloudWatchResponse)
def disable_alarm_actions(_original: Callable[..., Any], self: CloudWatchResponse) -> Any:
    return set_actions_enabled(self, False)


@adds(CloudWatchResponse)
def describe_alarm_history(self: CloudWatchResponse) -> Any:
    """State changes, newest first."""
    name, kind = parameter(self, "AlarmName"), parameter(self, "HistoryItemType")
    alarms = [alarm for alarm in self.cloudwatch_backend.alarms.values() if name in (None, alarm.name)]
    items = [item for alarm in alarms for item in getattr(alarm, "transitions", []) if kind in (None, "StateUpdate")]
    items.sort(key=lambda item: item["Timestamp"], reverse=parameter(self, "ScanBy") != "TimestampAscending")
    return ActionResult({"AlarmHistoryItems": items[: int_parameter(self, "MaxRecords") or 100]})


# CloudWatch: composite alarms, which moto can describe and delete but not create.
# https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html


ALARM_IN_RULE = re.compile(r'\b(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*"?([^")]+?)"?\s*\)')


def refuse_unknown_alarms(backend: Any, rule: Any) -> None:
    names = [name.split(":alarm:")[-1] for name in ALARM_IN_RULE.findall(rule)]
    unknown = [name for name in names if name not in backend.alarms]
    if unknown:
        raise ValidationError(
            f"Could not save the composite alarm as alarms [{', '.join(unknown)}] in the alarm rule do not exist"
        )


@adds(CloudWatchResponse)
def put_composite_alarm(self: CloudWatchResponse) -> Any:
    rule = parameter(self, "AlarmRule")
    refuse_unknown_alarms(self.cloudwatch_backend, rule)
    backend: Any = self.cloudwatch_backend
    alarm = backend.put_metric_alarm(
        name=parameter(self, "AlarmName"),
        description=parameter(self, "AlarmDescription"),
        actions_enabled=bool_parameter(self, "ActionsEnabled"),
        alarm_actions=parameter(self, "AlarmActions", []),
        ok_actions=parameter(self, "OKActions", []),
        insufficient_data_actions=parameter(self, "InsufficientDataActions", []),
        rule=rule,
        tags=parameter(self, "Tags", []),
        dimensions=[],
        namespace=None,
        metric_name=None,
        comparison_operator=None,
        evaluation_periods=None,
        period=None,
        threshold=None,
        statistic=None,
    )
    alarm.alarm_rule = rule
    alarm.actions_suppressor = parameter(self, "ActionsSuppressor")
    alarm.actions_suppressor_wait_period = parameter(self, "ActionsSuppressorWaitPeriod")
    alarm.actions_suppressor_extension_period = parameter(self, "ActionsSuppressorExtensionPeriod")
    return EmptyResult()
