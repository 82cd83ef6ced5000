"""Container Insights writes metrics once more after the deletion of the cluster, which recreates its log group without a key or
a retention.
https://github.com/terraform-aws-modules/terraform-aws-eks/issues/2486"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.ecs.models import EC2ContainerServiceBackend, ecs_backends
from moto.logs.models import logs_backends

from ..cloud import cloud, existing
from ..extending import wraps

# Seconds of AWS from the end of the cluster to the last metrics.
LATE = 60


def has_insights(cluster: Any) -> bool:
    settings = {setting["name"]: setting["value"] for setting in cluster.settings or []}
    return settings.get("containerInsights") in ("enabled", "enhanced")


@wraps(EC2ContainerServiceBackend)
def delete_cluster(original: Callable[..., Any], self: EC2ContainerServiceBackend, cluster_str: str) -> Any:
    cluster = original(self, cluster_str)
    if has_insights(cluster):
        cluster.writes_metrics_since = cloud.clock.now()
    return cluster


@cloud.clock.on_tick
def write_late_metrics() -> None:
    for backend in existing(ecs_backends):
        for cluster in backend.clusters.values():
            since = getattr(cluster, "writes_metrics_since", None)
            if since is None or cluster.status != "INACTIVE" or cloud.clock.passed_since(since) < LATE:
                continue
            cluster.writes_metrics_since = None
            logs, name = (
                logs_backends[backend.account_id][backend.region_name],
                f"/aws/ecs/containerinsights/{cluster.name}/performance",
            )
            if name not in logs.groups:
                logs.create_log_group(name, {})
