"""Metrics of ECS services: CPU and memory of their tasks, and the number of running tasks.
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-enhanced-observability-metrics-ECS.html

The utilization of a task is that of its process on this machine, unless `POST /nightshift/load` with
`{"service": "ecs-service-dev", "cpuPercent": 85}` sets it for all tasks of the service. `null` ends that."""

from __future__ import annotations

import contextlib
import os
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from moto.cloudwatch.models import cloudwatch_backends
from moto.ecs.models import ecs_backends

from ..cloud import cloud, existing
from ..cloudwatch import series
from ..control.api import InvalidRequest, refuse_unknown_fields, serves
from .capacity import find_service
from .tasks import ServiceTask, tasks_of

if TYPE_CHECKING:
    from ..cloud import Cloud

UNITS_PER_VCPU, BYTES_PER_MIB = 1024, 1024 * 1024
PROC = Path("/proc")


def usage_of(pids: list[int]) -> dict[int, tuple[float, float]]:
    """Seconds of CPU and bytes of memory of each process that runs."""
    if not pids:
        return {}
    return usage_by_proc(pids) if PROC.is_dir() else usage_by_ps(pids)


def usage_by_proc(pids: list[int]) -> dict[int, tuple[float, float]]:
    """https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html"""
    found = {}
    for pid in pids:
        with contextlib.suppress(OSError):
            fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
            ticks, pages = int(fields[11]) + int(fields[12]), int(fields[21])
            found[pid] = ticks / os.sysconf("SC_CLK_TCK"), pages * float(os.sysconf("SC_PAGE_SIZE"))
    return found


def usage_by_ps(pids: list[int]) -> dict[int, tuple[float, float]]:
    """On macOS. The time is such as `0:01.25` or `1-02:03:04`."""
    try:
        command = ["ps", "-o", "pid=,time=,rss=", "-p", ",".join(map(str, pids))]
        lines = subprocess.run(command, capture_output=True, text=True, timeout=2, check=False).stdout.splitlines()
    except (OSError, subprocess.SubprocessError):
        return {}
    found = {}
    for pid, used, rss in (line.split() for line in lines):
        days, _, clock = used.rpartition("-")
        seconds = 0.0
        for part in clock.split(":"):
            seconds = seconds * 60 + float(part)
        found[int(pid)] = int(days or 0) * 86400 + seconds, float(rss) * 1024
    return found


class TaskUsage:
    """The utilization of one task since the last measurement."""

    def __init__(self, cpu_seconds: float) -> None:
        self.cpu_seconds, self.measured_at = cpu_seconds, time.monotonic()

    def cpu_percent(self, cpu_seconds: float, vcpus: float) -> float:
        now = time.monotonic()
        elapsed = max(now - self.measured_at, 0.001)
        percent = 100 * (cpu_seconds - self.cpu_seconds) / elapsed / vcpus
        self.cpu_seconds, self.measured_at = cpu_seconds, now
        return round(min(max(percent, 0.0), 100.0), 3)


@cloud.clock.on_tick
def tick() -> None:
    for backend in existing(ecs_backends):
        minute = series.minute_now()
        if getattr(backend, "measured_minute", None) == minute:
            continue
        backend.measured_minute = minute
        for service in backend.services.values():
            if service.status == "ACTIVE" and service.task_sets:
                measure(backend, service)


def measure(backend: Any, service: Any) -> None:
    """Once a minute, as AWS does."""
    tasks = tasks_of(backend, service)
    cloudwatch: Any = cloudwatch_backends[backend.account_id][backend.region_name]
    dimensions = {"ClusterName": service.cluster_name, "ServiceName": service.name}
    for cpu, memory in utilizations(service, [task for task in tasks if task.is_running()]):
        series.put(cloudwatch, series.SERVICES, "CPUUtilization", dimensions, cpu)
        series.put(cloudwatch, series.SERVICES, "MemoryUtilization", dimensions, memory)
    insights = insights_of(backend, service)
    if insights not in ("enabled", "enhanced"):
        return
    counts = {
        "DesiredTaskCount": service.desired_count,
        "RunningTaskCount": sum(task.is_running() for task in tasks),
        "PendingTaskCount": sum(task.is_pending() for task in tasks),
        "TaskSetCount": len(service.task_sets),
    }
    for name, count in counts.items():
        series.put(cloudwatch, series.INSIGHTS, name, dimensions, count)
    for task in tasks if insights == "enhanced" else ():
        if task.health is not None and task.is_running():
            unhealthy = int(task.health_status == "UNHEALTHY")
            container = {**dimensions, "ContainerName": task.main.name}
            series.put(cloudwatch, series.INSIGHTS, "UnHealthyContainerHealthStatus", container, unhealthy)


def insights_of(backend: Any, service: Any) -> str | None:
    settings = backend.clusters[service.cluster_name].settings or []
    return next((setting["value"] for setting in settings if setting["name"] == "containerInsights"), None)


def utilizations(service: Any, tasks: list[ServiceTask]) -> list[tuple[float, float]]:
    """CPU and memory of each task in percent. A task without an earlier measurement has none yet."""
    cpu_load, memory_load = getattr(service, "cpu_load", None), getattr(service, "memory_load", None)
    usage = usage_of([task.process.pid for task in tasks if task.process])
    found = []
    for task in tasks:
        used = usage.get(task.process.pid) if task.process else None
        if used is None:
            continue
        if task.usage is None:
            task.usage = TaskUsage(used[0])
            continue
        cpu = task.usage.cpu_percent(used[0], int(task.cpu) / UNITS_PER_VCPU)
        memory = round(min(100.0, 100 * used[1] / (int(task.memory) * BYTES_PER_MIB)), 3)
        found.append((cpu if cpu_load is None else cpu_load, memory if memory_load is None else memory_load))
    return found


@serves("POST", "/nightshift/load")
def set_load(_cloud: Cloud, given: Any) -> dict[str, Any]:
    """Returns the utilization that was set, or null if it is measured."""
    if not isinstance(given, dict) or not isinstance(given.get("service"), str):
        raise InvalidRequest("service: the name or the ARN of a service")
    refuse_unknown_fields(given, {"service", "cpuPercent", "memoryPercent"})
    for name in ("cpuPercent", "memoryPercent"):
        value = given.get(name)
        if value is not None and (not isinstance(value, (int, float)) or isinstance(value, bool) or not 0 <= value <= 100):
            raise InvalidRequest(f"{name}: a number from 0 to 100, or null")
    _, service = find_service(given["service"])
    if "cpuPercent" in given:
        service.cpu_load = given["cpuPercent"]
    if "memoryPercent" in given:
        service.memory_load = given["memoryPercent"]
    return {"cpuPercent": getattr(service, "cpu_load", None), "memoryPercent": getattr(service, "memory_load", None)}
