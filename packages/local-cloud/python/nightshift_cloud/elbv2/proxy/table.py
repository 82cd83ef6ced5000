"""The routing table that the server sends to the proxy, and the messages that the proxy sends back. Both are JSON."""

from typing import Literal, TypedDict

TargetState = Literal["initial", "healthy", "unhealthy", "draining"]


class TargetEntry(TypedDict):
    ip: str
    port: int
    # Where the target's process listens. None if the load balancer cannot reach it.
    host: str | None
    processPort: int | None
    state: TargetState


class HealthCheck(TypedDict):
    path: str
    # In real seconds.
    interval: float
    timeout: float


class GroupEntry(TypedDict):
    arn: str
    # None if health checks are disabled.
    check: HealthCheck | None
    targets: list[TargetEntry]


class Weight(TypedDict):
    arn: str
    weight: int


class Forward(TypedDict):
    type: Literal["forward"]
    groups: list[Weight]


class FixedResponse(TypedDict):
    type: Literal["fixed-response"]
    status: int
    body: str | None
    contentType: str | None


class Redirect(TypedDict):
    """Each part may contain placeholders such as `#{host}`. None keeps the part of the request."""

    type: Literal["redirect"]
    status: str | None
    protocol: str | None
    host: str | None
    port: str | None
    path: str | None
    query: str | None


class ListenerEntry(TypedDict):
    arn: str
    loadBalancer: str
    port: int
    protocol: str
    # The port of this machine to listen on, unless another program uses it.
    preferredPort: int
    idleSeconds: int
    action: Forward | FixedResponse | Redirect


class Routing(TypedDict):
    listeners: list[ListenerEntry]
    groups: list[GroupEntry]


class Table(Routing):
    version: int


class Applied(TypedDict):
    """The proxy routes requests by the table of this version."""

    version: int
    # The port of this machine of each listener, by ARN.
    ports: dict[str, int]


class HealthAnswer(TypedDict):
    group: str
    ip: str
    port: int | None
    # A status code, or the reason if there is none.
    answer: int | str


class Measured(TypedDict):
    # Load balancer, target group or None, metric, number of samples with the value 1.
    counts: list[tuple[str, str | None, str, int]]
    # Load balancer, target group, and how often each response time occurred, in seconds.
    times: list[tuple[str, str | None, list[tuple[float, int]]]]


class Message(TypedDict, total=False):
    """Has exactly one of its keys."""

    applied: Applied
    health: HealthAnswer
    measured: Measured
