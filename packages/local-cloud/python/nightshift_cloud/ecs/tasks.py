"""A task of a service. It goes through the states of Fargate. While it is RUNNING, it has a process on this machine."""

from typing import Any

from ..cloud import cloud
from ..elbv2 import load_balancers, targets
from . import task_record
from .container import CannotLog, CannotReadSecrets, ContainerHealth, TaskLog, command_of, environment_of, process_port_of
from .images import CannotPull, Image, find_image
from .processes import HOST, TaskProcess, free_port
from .task_record import STARTING, TaskObservation, TaskRecord, hex_id, next_state, utc_now

# Default stopTimeout: ECS kills a container that does not stop in this time.
STOP_TIMEOUT = 30
# A Spot task has two minutes from the warning: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html
SPOT_WARNING = 120
# Minimum in real seconds: processes do not finish their work faster when the time scale is higher.
LEAST_STOP = 5.0
# Real seconds between the deregistration of a task that stops at once and SIGTERM.
LEAST_NOTICE = 0.2
# Time for which a slowly starting image delays requests, in seconds of AWS.
SLOW_START = 50
# An image whose process ends by itself counts as started before it listens.
NEVER_LISTENING = ("crashes", "out-of-memory")


class ServiceTask(TaskRecord):
    def __init__(self, backend: Any, service: Any, task_set: Any, definition: Any, provider: str | None, subnet_id: str) -> None:
        super().__init__(service, task_set, definition, provider)
        self.backend, self.service, self.task_set = backend, service, task_set
        network = (task_set.network_configuration or service.network_configuration)["awsvpcConfiguration"]
        self.interface, zone = task_record.create_interface(backend, subnet_id, network.get("securityGroups") or [])
        self.attach(self.interface, zone)
        balanced = task_set.load_balancers[0]["containerName"] if task_set.load_balancers else None
        self.main = self.container(balanced)
        self.definition = next(item for item in definition.container_definitions if item["name"] == self.main.name)
        self.log = TaskLog(backend, self.definition, self.id)
        self.image: Image | None = None
        self.process: TaskProcess | None = None
        self.port: int | None = None
        self.health: ContainerHealth | None = None
        # The utilization that ecs/metrics.py measures.
        self.usage: Any = None
        self.failure: str | None = None
        self.since = cloud.clock.now()
        self.failed_to_start = self.urgent = self.exited = False
        self.registered: list[tuple[str, int]] = []
        # Whether the service has an event for it.
        self.start_reported = self.stop_reported = False

    @property
    def ip(self) -> str:
        return str(self.interface.private_ip_address)

    @property
    def process_port(self) -> int | None:
        """The port on 127.0.0.1."""
        return self.port

    def is_running(self) -> bool:
        return self.last_status == "RUNNING"

    def is_pending(self) -> bool:
        return self.last_status in STARTING

    def should_run(self) -> bool:
        return self.desired_status == "RUNNING"

    def elapsed(self) -> float:
        """Seconds of AWS in this state."""
        return cloud.clock.passed_since(self.since)

    def ran_for(self) -> float:
        """Seconds of AWS since it was RUNNING."""
        return (utc_now() - self.started_at).total_seconds() * cloud.clock.scale if self.started_at else 0.0

    def stop(self, code: str, reason: str, urgent: bool = False) -> None:
        """Starts to stop the task. `urgent` does not wait for the load balancer to drain."""
        if not self.should_run():
            return
        self.desired_status, self.stop_code, self.stopped_reason = "STOPPED", code, reason
        self.urgent, self.stopping_at = urgent, utc_now()

    def update(self) -> None:
        """Advances the task in a tick."""
        self.read_process()
        while (state := next_state(self.observe())) != self.last_status:
            self.last_status, self.since, self.version = state, cloud.clock.now(), self.version + 1
            getattr(self, f"enter_{state.lower()}")()
        if self.last_status == "RUNNING":
            self.supervise()
        elif self.last_status == "STOPPING" and cloud.clock.now() - self.since >= self.patience():
            self.end_process()

    def observe(self) -> TaskObservation:
        return TaskObservation(
            self.last_status,
            self.elapsed(),
            stopping=not self.should_run(),
            started=self.is_started(),
            failed_to_start=self.failed_to_start,
            exited=self.exited or (self.process is None and self.last_status in ("DEACTIVATING", "STOPPING")),
            drained=self.is_drained(),
        )

    def is_started(self) -> bool:
        if self.image and self.image.behaves in NEVER_LISTENING:
            return True
        return self.exited or (self.process is not None and self.process.listens())

    def is_drained(self) -> bool:
        if self.urgent:
            return cloud.clock.now() - self.since >= LEAST_NOTICE
        return all(targets.health(self.backend, arn, self.ip) != "draining" for arn, _ in self.registered)

    def patience(self) -> float:
        """Real seconds from SIGTERM to SIGKILL."""
        given = self.definition.get("stopTimeout") or STOP_TIMEOUT
        return max(cloud.clock.seconds(min(given, SPOT_WARNING)), LEAST_STOP)

    def read_process(self) -> None:
        if self.process is None:
            return
        code = self.process.exit_code()
        self.log.write(self.process.take_lines())
        if code is not None and not self.exited:
            self.exited, self.main.exit_code = True, code
            if self.image and self.image.behaves == "out-of-memory" and code == 137 and self.should_run():
                self.main.reason = "OutOfMemoryError: Container killed due to memory usage"

    def supervise(self) -> None:
        if self.process and self.process.paused and self.ran_for() >= SLOW_START:
            self.process.resume()
        if self.health:
            self.health.update(self.ran_for())
            self.health_status = self.main.health_status = self.health.status

    def enter_pending(self) -> None:
        self.pull_started_at = utc_now()
        try:
            self.image = find_image(self.main.image)
            self.log.open()
            self.port = free_port()
            self.environment = environment_of(self.backend, self.definition, self.image, self.port)
        except (CannotPull, CannotLog, CannotReadSecrets) as error:
            self.failed_to_start, self.failure = True, str(error)
            self.main.reason = self.failure if isinstance(error, CannotPull) else None
            return
        self.main.image_digest = self.image.digest
        if self.image.behaves not in NEVER_LISTENING:
            self.run()

    def run(self) -> None:
        assert self.image is not None and self.port is not None
        command, more = command_of(self.image)
        self.process = cloud.task_processes.start(command, {**self.environment, **more}, self.port)

    def enter_activating(self) -> None:
        self.pull_stopped_at = utc_now()
        for container in self.containers:
            container.runtime_id = f"{self.id}-{hex_id()[:10]}"
        if self.process and self.image and self.image.behaves == "slow-start":
            self.process.pause()
        for balanced in self.task_set.load_balancers:
            arn, port = balanced.get("targetGroupArn"), balanced["containerPort"]
            if arn and self.port is not None:
                process_port = process_port_of(self.definition, port, self.port)
                load_balancers.register_task(self.backend, arn, self.ip, port, HOST, process_port)
                self.registered.append((arn, port))

    def enter_running(self) -> None:
        if self.process is None:
            self.run()
        self.started_at = utc_now()
        for container in self.containers:
            container.last_status = "RUNNING"
            container.start_agents(self.enable_execute_command)
        if self.definition.get("healthCheck"):
            self.health = ContainerHealth(self.definition["healthCheck"], self.process_port_for)

    def process_port_for(self, port: int | None) -> int:
        """The port of this machine for a port of the container."""
        assert self.port is not None
        return process_port_of(self.definition, port, self.port)

    def enter_deactivating(self) -> None:
        self.deregister()

    def enter_stopping(self) -> None:
        self.deregister()
        if self.process:
            self.process.terminate()

    def deregister(self) -> None:
        if self.should_run():
            self.stop("EssentialContainerExited", "Essential container in task exited")
        for arn, _ in self.registered:
            load_balancers.deregister_task(self.backend, arn, self.ip)

    def enter_deprovisioning(self) -> None:
        if self.failed_to_start:
            self.stop("TaskFailedToStart", self.failure or "")
        self.end_process()
        self.execution_stopped_at = utc_now()
        for container in self.containers:
            container.stop()

    def end_process(self) -> None:
        if self.process:
            self.process.kill()

    def enter_stopped(self) -> None:
        self.connectivity = "DISCONNECTED"
        if self.stop_code == "TerminationNotice":
            self.stop_code = "SpotInterruption"
        self.stopped_at = utc_now()
        self.detach()

    def detach(self) -> None:
        for attachment in self.attachments:
            attachment["status"] = "DELETED"
        task_record.delete_interface(self.backend, self.interface)

    def remove(self) -> None:
        """Stops the task at once, when its service is deleted."""
        for arn, _ in self.registered:
            load_balancers.deregister_task(self.backend, arn, self.ip)
        self.end_process()
        self.detach()


def tasks_of(backend: Any, service: Any) -> list[ServiceTask]:
    """All tasks of the service, including stopped tasks and those of deleted task sets."""
    return [
        task
        for task in backend.tasks.get(service.cluster_name, {}).values()
        if isinstance(task, ServiceTask) and task.service is service
    ]
