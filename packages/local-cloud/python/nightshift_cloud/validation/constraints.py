"""Compares a request with the model of its operation and returns the violated constraints.

The messages are those of AWS's common front end, which most services use:
https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html"""

from __future__ import annotations

import base64
import binascii
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .patterns import matches

# The kinds of constraints in the models. A `Violation` can also be of kind `type`.
KINDS = ("required", "length", "range", "pattern", "enum")
WHOLE = ("integer", "long", "short", "byte")
NUMBERS = (*WHOLE, "float", "double")
CONTAINERS = ("structure", "list", "map")
# Locations that are not checked: without such a member, the request is one of another operation.
UNSEEN = ("uri", "headers")
# The front end's names of JSON types.
JSON_TYPES = {bool: "TRUE_VALUE", int: "NUMBER_VALUE", float: "NUMBER_VALUE", str: "STRING_VALUE"}


@dataclass(frozen=True)
class Violation:
    kind: str
    # Names of members, and numbers in lists from 1.
    path: tuple[str | int, ...]
    value: Any
    sentence: str
    # Where the member is sent: "" in the body.
    location: str = ""
    sensitive: bool = False

    @property
    def member(self) -> str:
        """The innermost name."""
        return next(str(part) for part in reversed(self.path) if isinstance(part, str))

    @property
    def place(self) -> str:
        """Such as `tags.1.member.key`."""
        parts = [f"{part}.member" if isinstance(part, int) else part[:1].lower() + part[1:] for part in self.path]
        return ".".join(parts)

    @property
    def shown(self) -> str:
        if self.value is None:
            return "Value null"
        return "Value" if self.sensitive else f"Value '{show(self.value)}'"

    def __str__(self) -> str:
        return f"{self.shown} at '{self.place}' failed to satisfy constraint: {self.sentence}"


def show(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(show(item) for item in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{name}={show(item)}' for name, item in value.items())}}}"
    return str(value)


def rules(shape: Any) -> list[tuple[str, str]]:
    """Kind and message of each constraint of a shape."""
    limits, found = shape.metadata, []
    if shape.type_name in NUMBERS:
        kind, what = "range", "value"
    else:
        kind, what = "length", "length"
    if "max" in limits:
        found.append((kind, f"Member must have {what} less than or equal to {number(limits['max'])}"))
    if "min" in limits:
        found.append((kind, f"Member must have {what} greater than or equal to {number(limits['min'])}"))
    if "pattern" in limits:
        found.append(("pattern", f"Member must satisfy regular expression pattern: {limits['pattern']}"))
    if "enum" in limits:
        found.append(("enum", f"Member must satisfy enum value set: [{', '.join(limits['enum'])}]"))
    return found


def number(limit: float) -> str:
    return str(int(limit)) if float(limit).is_integer() else str(limit)


def size_of(shape: Any, value: Any) -> float:
    if shape.type_name in NUMBERS:
        return float(value)
    if shape.type_name == "blob":
        try:
            return len(base64.b64decode(value))
        except (binascii.Error, TypeError, ValueError):
            return len(value)
    return len(value)


def broken(shape: Any, value: Any) -> list[tuple[str, str]]:
    """The constraints of this shape that the value itself violates. Nested values are not checked."""
    limits, found = shape.metadata, []
    for kind, sentence in rules(shape):
        if kind == "enum":
            bad = value not in limits["enum"]
        elif kind == "pattern":
            bad = not matches(limits["pattern"], value)
        elif "less than" in sentence:
            bad = size_of(shape, value) > limits["max"]
        else:
            bad = size_of(shape, value) < limits["min"]
        if bad:
            found.append((kind, sentence))
    return found


def mistyped(shape: Any, value: Any, typed: bool) -> bool:
    """Whether the value has another type than the shape. In XML and forms (`typed` is false), values are text."""
    kind = shape.type_name
    if kind in CONTAINERS:
        return not isinstance(value, list if kind == "list" else dict) and not getattr(shape, "is_document_type", False)
    if isinstance(value, (list, dict)):
        return True
    if kind in NUMBERS and not typed:
        return not is_number(value, whole=kind in WHOLE)
    if kind in NUMBERS:
        return isinstance(value, bool) or not isinstance(value, (int, float)) or (kind in WHOLE and value != int(value))
    if kind == "boolean":
        return not isinstance(value, bool) if typed else value.lower() not in ("true", "false", "1", "0")
    if kind in ("string", "blob"):
        return not isinstance(value, (str, bytes))
    return False


def is_number(text: str, *, whole: bool) -> bool:
    try:
        return math.isfinite(int(text) if whole else float(text))
    except ValueError:
        return False


def conversion(shape: Any, value: Any) -> str:
    given = JSON_TYPES.get(type(value), "Start of list" if isinstance(value, list) else "Start of structure or map")
    if given.startswith("Start") or shape.type_name in CONTAINERS:
        return f"{given if given.startswith('Start') else 'Unexpected value'} found where not expected."
    return f"{given} can not be converted to {article(shape.type_name.capitalize())}"


def article(name: str) -> str:
    return f"{'an' if name[0] in 'AEIOU' else 'a'} {name}"


def violations(shape: Any, value: Any, typed: bool, path: tuple[str | int, ...] = ()) -> Iterator[Violation]:
    """@param typed false if all values are text, as in forms and XML"""
    location = shape.serialization.get("location", "")
    sensitive = bool(shape.metadata.get("sensitive"))
    if mistyped(shape, value, typed):
        yield Violation("type", path, value, conversion(shape, value), location, sensitive)
        return
    for kind, sentence in broken(shape, value):
        yield Violation(kind, path, value, sentence, location, sensitive)
    if shape.type_name == "structure" and not getattr(shape, "is_document_type", False):
        yield from in_structure(shape, value, typed, path)
    elif shape.type_name == "list":
        yield from in_list(shape, value, typed, path)
    elif shape.type_name == "map":
        yield from in_map(shape, value, typed, path)


def in_structure(shape: Any, value: Any, typed: bool, path: tuple[str | int, ...]) -> Iterator[Violation]:
    for name, member in shape.members.items():
        if member.serialization.get("location") in UNSEEN:
            continue
        # JSON uses the names of the wire; `requests` has mapped those of forms and XML to the names of the members.
        given = value.get(member.serialization.get("name", name) if typed else name)
        if given is not None:
            yield from violations(member, given, typed, (*path, name))
        elif name in shape.required_members:
            location = member.serialization.get("location", "")
            yield Violation("required", (*path, name), None, "Member must not be null", location)


def in_list(shape: Any, value: Any, typed: bool, path: tuple[str | int, ...]) -> Iterator[Violation]:
    for index, item in enumerate(value):
        if item is None:
            continue
        if shape.member.type_name in CONTAINERS or mistyped(shape.member, item, typed):
            yield from violations(shape.member, item, typed, (*path, index + 1))
            continue
        for kind, _ in broken(shape.member, item)[:1]:
            sentences = ", ".join(sentence for _, sentence in rules(shape.member))
            yield Violation(kind, path, value, f"Member must satisfy constraint: [{sentences}]")
            return


def in_map(shape: Any, value: Any, typed: bool, path: tuple[str | int, ...]) -> Iterator[Violation]:
    for what, each, items in (("keys", shape.key, value.keys()), ("value", shape.value, value.values())):
        if each.type_name in CONTAINERS:
            continue
        sentences = ", ".join(sentence for _, sentence in rules(each))
        for item in items:
            kinds = ["type"] if mistyped(each, item, typed) else [kind for kind, _ in broken(each, item)]
            if kinds:
                yield Violation(kinds[0], path, value, f"Map {what} must satisfy constraint: [{sentences}]")
                break
    if shape.value.type_name in CONTAINERS:
        for key, item in value.items():
            if item is not None:
                yield from violations(shape.value, item, typed, (*path, key))
