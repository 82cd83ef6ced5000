"""CloudWatch: alarms on the load balancers' metrics, judged at the end of each of their periods.

An alarm changes when what its data say changes. So a state that is set by hand stays until they say something else; on AWS
it stays until the next look.
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
from . import series
from .alarm_evaluation import Rule, reason_of, rule_of, state_of
from .queries import minutes_of


def is_ours(alarm: Any) -> bool:
    return alarm.rule is None and alarm.namespace == series.NAMESPACE and not alarm.metric_data_queries


def stamp(moment: datetime) -> str:
    return moment.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "+0000")


def points_of(backend: Any, alarm: Any, rule: Rule, end: int) -> list[tuple[datetime, series.Samples]]:
    """(time, samples) of the periods before the minute `end`, newest first."""
    minutes = minutes_of(alarm.period)
    dimensions = {dimension.name: dimension.value for dimension in alarm.dimensions}
    first = end - rule.evaluation_periods * minutes
    periods = series.between(backend, alarm.metric_name, dimensions, first, end, minutes)
    return [(series.time_of(minute), values) for minute, values in reversed(periods.items())]


def reason_data(alarm: Any, rule: Rule, points: list[tuple[datetime, series.Samples]], stat: str) -> str:
    """https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html"""
    return json.dumps(
        {
            "version": "1.0",
            "queryDate": stamp(datetime.now(timezone.utc)),
            **({"startDate": stamp(points[-1][0])} if points else {}),
            "statistic": stat,
            "period": int(alarm.period),
            "recentDatapoints": [series.statistic(values, stat) for _, values in reversed(points)],
            "threshold": rule.threshold,
            "evaluatedDatapoints": [
                {
                    "timestamp": stamp(moment),
                    "sampleCount": series.statistic(values, "SampleCount"),
                    "value": series.statistic(values, stat),
                }
                for moment, values in points
            ],
        }
    )


def evaluate(backend: Any, alarm: Any) -> None:
    rule, stat = rule_of(alarm), alarm.statistic or alarm.extended_statistic
    end = series.minute_now()
    end -= end % minutes_of(alarm.period)
    if getattr(alarm, "evaluated_until", None) == end:
        return
    alarm.evaluated_until = end
    points = points_of(backend, alarm, rule, end)
    valued = [(moment, series.statistic(values, stat)) for moment, values in points]
    state = state_of(rule, [value for _, value in valued])
    if state is None or state == getattr(alarm, "evaluated_state", None):
        return
    alarm.evaluated_state = state
    if state != alarm.state_value:
        reason = reason_of(rule, valued, state, alarm.state_value)
        alarm.update_state(reason, reason_data(alarm, rule, points, stat), state)


@cloud.clock.on_tick
def tick() -> None:
    for backend in existing(cloudwatch_backends):
        for alarm in backend.alarms.values():
            if is_ours(alarm):
                evaluate(backend, alarm)


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
    """After a look at the data, so that what is set now is not taken back by what they have said before."""
    alarm = self.alarms.get(alarm_name)
    if alarm is not None and is_ours(alarm):
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


@adds(CloudWatchResponse)
def describe_alarm_history(self: CloudWatchResponse) -> Any:
    """State changes, newest first."""
    name, kind = self._get_param("AlarmName"), self._get_param("HistoryItemType")
    alarms = [alarm for alarm in self.cloudwatch_backend.alarms.values() if name in (None, alarm.name)]
    items = [item for alarm in alarms for item in getattr(alarm, "transitions", []) if kind in (None, "StateUpdate")]
    items.sort(key=lambda item: item["Timestamp"], reverse=self._get_param("ScanBy") != "TimestampAscending")
    return ActionResult({"AlarmHistoryItems": items[: self._get_int_param("MaxRecords") or 100]})


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
    rule = self._get_param("AlarmRule")
    refuse_unknown_alarms(self.cloudwatch_backend, rule)
    backend: Any = self.cloudwatch_backend
    alarm = backend.put_metric_alarm(
        name=self._get_param("AlarmName"),
        description=self._get_param("AlarmDescription"),
        actions_enabled=self._get_bool_param("ActionsEnabled"),
        alarm_actions=self._get_param("AlarmActions", []),
        ok_actions=self._get_param("OKActions", []),
        insufficient_data_actions=self._get_param("InsufficientDataActions", []),
        rule=rule,
        tags=self._get_param("Tags", []),
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
    alarm.actions_suppressor = self._get_param("ActionsSuppressor")
    alarm.actions_suppressor_wait_period = self._get_param("ActionsSuppressorWaitPeriod")
    alarm.actions_suppressor_extension_period = self._get_param("ActionsSuppressorExtensionPeriod")
    return EmptyResult()
