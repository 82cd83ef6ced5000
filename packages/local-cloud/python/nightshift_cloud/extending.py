"""Decorators that extend a class of moto. Both name the attribute: if a new version of moto no longer has it, or already
has it, the server does not start. This prevents unexpected responses."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any


def adds(cls: Any) -> Callable[..., Any]:
    """Adds the decorated function to `cls` as a method that moto does not have."""

    def add(function: Callable[..., Any]) -> Any:
        if hasattr(cls, function.__name__):
            raise TypeError(f"moto has {cls.__name__}.{function.__name__} by now: review the extension that adds it")
        setattr(cls, function.__name__, function)
        return function

    return add


def wraps(cls: Any, private: str | None = None) -> Callable[..., Any]:
    """Replaces the method of a class, or the function of a module, that has the decorated function's name or the name `private`.
    The decorated function gets the original first."""

    def wrap(function: Callable[..., Any]) -> Any:
        name = private or function.__name__
        original = getattr(cls, name, None)
        if original is None:
            raise TypeError(f"moto has no {cls.__name__}.{name}: review the extension that wraps it")

        @functools.wraps(original)
        def wrapper(self: Any, *args: Any, **kwargs: Any) -> Any:
            return function(original, self, *args, **kwargs)

        setattr(cls, name, wrapper)
        return function

    return wrap
