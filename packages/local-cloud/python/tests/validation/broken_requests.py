"""Requests that each violate one constraint of botocore's models, for every operation that the platform uses."""

import functools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nightshift_cloud.validation.constraints import CONTAINERS, NUMBERS, UNSEEN, broken
from nightshift_cloud.validation.requests import NAMES, Request, model_of, read

RECORDED = Path(__file__).with_name("recorded_requests.jsonl")
POLICIES = Path(__file__).parents[5] / "docs" / "policies"
# Names that sign requests, by IAM's prefixes of actions, where the two differ.
SIGNED = {"cloudwatch": "monitoring"}
# Other operations that the AWS CLI and other release tools call: https://docs.aws.amazon.com/cli/latest/reference/ecs/deploy.html
TOOLS = {
    "codedeploy": ("BatchGetDeploymentGroups", "ListApplicationRevisions", "GetApplicationRevision", "ContinueDeployment"),
    "ecs": ("ExecuteCommand", "RunTask", "StopTask", "CreateTaskSet", "DescribeCapacityProviders", "ListServiceDeployments"),
    "application-autoscaling": ("DescribeScalingActivities",),
}
MOST = 200_000
DEPTH = 7
SAMPLES = (
    *("a", "Abc", "1", "key-1", "10.0.0.1", "arn:aws:iam::123456789012:role/a", "a" * 20, "123456789012"),
    *("0123456789abcdef0123456789abcdef", "arn:aws:kms:eu-central-1:123456789012:key/a", "{}", "a@b.cd", "sha256:" + "0" * 64),
    *("arn:aws:ecs:eu-central-1:123456789012:task/c/a", "arn:aws:ssm:eu-central-1:123456789012:parameter/a", "a/b", "/", "a.b"),
    *("arn:aws:application-autoscaling:eu-central-1:123456789012:scalable-target/a", "01234567-89ab-cdef-0123-456789abcdef"),
    *("HTTP", "200", "ipv4pool-coip-1", "ipam-pool-1", "arn:aws:secretsmanager:eu-central-1:123456789012:secret:a", "Name"),
)
FORBIDDEN = ("\u0007", " ", "!", "", "ü~", "$$$$", "a" * 300, "x y\n", "-")


@dataclass(frozen=True)
class Broken:
    service: str
    operation: Any
    kind: str
    path: tuple[str, ...]
    members: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.service}.{self.operation.name} {self.kind} {'.'.join(self.path)}"


def recorded() -> Iterator[tuple[dict[str, str], str, bytes]]:
    """The environment, the signing name and the body of each recorded request."""
    for line in RECORDED.read_text().splitlines():
        given = json.loads(line)
        environ = {"REQUEST_METHOD": given.get("method", "POST"), "PATH_INFO": given.get("path", "/")}
        environ["QUERY_STRING"] = given.get("query", "")
        environ.update({f"HTTP_{name.upper().replace('-', '_')}": value for name, value in given.get("headers", {}).items()})
        if "target" in given:
            environ["HTTP_X_AMZ_TARGET"] = given["target"]
        yield environ, given["service"], given.get("body", "").encode()


def recorded_requests() -> list[Request]:
    return [request for each in recorded() if (request := read(*each))]


def permitted() -> Iterator[tuple[str, str]]:
    for file in POLICIES.glob("*.json"):
        for statement in json.loads(file.read_text())["Statement"]:
            actions = statement.get("Action", []) if statement["Effect"] == "Allow" else []
            for action in [actions] if isinstance(actions, str) else actions:
                prefix, _, name = action.partition(":")
                yield SIGNED.get(prefix, prefix), name


def called() -> set[tuple[str, str]]:
    """Botocore's names of the services and operations in the recorded requests of Terraform, our tools and the AWS CLI."""
    return {(request.service, request.operation.name) for request in recorded_requests()}


def operations() -> list[tuple[str, Any]]:
    """The recorded operations, those that the policies for pipelines permit, and those that other release tools call."""
    found = {(request.service, request.operation.name): request.operation for request in recorded_requests()}
    named = [*permitted(), *((service, name) for service, names in TOOLS.items() for name in names)]
    for signed, name in named:
        model = model_of(signed)
        if model and name in model.operation_names:
            found[(NAMES.get(signed, signed), name)] = model.operation_model(name)
    return [(service, operation) for (service, _), operation in sorted(found.items(), key=lambda item: item[0])]


def sample(shape: Any, depth: int = 0) -> Any:
    """A value that satisfies the model, with required members only."""
    if shape.type_name == "structure":
        # A form cannot contain an empty structure.
        names = shape.required_members or list(shape.members)[: min(depth, 1)]
        return {name: sample(shape.members[name], depth + 1) for name in names} if depth < DEPTH else {}
    if shape.type_name == "list":
        return [sample(shape.member, depth + 1)] * max(1, shape.metadata.get("min", 0)) if depth < DEPTH else []
    if shape.type_name == "map":
        return {sample(shape.key): sample(shape.value, depth + 1)} if depth < DEPTH else {}
    if shape.type_name in NUMBERS:
        return shape.metadata.get("min", 1)
    simple = {"boolean": True, "timestamp": 1_700_000_000, "blob": b"a"}
    return simple.get(shape.type_name) or sample_text(shape)


def sample_text(shape: Any) -> str:
    if "enum" in shape.metadata:
        return str(shape.metadata["enum"][0])
    least = shape.metadata.get("min", 0)
    candidates = [text if len(text) >= least else (text * least)[:least] for text in SAMPLES]
    return next(text for text in candidates if not broken(shape, text))


def wrong_values(shape: Any) -> Iterator[tuple[str, Any]]:
    """The kind of each constraint of a shape, and a value that violates it."""
    limits, kind = shape.metadata, shape.type_name
    least, most = limits.get("min"), limits.get("max")
    if kind in NUMBERS:
        if least is not None:
            yield "range", least - 1
        if most is not None:
            yield "range", most + 1
    elif kind == "list":
        if least:
            yield "length", [sample(shape.member)] * (int(least) - 1)
        if most and most < 1000:
            yield "length", [sample(shape.member)] * (int(most) + 1)
    elif kind == "string":
        if "enum" in limits:
            yield "enum", "no-such-value"
            return
        text = sample_text(shape)
        if least:
            yield "length", text[: int(least) - 1]
        if most and most < MOST:
            yield "length", "a" * (int(most) + 1)
        if "pattern" in limits:
            yield from (("pattern", text) for text in FORBIDDEN if [found for found, _ in broken(shape, text)] == ["pattern"])


def below(shape: Any, seen: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str, Any]]:
    """For each way to violate one constraint in a shape: its path, its kind, and the value of the whole shape."""
    if len(seen) > DEPTH or shape.name in seen:
        return
    seen = (*seen, shape.name)
    kinds = set()
    for kind, value in wrong_values(shape):
        # A value that is too short and one that is too long are two cases; all values that violate the pattern are one.
        if kind != "pattern" or kind not in kinds:
            kinds.add(kind)
            yield (), kind, value
    if shape.type_name == "list":
        for path, kind, value in below(shape.member, seen):
            yield ("*", *path), kind, [value] * max(1, shape.metadata.get("min", 0))
    if shape.type_name == "map" and shape.value.type_name in CONTAINERS:
        for path, kind, value in below(shape.value, seen):
            yield ("*", *path), kind, {sample(shape.key): value}
    if shape.type_name == "structure":
        for name, member in shape.members.items():
            if member.serialization.get("location") in UNSEEN or member.metadata.get("idempotencyToken"):
                continue
            if name in shape.required_members:
                yield (name,), "required", {key: value for key, value in sample(shape).items() if key != name}
            for path, kind, value in below(member, seen):
                yield (name, *path), kind, {**sample(shape), name: value}


@functools.cache
def broken_requests() -> list[Broken]:
    return [
        Broken(service, operation, kind, path, members)
        for service, operation in operations()
        if operation.input_shape
        for path, kind, members in below(operation.input_shape)
    ]
