"""Evaluates a metric alarm: its state, and the reason for the state.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html"""

from __future__ import annotations

import operator
from dataclasses import dataclass
from typing import Any

# The texts of StateReason for a breach, and for no breach.
COMPARISONS = {
    "GreaterThanThreshold": (operator.gt, "greater than"),
    "GreaterThanOrEqualToThreshold": (operator.ge, "greater than or equal to"),
    "LessThanThreshold": (operator.lt, "less than"),
    "LessThanOrEqualToThreshold": (operator.le, "less than or equal to"),
}
TREATED = {"breaching": "Breaching", "notBreaching": "NonBreaching"}


@dataclass(frozen=True)
class Rule:
    comparison: str
    threshold: float
    evaluation_periods: int
    datapoints_to_alarm: int
    missing: str

    def breaches(self, value: float) -> bool:
        return bool(COMPARISONS[self.comparison][0](value, self.threshold))


def rule_of(alarm: Any) -> Rule:
    periods = int(alarm.evaluation_periods)
    return Rule(
        alarm.comparison_operator,
        float(alarm.threshold),
        periods,
        int(alarm.datapoints_to_alarm or periods),
        alarm.treat_missing_data or "missing",
    )


def state_of(rule: Rule, values: list[Any]) -> str | None:
    """OK, ALARM, INSUFFICIENT_DATA, or None to keep the state. `values` are those of the evaluation periods, newest first; a
    period without data has None."""
    present = [value for value in values if value is not None]
    breaching = sum(rule.breaches(value) for value in present)
    absent = rule.evaluation_periods - len(present)
    if rule.missing == "breaching":
        breaching += absent
    if breaching >= rule.datapoints_to_alarm:
        return "ALARM"
    if rule.missing in TREATED:
        return "OK"
    if rule.missing == "ignore" and absent:
        return None
    if not present:
        return "INSUFFICIENT_DATA"
    if breaching < len(present):
        return "OK"
    # Every datapoint breaches, but there are too few: an alarm if the oldest one is old enough.
    # https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
    oldest = max(age for age, value in enumerate(values, 1) if value is not None)
    return "ALARM" if oldest >= rule.datapoints_to_alarm else None


def reason_of(rule: Rule, points: list[Any], state: str, previous: str) -> str:
    """The StateReason in the format of AWS. `points` are (time, value) of the periods that have one, newest first."""
    absent = rule.evaluation_periods - len(points)
    if state == "INSUFFICIENT_DATA":
        return f"Insufficient Data: {absent} {plural('datapoint', absent)} {were(absent)} unknown."
    treated = f"{absent} missing {plural('datapoint', absent)} {were(absent)} treated as [{TREATED.get(rule.missing)}]"
    if not points:
        periods = f"{rule.evaluation_periods} {plural('period', rule.evaluation_periods)}"
        return f"Threshold Crossed: no datapoints were received for {periods} and {treated}."
    alarming = state == "ALARM"
    shown = [point for point in points if rule.breaches(point[1]) == alarming] or points
    listed = ", ".join(f"{float(value)} ({moment:%d/%m/%y %H:%M:%S})" for moment, value in shown)
    needed = rule.datapoints_to_alarm if alarming else rule.evaluation_periods - rule.datapoints_to_alarm + 1
    return (
        f"Threshold Crossed: {len(shown)} out of the last {rule.evaluation_periods} datapoints [{listed}] "
        f"{were(len(shown))} {'' if alarming else 'not '}{COMPARISONS[rule.comparison][1]} "
        f"the threshold ({rule.threshold})"
        + (f" and {treated}" if absent and rule.missing in TREATED else "")
        + f" (minimum {needed} {plural('datapoint', needed)} for {previous} -> {state} transition)."
    )


def plural(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"


def were(count: int) -> str:
    return "was" if count == 1 else "were"
