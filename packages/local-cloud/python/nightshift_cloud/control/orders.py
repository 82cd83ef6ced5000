"""What the local cloud can be told that AWS has no API for: JSON over HTTP under /nightshift/, without credentials."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from .error_answers import Answer

PREFIX = "/nightshift/"
# Takes the parsed body and returns what is sent as JSON.
Handler = Callable[[Any], dict[str, Any]]

routes: dict[tuple[str, str], Handler] = {}


class InvalidOrder(Exception):
    """Its text says what was expected."""


def serves(method: str, path: str) -> Callable[[Handler], Handler]:
    """The decorated function gets the parsed body (None without one) and gives what is answered as JSON; it holds the lock."""

    def register(function: Handler) -> Handler:
        routes[method, path] = function
        return function

    return register


def answer(method: str, path: str, body: bytes) -> Answer:
    """Status line, headers and body."""
    function = routes.get((method, path))
    try:
        if function is None:
            raise InvalidOrder(f"nothing is here, got {method} {path}: {', '.join(sorted(' '.join(key) for key in routes))}")
        status, content = "200 OK", function(json.loads(body) if body else None)
    except (InvalidOrder, json.JSONDecodeError) as error:
        status, content = "400 BAD REQUEST", {"message": str(error)}
    encoded = json.dumps(content).encode()
    return status, [("Content-Type", "application/json"), ("Content-Length", str(len(encoded)))], encoded
