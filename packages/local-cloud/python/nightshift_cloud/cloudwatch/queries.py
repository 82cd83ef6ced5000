"""Queries for metrics that the local cloud measures (series.py), and for expressions over them. moto answers all other queries.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone
from functools import partial
from typing import Any

from moto.cloudwatch.exceptions import ValidationError
from moto.cloudwatch.models import CloudWatchBackend, MetricDatum
from moto.cloudwatch.responses import CloudWatchResponse
from moto.core.responses import ActionResult

from ..cloud import cloud
from ..core import NotInLocalCloud
from ..extending import wraps
from ..moto_private import parameter
from . import series
from .expressions import Expression, Scope

UNITS = {"TargetResponseTime": "Seconds", "CPUUtilization": "Percent", "MemoryUtilization": "Percent"}


@dataclass(frozen=True)
class Query:
    """A metric, or an expression over other queries by their ids."""

    id: str
    period: int
    namespace: str = ""
    metric: str = ""
    dimensions: tuple[tuple[str, str], ...] = ()
    stat: str = ""
    expression: Expression | None = None
    returned: bool = True
    label: str = ""

    @property
    def minutes(self) -> int:
        return max(1, self.period // series.MINUTE)

    def samples(self, backend: Any, first: int, last: int) -> dict[int, series.Samples]:
        """The samples of each period, by the first minute of the period. The minute `last` is not one of them."""
        return series.between(backend, self.namespace, self.metric, dict(self.dimensions), first, last, self.minutes)


def expression_of(id: str, text: str) -> Expression:
    if text.lstrip().upper().startswith("SELECT "):
        raise NotInLocalCloud("the local cloud does not have Metrics Insights queries, use metric math")
    return Expression(id, text)


def query_of(given: dict[str, Any], period: int = series.MINUTE) -> Query:
    """`given` is a MetricDataQuery of the API."""
    shared = {"id": given["Id"], "label": given.get("Label") or "", "returned": given.get("ReturnData", True) is not False}
    if given.get("Expression"):
        return Query(
            period=int(given.get("Period") or period), expression=expression_of(given["Id"], given["Expression"]), **shared
        )
    stat = given["MetricStat"]
    metric = stat["Metric"]
    dimensions = tuple((dimension["Name"], dimension["Value"]) for dimension in metric.get("Dimensions") or [])
    return Query(
        period=int(stat["Period"]),
        namespace=metric.get("Namespace") or "",
        metric=metric["MetricName"],
        dimensions=dimensions,
        stat=stat["Stat"],
        **shared,
    )


def queries_of(given: list[dict[str, Any]]) -> list[Query]:
    """@raise ValidationError for an id that no query has"""
    periods = [int(query["MetricStat"]["Period"]) for query in given if query.get("MetricStat")]
    queries = [query_of(query, max(periods, default=series.MINUTE)) for query in given]
    known = {query.id for query in queries}
    for query in queries:
        for name in query.expression.names() if query.expression else ():
            if name not in known:
                raise ValidationError(f"Error in expression '{query.id}': Undefined id {name}")
    return queries


def evaluate(
    backend: Any, queries: list[Query], wanted: Query, first: int, last: int, parents: tuple[str, ...] = ()
) -> dict[int, float]:
    """The value of each period from the minute `first` to the one before `last`; periods without data are left out."""
    if wanted.expression is None:
        return {minute: series.statistic(values, wanted.stat) for minute, values in wanted.samples(backend, first, last).items()}
    if wanted.id in parents:
        raise ValidationError(f"Error in expression '{wanted.id}': Circular dependency")
    names, metrics = set(wanted.expression.names()), [query.id for query in queries if query.expression is None]
    values: dict[str, Any] = {
        query.id: evaluate(backend, queries, query, first, last, (*parents, wanted.id))
        for query in queries
        if query.id in names or query.id in metrics
    }
    minutes = list(range(first - first % wanted.minutes, last, wanted.minutes))
    return wanted.expression.evaluate(Scope(values, minutes, wanted.period, metrics))


def minute_at(moment: datetime) -> float:
    moment = moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
    return moment.timestamp() / cloud.clock.seconds(series.MINUTE)


def result_of(backend: Any, queries: list[Query], query: Query, first: int, last: int, scan_by: str) -> dict[str, Any]:
    points = [(series.time_of(minute), value) for minute, value in evaluate(backend, queries, query, first, last).items()]
    if scan_by == "TimestampDescending":
        points.reverse()
    return {
        "id": query.id,
        "label": query.label or (query.id if query.expression else f"{query.metric} {query.stat}"),
        "timestamps": [moment for moment, _ in points],
        "values": [value for _, value in points],
        "status_code": "Complete",
    }


@wraps(CloudWatchBackend)
def get_metric_data(
    original: Callable[..., Any],
    self: CloudWatchBackend,
    queries: Any,
    start_time: Any,
    end_time: Any,
    scan_by: str = "TimestampAscending",
) -> Any:
    first, last = math.ceil(minute_at(start_time)), math.ceil(minute_at(end_time))
    ours = queries_of(queries)
    others = [given for given, query in zip(queries, ours) if not query.expression and query.namespace not in series.MEASURED]
    results = {result["id"]: result for result in (original(self, others, start_time, end_time, scan_by) if others else [])}
    for query in ours:
        if query.returned and (query.expression or query.namespace in series.MEASURED):
            results[query.id] = result_of(self, ours, query, first, last, scan_by)
    return [results[query.id] for query in ours if query.id in results]


@wraps(CloudWatchResponse)
def get_metric_statistics(original: Callable[..., Any], self: CloudWatchResponse) -> Any:
    given = partial(parameter, self)
    if given("Namespace") not in series.MEASURED:
        return original(self)
    name = given("MetricName")
    metric = {"Namespace": given("Namespace"), "MetricName": name, "Dimensions": given("Dimensions")}
    query = query_of({"Id": "m1", "MetricStat": {"Metric": metric, "Stat": "", "Period": given("Period")}})
    first, last = math.ceil(minute_at(given("StartTime"))), math.ceil(minute_at(given("EndTime")))

    def datapoint(minute: int, values: series.Samples) -> dict[str, Any]:
        plain = {stat: series.statistic(values, stat) for stat in given("Statistics") or []}
        extended = {stat: series.statistic(values, stat) for stat in given("ExtendedStatistics") or []}
        unit = UNITS.get(name, "Count")
        return {"Timestamp": series.time_of(minute), "Unit": unit, **plain, "ExtendedStatistics": extended or None}

    points = query.samples(self.cloudwatch_backend, first, last)
    return ActionResult({"Label": name, "Datapoints": [datapoint(*period) for period in points.items()]})


@wraps(CloudWatchBackend)
def get_filtered_metrics(
    original: Callable[..., Any], self: CloudWatchBackend, metric_name: str | None, namespace: str | None, dimensions: Any
) -> Any:
    """ListMetrics returns them."""
    ours = [
        MetricDatum(measured, name, 0, [{"Name": key, "Value": value} for key, value in pairs], None)
        for measured, name, pairs in series.store_of(self)
        if measured in series.MEASURED
    ]
    found = [metric for metric in ours if metric.filter(namespace, metric_name, dimensions)]
    return original(self, metric_name, namespace, dimensions) + found


@wraps(CloudWatchBackend)
def put_metric_data(original: Callable[..., Any], self: CloudWatchBackend, namespace: str, metric_data: Any) -> Any:
    """Alarms and expressions read these metrics too."""
    answer = original(self, namespace, metric_data)
    for datum in metric_data:
        dimensions = {dimension["Name"]: dimension["Value"] for dimension in datum.get("Dimensions") or []}
        moment = datum.get("Timestamp")
        minute = math.floor(minute_at(moment)) if isinstance(moment, datetime) else None
        for value, count in samples_of(datum):
            series.put(self, namespace, datum["MetricName"], dimensions, value, count, minute)
    return answer


def samples_of(datum: dict[str, Any]) -> list[tuple[float, int]]:
    """Returns values with their number of occurrences. For a statistic set, only the count and the average are stored."""
    if datum.get("Values"):
        counts = datum.get("Counts") or [1] * len(datum["Values"])
        return [(float(value), round(float(count))) for value, count in zip(datum["Values"], counts)]
    if datum.get("StatisticValues"):
        values = datum["StatisticValues"]
        count = round(float(values["SampleCount"]))
        return [(float(values["Sum"]) / count, count)] if count else []
    return [(float(datum["Value"]), 1)]
