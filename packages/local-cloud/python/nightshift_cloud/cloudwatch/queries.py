"""CloudWatch: questions for the load balancers' metrics, answered in AWS's time (series.py). moto answers those for others.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html"""

import math
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

from moto.cloudwatch.models import CloudWatchBackend, MetricDatum
from moto.cloudwatch.responses import CloudWatchResponse
from moto.core.responses import ActionResult

from ..cloud import cloud
from ..extending import wraps
from . import series


def minutes_of(period: int | str) -> int:
    return max(1, int(period) // series.MINUTE)


def minute_at(moment: datetime) -> float:
    moment = moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
    return moment.timestamp() / cloud.clock.seconds(series.MINUTE)


def asked(
    backend: Any, metric: str, dimensions: Any, start: datetime, end: datetime, period: int | str
) -> dict[int, series.Samples]:
    """The samples of each period of the span, by the first minute of the period."""
    named = {dimension["Name"]: dimension["Value"] for dimension in dimensions or []}
    first, last = math.ceil(minute_at(start)), math.ceil(minute_at(end))
    return series.between(backend, metric, named, first, last, minutes_of(period))


def is_ours(query: Any) -> bool:
    return bool(query.get("MetricStat", {}).get("Metric", {}).get("Namespace") == series.NAMESPACE)


def result_of(backend: Any, query: Any, start_time: Any, end_time: Any, scan_by: str) -> dict[str, Any]:
    wanted = query["MetricStat"]
    metric, stat = wanted["Metric"], wanted["Stat"]
    periods = asked(backend, metric["MetricName"], metric.get("Dimensions"), start_time, end_time, wanted["Period"])
    points = [(series.time_of(minute), series.statistic(values, stat)) for minute, values in periods.items()]
    if scan_by == "TimestampDescending":
        points.reverse()
    return {
        "id": query["Id"],
        "label": query.get("Label") or f"{metric['MetricName']} {stat}",
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
    others = [query for query in queries if not is_ours(query)]
    results = {result["id"]: result for result in original(self, others, start_time, end_time, scan_by)}
    for query in queries:
        if is_ours(query) and query.get("ReturnData", True):
            results[query["Id"]] = result_of(self, query, start_time, end_time, scan_by)
    return [results[query["Id"]] for query in queries if query["Id"] in results]


@wraps(CloudWatchResponse)
def get_metric_statistics(original: Callable[..., Any], self: CloudWatchResponse) -> Any:
    if self._get_param("Namespace") != series.NAMESPACE:
        return original(self)
    name, given = self._get_param("MetricName"), self._get_param
    periods = asked(self.cloudwatch_backend, name, given("Dimensions"), given("StartTime"), given("EndTime"), given("Period"))

    def datapoint(minute: int, values: series.Samples) -> dict[str, Any]:
        plain = {stat: series.statistic(values, stat) for stat in given("Statistics") or []}
        extended = {stat: series.statistic(values, stat) for stat in given("ExtendedStatistics") or []}
        unit = "Seconds" if name == "TargetResponseTime" else "Count"
        return {"Timestamp": series.time_of(minute), "Unit": unit, **plain, "ExtendedStatistics": extended or None}

    return ActionResult({"Label": name, "Datapoints": [datapoint(*period) for period in periods.items()]})


@wraps(CloudWatchBackend)
def get_filtered_metrics(
    original: Callable[..., Any], self: CloudWatchBackend, metric_name: str | None, namespace: str | None, dimensions: Any
) -> Any:
    """What ListMetrics lists."""
    ours = [
        MetricDatum(series.NAMESPACE, name, 0, [{"Name": key, "Value": value} for key, value in pairs], None)
        for name, pairs in series.store_of(self)
    ]
    found = [metric for metric in ours if metric.filter(namespace, metric_name, dimensions)]
    return original(self, metric_name, namespace, dimensions) + found
