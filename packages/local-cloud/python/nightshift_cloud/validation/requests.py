"""Reads the members of a request in any of AWS's protocols, by the model of its operation.
https://smithy.io/2.0/aws/protocols/index.html"""

from __future__ import annotations

import functools
import json
import re
import urllib.parse
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from botocore.exceptions import UnknownServiceError
from moto.core.utils import get_service_model

# Botocore's names of services, by the names that sign their requests, where the two differ.
NAMES = {
    "elasticloadbalancing": "elbv2",
    "monitoring": "cloudwatch",
    "servicequotas": "service-quotas",
    "tagging": "resourcegroupstaggingapi",
}
# Parameters of every form request: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/CommonParameters.html
COMMON = re.compile(r"Action|Version|AWSAccessKeyId|Signature(Method|Version)?|Timestamp|Expires|SecurityToken|X-Amz-.*")


class Unreadable(Exception):
    """The body is not valid JSON or XML, or does not match the protocol."""


@dataclass(frozen=True)
class Request:
    service: str
    operation: Any
    members: dict[str, Any]
    # Whether numbers and booleans have types, as in JSON. If not, all values are text.
    typed: bool
    unknown: tuple[str, ...] = ()


@functools.cache
def model_of(signing_name: str) -> Any:
    try:
        return get_service_model(NAMES.get(signing_name, signing_name))
    except UnknownServiceError:
        return None


def read(environ: dict[str, Any], signing_name: str, body: bytes) -> Request | None:
    """Returns None for a request that no model describes.

    @raise Unreadable"""
    model = model_of(signing_name)
    if model is None or "HTTP_SMITHY_PROTOCOL" in environ:
        return None
    if "HTTP_X_AMZ_TARGET" in environ:
        return read_json(model, environ["HTTP_X_AMZ_TARGET"].rpartition(".")[2], body)
    if "rest" in model.metadata["protocol"]:
        return read_rest(model, environ, body)
    return read_form(model, environ, body)


def read_json(model: Any, action: str, body: bytes) -> Request | None:
    if action not in model.operation_names:
        return None
    try:
        given = json.loads(body or b"{}")
    except ValueError:
        raise Unreadable from None
    if not isinstance(given, dict):
        raise Unreadable
    return Request(model.service_name, model.operation_model(action), given, typed=True)


def read_form(model: Any, environ: dict[str, Any], body: bytes) -> Request | None:
    text = body.decode("utf-8", "replace") or environ.get("QUERY_STRING", "")
    pairs = dict(urllib.parse.parse_qsl(text, keep_blank_values=True))
    if pairs.get("Action") not in model.operation_names:
        return None
    if model.service_name == "elbv2" and pairs.get("Version") == "2012-06-01":
        return None  # an operation of the classic load balancers
    operation = model.operation_model(pairs["Action"])
    tree: dict[str, Any] = {}
    for name, value in pairs.items():
        node = tree
        for part in name.split("."):
            node = node.setdefault(part, {})
        node[""] = value
    names = [name for name in tree if not COMMON.fullmatch(name)]
    form = Form(ec2=model.metadata["protocol"] == "ec2")
    shape = operation.input_shape
    members = (form.value(shape, tree) or {}) if shape else {}
    known = {form.name_of(member, name).split(".")[0] for name, member in shape.members.items()} if shape else set()
    return Request(model.service_name, operation, members, False, tuple(name for name in names if name not in known))


class Form:
    """Reads names with dots, such as `Tag.1.Key=Name`, as a tree."""

    def __init__(self, *, ec2: bool) -> None:
        self.ec2 = ec2

    def name_of(self, shape: Any, member: str) -> str:
        if self.ec2:
            name = shape.serialization.get("queryName")
            located = shape.serialization.get("name", member)
            return str(name or located[:1].upper() + located[1:])
        if shape.type_name == "list" and shape.serialization.get("flattened"):
            return str(shape.member.serialization.get("name") or shape.serialization.get("name", member))
        return str(shape.serialization.get("name", member))

    def value(self, shape: Any, node: dict[str, Any]) -> Any:
        if shape.type_name == "structure":
            found = {
                member: self.value(each, node[self.name_of(each, member)])
                for member, each in shape.members.items()
                if self.name_of(each, member) in node
            }
            return {member: value for member, value in found.items() if value is not None}
        if shape.type_name == "list":
            flat = self.ec2 or shape.serialization.get("flattened")
            items = node if flat else node.get(shape.member.serialization.get("name", "member"), {})
            return [self.value(shape.member, items[index]) for index in numbers(items)]
        if shape.type_name == "map":
            items = node if shape.serialization.get("flattened") else node.get("entry", {})
            key, value = (
                each.serialization.get("name", default) for each, default in ((shape.key, "key"), (shape.value, "value"))
            )
            entries = [items[index] for index in numbers(items)]
            return {entry.get(key, {}).get(""): self.value(shape.value, entry.get(value, {})) for entry in entries}
        return node.get("")


def numbers(node: dict[str, Any]) -> list[str]:
    return sorted((name for name in node if name.isdigit()), key=int)


@dataclass(frozen=True)
class Route:
    operation: Any
    path: re.Pattern[str]
    # The query parameters of the URL, such as {"uploads": ""}.
    query: tuple[tuple[str, str], ...]
    # (location, name) of required headers and query parameters: only these distinguish CopyObject from PutObject.
    needs: tuple[tuple[str, str], ...]


@functools.cache
def routes(service: str) -> list[tuple[str, Route]]:
    model = get_service_model(service)
    found = []
    for name in model.operation_names:
        operation = model.operation_model(name)
        if operation.deprecated:
            continue  # PutBucketLifecycle has the same address as PutBucketLifecycleConfiguration
        path, _, query = operation.http["requestUri"].partition("?")
        labels = re.sub(r"\\\{(\w+)\\\}", "[^/]+", re.sub(r"\\\{(\w+)\\\+\\\}", ".+", re.escape(path)))
        shape = operation.input_shape
        members: Any = shape.members.items() if shape else ()
        needs = tuple(
            (each.serialization["location"], each.serialization["name"])
            for member, each in members
            if each.serialization.get("location") in ("header", "querystring") and member in shape.required_members
        )
        pairs = tuple(urllib.parse.parse_qsl(query, keep_blank_values=True))
        found.append((operation.http["method"], Route(operation, re.compile(f"{labels}/?"), pairs, needs)))
    return found


def header(environ: dict[str, Any], name: str) -> str | None:
    key = name.upper().replace("-", "_")
    value = environ.get(key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}")
    return None if value is None else str(value)


def read_rest(model: Any, environ: dict[str, Any], body: bytes) -> Request | None:
    query = dict(urllib.parse.parse_qsl(environ.get("QUERY_STRING", ""), keep_blank_values=True))
    path = environ.get("PATH_INFO", "/")

    def sent(need: tuple[str, str]) -> bool:
        return need[1] in query if need[0] == "querystring" else header(environ, need[1]) is not None

    def fits(route: Route) -> bool:
        return all(query.get(name) == value for name, value in route.query) and route.path.fullmatch(path) is not None

    found = [route for method, route in routes(model.service_name) if method == environ["REQUEST_METHOD"] and fits(route)]
    complete = [route for route in found if all(sent(need) for need in route.needs)]
    if not found:
        return None
    best = max(complete or found, key=lambda route: (len(route.query), len(route.needs), -route.path.pattern.count(".+")))
    return Request(model.service_name, best.operation, rest_members(best.operation, environ, query, body), typed=False)


def rest_members(operation: Any, environ: dict[str, Any], query: dict[str, str], body: bytes) -> dict[str, Any]:
    shape = operation.input_shape
    if shape is None:
        return {}
    members: dict[str, Any] = {}
    payload = shape.serialization.get("payload")
    for name, member in shape.members.items():
        location, wire = member.serialization.get("location"), member.serialization.get("name", name)
        if location == "header" and member.type_name not in ("list", "map"):
            members[name] = header(environ, wire)
        elif location == "querystring" and member.type_name not in ("list", "map"):
            members[name] = query.get(wire)
        elif name == payload and body:
            members[name] = read_document(member, body) if member.type_name == "structure" else body
    return {name: value for name, value in members.items() if value is not None}


def read_document(shape: Any, body: bytes) -> Any:
    try:
        return xml_value(shape, [ElementTree.fromstring(body)])
    except ElementTree.ParseError:
        raise Unreadable from None


def tag_of(node: Any) -> str:
    return str(node.tag).rpartition("}")[2]


def children(nodes: Iterable[Any], name: str) -> list[Any]:
    return [child for node in nodes for child in node if tag_of(child) == name]


def xml_value(shape: Any, nodes: list[Any]) -> Any:
    """`nodes` are the elements with the name of the member. Only a flattened list has several."""
    if shape.type_name == "list":
        name = shape.member.serialization.get("name", "member")
        items = nodes if shape.serialization.get("flattened") else children(nodes, name)
        return [xml_value(shape.member, [item]) for item in items]
    if shape.type_name == "structure":
        found = {}
        for member, each in shape.members.items():
            name = each.serialization.get("name", member)
            inner = children(nodes, name)
            if each.serialization.get("xmlAttribute"):
                attributes = {key.rpartition("}")[2]: value for key, value in nodes[0].attrib.items()}
                found[member] = attributes.get(name.rpartition(":")[2])
            elif inner:
                found[member] = xml_value(each, inner)
        return found
    return nodes[0].text or ""
