"""Arithmetic on time series. An operation on two series has a value where both have one."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from typing import Any

# The value of each period, by the first minute of the period. A period without data is not in it.
Series = dict[int, float]
Value = float | Series


def spread(value: Value, minutes: Iterable[int]) -> Series:
    return value if isinstance(value, dict) else dict.fromkeys(minutes, value)


def apply(function: Callable[[float], float], value: Any) -> Any:
    if isinstance(value, list):
        return [apply(function, each) for each in value]
    return {minute: function(number) for minute, number in value.items()} if isinstance(value, dict) else function(value)


def combine(function: Callable[[float, float], float], left: Any, right: Any) -> Any:
    """A division by zero has no value."""
    if isinstance(left, list) or isinstance(right, list):
        lists = (
            left if isinstance(left, list) else [left] * len(right),
            right if isinstance(right, list) else [right] * len(left),
        )
        return [combine(function, one, other) for one, other in zip(*lists)]
    if not isinstance(left, dict) and not isinstance(right, dict):
        # The same in every period, unless it cannot be computed.
        return {} if function is operator.truediv and right == 0 else float(function(left, right))
    minutes = left.keys() if isinstance(left, dict) else right.keys()
    if isinstance(left, dict) and isinstance(right, dict):
        minutes = left.keys() & right.keys()
    ones, others = spread(left, minutes), spread(right, minutes)
    return {
        minute: float(function(ones[minute], others[minute]))
        for minute in sorted(minutes)
        if not (function is operator.truediv and others[minute] == 0)
    }


def choose(condition: Any, then: Any, otherwise: Any, minutes: list[int]) -> Any:
    if not isinstance(condition, dict):
        return then if condition else otherwise
    chosen = {True: spread(then, minutes), False: spread(otherwise, minutes)}
    return {minute: chosen[bool(value)][minute] for minute, value in condition.items() if minute in chosen[bool(value)]}


def aggregate(function: Callable[[list[float]], float], value: Any, minutes: list[int]) -> Any:
    """One series becomes a number. Several become a series: a period has the values of those that have one."""
    if not isinstance(value, list):
        numbers = list(spread(value, minutes).values())
        return float(function(numbers)) if numbers else {}
    periods: dict[int, list[float]] = {}
    for series in value:
        for minute, number in spread(series, minutes).items():
            periods.setdefault(minute, []).append(number)
    return {minute: float(function(numbers)) for minute, numbers in sorted(periods.items())}
