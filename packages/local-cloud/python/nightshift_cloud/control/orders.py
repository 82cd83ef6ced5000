"""What the local cloud can be told that AWS has no API for: JSON over HTTP under /nightshift/, without credentials."""

import json

PREFIX = "/nightshift/"
routes = {}


class InvalidOrder(Exception):
    """Its text says what was expected."""


def serves(method, path):
    """The decorated function gets the parsed body (None without one) and gives what is answered as JSON; it holds the lock."""

    def register(function):
        routes[method, path] = function
        return function

    return register


def answer(method, path, body):
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
