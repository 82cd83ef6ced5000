"""ECS: tasks as the API shows them. moto lists stopped tasks, ignores the service, and omits failures.
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTasks.html"""

from collections.abc import Callable
from typing import Any

from moto.ecs.exceptions import InvalidParameterException
from moto.ecs.models import EC2ContainerServiceBackend
from moto.ecs.responses import EC2ContainerServiceResponse

from ..core import NotInLocalCloud
from ..extending import adds, wraps
from ..moto_private import find_cluster, parameter, parameters
from .tasks import ServiceTask


def fits(task: Any, given: dict[str, Any], definitions: Any) -> bool:
    service = (given.get("serviceName") or "").rpartition("/")[2]
    return bool(
        (not service or task.group == f"service:{service}")
        and (not given.get("launchType") or task.launch_type == given["launchType"])
        and (not given.get("family") or definitions.get(task.task_definition_arn) == given["family"])
        and task.desired_status == given.get("desiredStatus", "RUNNING")
    )


@wraps(EC2ContainerServiceResponse)
def list_tasks(original: Callable[..., Any], self: EC2ContainerServiceResponse) -> Any:
    """Without a status, ECS lists tasks with desired status RUNNING."""
    given = parameters(self)
    backend = self.ecs_backend
    cluster = find_cluster(backend, given.get("cluster", "default"))
    if given.get("containerInstance"):
        return original(self)
    definitions = {item.arn: item.family for revisions in backend.task_definitions.values() for item in revisions.values()}
    tasks = [task for task in backend.tasks.get(cluster.name, {}).values() if fits(task, given, definitions)]
    if given.get("startedBy"):
        tasks = [task for task in tasks if task.started_by == given["startedBy"]]
    answer = original(self)
    answer.result["taskArns"] = [task.task_arn for task in tasks]
    return answer


@wraps(EC2ContainerServiceResponse)
def describe_tasks(original: Callable[..., Any], self: EC2ContainerServiceResponse) -> Any:
    answer = original(self)
    given = parameters(self)
    cluster = find_cluster(self.ecs_backend, given.get("cluster", "default"))
    wanted = {name.rpartition("/")[2]: name for name in given.get("tasks") or []}
    tasks = {task.id: task for task in self.ecs_backend.tasks.get(cluster.name, {}).values() if task.id in wanted}
    prefix = cluster.arn.replace(":cluster/", ":task/")
    answer.result["tasks"] = list(tasks.values())
    answer.result["failures"] = [{"arn": f"{prefix}/{id}", "reason": "MISSING"} for id in wanted if id not in tasks]
    return answer


@wraps(EC2ContainerServiceBackend)
def stop_task(
    original: Callable[..., Any], self: EC2ContainerServiceBackend, cluster_str: str, task_str: str, reason: str
) -> Any:
    """Unlike a stop by the scheduler, this does not wait for the load balancer. https://github.com/aws/containers-roadmap/issues/576"""
    cluster = find_cluster(self, cluster_str)
    id = task_str.rpartition("/")[2]
    task = next((task for task in self.tasks.get(cluster.name, {}).values() if task.id == id), None)
    if task is None:
        raise InvalidParameterException("The referenced task was not found.")
    if not hasattr(task, "stop"):
        return original(self, cluster_str, task_str, reason)
    task.stop("UserInitiated", reason or "Task stopped by user", urgent=True)
    return task


@adds(EC2ContainerServiceResponse)
def execute_command(self: EC2ContainerServiceResponse) -> Any:
    """Refuses every request: the Session Manager plugin needs a WebSocket of AWS. A valid request gets the id of the process.
    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ExecuteCommand.html"""
    cluster = find_cluster(self.ecs_backend, parameter(self, "cluster", "default"))
    id = parameter(self, "task").rpartition("/")[2]
    task = next((task for task in self.ecs_backend.tasks.get(cluster.name, {}).values() if task.id == id), None)
    if task is None or task.last_status == "STOPPED":
        raise InvalidParameterException("The specified task does not exist or is not running.")
    if not isinstance(task, ServiceTask) or not task.enable_execute_command or not task.is_running():
        raise InvalidParameterException(
            "The execute command failed because execute command was not enabled when the task was run or the execute command "
            "agent isn't running. Wait and try again or run a new task with execute command enabled and try again."
        )
    container = parameter(self, "container")
    if container and container not in [each.name for each in task.containers]:
        raise InvalidParameterException(f"The container {container} does not exist in the task.")
    pid = task.process.pid if task.process else 0
    raise NotInLocalCloud(
        "the local cloud has no Session Manager - "
        f"the task runs as process {pid} of this machine and listens on http://127.0.0.1:{task.port}, so use that address, "
        f"`ps -p {pid}`, or CloudWatch Logs"
    )
