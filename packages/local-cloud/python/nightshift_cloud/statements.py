"""Statements of IAM policies.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html"""

from __future__ import annotations

import re
from typing import Any


def as_list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def fits(pattern: str, value: str, *, case: bool = True) -> bool:
    """`*` matches any characters and `?` one character. Unlike in file names, brackets are literal."""
    expression = "".join({"*": ".*", "?": "."}.get(character, re.escape(character)) for character in pattern)
    return re.fullmatch(expression, value, 0 if case else re.IGNORECASE) is not None


def covers(actions: Any, action: str) -> bool:
    return any(fits(pattern, action, case=False) for pattern in as_list(actions))
