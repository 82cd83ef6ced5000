"""The two ways in which an extension changes a class of moto. Both name what they change, so that a new moto that no
longer has it, or has it by now, stops the server at its start instead of changing what it answers."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any


def adds(cls: Any) -> Callable[..., Any]:
    """Gives `cls` the decorated function as a method that moto does not have."""

    def add(function: Callable[..., Any]) -> Any:
        if hasattr(cls, function.__name__):
            raise TypeError(f"moto has {cls.__name__}.{function.__name__} by now: review the extension that adds it")
        setattr(cls, function.__name__, function)
        return function

    return add


def wraps(cls: Any) -> Callable[..., Any]:
    """Replaces the method of `cls` that has the decorated function's name; the function gets the original first."""

    def wrap(function: Callable[..., Any]) -> Any:
        original = getattr(cls, function.__name__, None)
        if original is None:
            raise TypeError(f"moto has no {cls.__name__}.{function.__name__}: review the extension that wraps it")

        @functools.wraps(original)
        def wrapper(self: Any, *args: Any, **kwargs: Any) -> Any:
            return function(original, self, *args, **kwargs)

        setattr(cls, function.__name__, wrapper)
        return function

    return wrap
