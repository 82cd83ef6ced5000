"""The HTTP API of the local cloud's own features: JSON under /nightshift/, with the control token."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .error_answers import Answer

if TYPE_CHECKING:
    from ..cloud import Cloud

PREFIX = "/nightshift/"
# Takes the parsed body and returns what is sent as JSON.
Handler = Callable[["Cloud", Any], dict[str, Any]]

routes: dict[tuple[str, str], Handler] = {}


class InvalidRequest(Exception):
    """The request is invalid. The message states the expected input."""


def refuse_unknown_fields(given: dict[str, Any], known: set[str]) -> None:
    unknown = sorted(set(given) - known)
    if unknown:
        raise InvalidRequest(f"unknown: {', '.join(unknown)}")


def serves(method: str, path: str) -> Callable[[Handler], Handler]:
    """The decorated function gets the parsed body or None, and returns the answer. It is called with the lock held."""

    def register(function: Handler) -> Handler:
        routes[method, path] = function
        return function

    return register


def answer(cloud: Cloud, method: str, path: str, body: bytes) -> Answer:
    """Status line, headers and body."""
    function = routes.get((method, path))
    try:
        if function is None:
            known = ", ".join(sorted(" ".join(key) for key in routes))
            raise InvalidRequest(f"{method} {path}: no such path, use one of {known}")
        status, content = "200 OK", function(cloud, json.loads(body) if body else None)
    except (InvalidRequest, json.JSONDecodeError) as error:
        status, content = "400 BAD REQUEST", {"message": str(error)}
    encoded = json.dumps(content).encode()
    return status, [("Content-Type", "application/json"), ("Content-Length", str(len(encoded)))], encoded
