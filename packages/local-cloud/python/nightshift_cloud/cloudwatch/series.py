"""Metrics of load balancers, ECS services and PutMetricData, minute by minute. A minute is AWS's: with a time scale of 60 it
takes a second here, and the datapoints of ten minutes are ten seconds apart. A reader asks for periods of AWS's time within a
span of real time.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html"""

from __future__ import annotations

import math
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from ..cloud import cloud

if TYPE_CHECKING:
    from moto.cloudwatch.models import CloudWatchBackend

BALANCERS, SERVICES, INSIGHTS = "AWS/ApplicationELB", "AWS/ECS", "ECS/ContainerInsights"
# The namespaces that the local cloud measures. moto answers queries for all others.
MEASURED = (BALANCERS, SERVICES, INSIGHTS)
MINUTE = 60
KEPT_MINUTES = 1440

# Namespace, metric and dimensions.
SeriesKey = tuple[str, str, tuple[tuple[str, str], ...]]
# The number of occurrences of each value.
Samples = dict[float, int]


def minute_now() -> int:
    return math.floor(cloud.clock.now() / cloud.clock.seconds(MINUTE))


def time_of(minute: int) -> datetime:
    return datetime.fromtimestamp(minute * cloud.clock.seconds(MINUTE), timezone.utc)


def store_of(backend: CloudWatchBackend) -> dict[SeriesKey, dict[int, Samples]]:
    """Stored on the CloudWatch backend, so that a reset deletes it."""
    store: dict[SeriesKey, dict[int, Samples]] = backend.__dict__.setdefault("series", {})
    return store


def key_of(namespace: str, metric: str, dimensions: dict[str, str]) -> SeriesKey:
    return namespace, metric, tuple(sorted(dimensions.items()))


def put(
    backend: CloudWatchBackend,
    namespace: str,
    metric: str,
    dimensions: dict[str, str],
    value: float,
    count: int = 1,
    minute: int | None = None,
) -> None:
    """Adds samples of a value to the current minute, or to another one."""
    minute = minute_now() if minute is None else minute
    series = store_of(backend).setdefault(key_of(namespace, metric, dimensions), {})
    values = series.setdefault(minute, {})
    values[value] = values.get(value, 0) + count
    while len(series) > KEPT_MINUTES:
        del series[next(iter(series))]


def between(
    backend: CloudWatchBackend, namespace: str, metric: str, dimensions: dict[str, str], first: int, last: int, minutes: int
) -> dict[int, Any]:
    """The samples of each period of so many minutes, from the first minute to the one before the last; empty ones left out."""
    series = store_of(backend).get(key_of(namespace, metric, dimensions), {})
    # An alarm reads a few of many minutes; a dashboard reads many minutes of which few have samples.
    asked = range(first, last) if last - first < len(series) else sorted(series)
    periods: dict[int, Samples] = {}
    for minute in asked:
        if first <= minute < last and minute in series:
            merged = periods.setdefault(minute - minute % minutes, {})
            for value, count in series[minute].items():
                merged[value] = merged.get(value, 0) + count
    return periods


def statistic(values: Samples, name: str) -> float:
    """Computes a statistic of samples. `name` is a statistic such as `Sum` or `p95`."""
    count = sum(values.values())
    total = sum(value * times for value, times in values.items())
    if name.startswith("p"):
        return percentile(values, count * float(name[1:]) / 100)
    return {
        "Sum": total,
        "Average": total / count,
        "Minimum": min(values),
        "Maximum": max(values),
        "SampleCount": count,
    }[name]


def percentile(values: Samples, rank: float) -> float:
    seen = 0
    for value in sorted(values):
        seen += values[value]
        if seen >= rank:
            return value
    return max(values)
