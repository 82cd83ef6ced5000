"""Filter patterns of CloudWatch Logs: terms, JSON and space-delimited fields.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html"""

from __future__ import annotations

import functools
import json
import operator
import re
from collections.abc import Callable
from fnmatch import fnmatchcase
from typing import Any

from moto.logs.exceptions import InvalidParameterException

Matcher = Callable[[str], bool]
COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
}
TERM = re.compile(r'\s*([-?]?)(?:"((?:[^"\\]|\\.)*)"|%([^%]+)%|([^\s"]+))')
CONDITION = re.compile(
    r"\s*(?P<path>[$A-Za-z_][^\s=!<>()&|]*)\s*(?:(?P<is>NOT EXISTS|EXISTS|IS TRUE|IS FALSE|IS NULL)|"
    r'(?P<sign>!=|<=|>=|=|<|>)\s*(?P<value>"[^"]*"|%[^%]+%|[^\s()&|]+))\s*'
)
MISSING = object()


class InvalidPattern(InvalidParameterException):
    def __init__(self) -> None:
        super().__init__(msg="Invalid filter pattern")


@functools.lru_cache(maxsize=100)
def compile_pattern(pattern: str) -> Matcher:
    """Whether a message matches. @raise InvalidPattern"""
    text = pattern.strip()
    if text.startswith("{"):
        return json_matcher(text)
    return fields_matcher(text) if text.startswith("[") else terms_matcher(text)


def terms_matcher(text: str) -> Matcher:
    """All plain terms and none of the `-` terms; without plain terms, at least one of the `?` terms. Case matters."""
    terms: dict[str, list[Matcher]] = {"": [], "?": [], "-": []}
    end = 0
    while end < len(text.rstrip()):
        found = TERM.match(text, end)
        if found is None:
            raise InvalidPattern
        sign, quoted, expression, plain = found.groups()
        if expression is not None:
            terms[sign].append(functools.partial(searches, compiled(expression)))
        else:
            term = re.sub(r"\\\\(.)", r"\\1", quoted) if quoted is not None else plain
            if quoted is None and re.search(r"[^\w./:*-]", term):
                raise InvalidPattern
            terms[sign].append(functools.partial(contains, term))
        end = found.end()

    def matches(message: str) -> bool:
        wanted, optional, unwanted = terms[""], terms["?"], terms["-"]
        if any(term(message) for term in unwanted) or not all(term(message) for term in wanted):
            return False
        # "?" is ignored beside other terms.
        return not optional or bool(wanted) or any(term(message) for term in optional)

    return matches


def contains(term: str, message: str) -> bool:
    return term in message


def searches(expression: re.Pattern[str], message: str) -> bool:
    return expression.search(message) is not None


def compiled(expression: str) -> re.Pattern[str]:
    try:
        return re.compile(expression)
    except re.error:
        raise InvalidPattern from None


class Conditions:
    """`a = 1 && (b = "x" || c EXISTS)`: tests of named values."""

    def __init__(self, text: str, read: Callable[[str, Any], Any]) -> None:
        self.text, self.position, self.read = text, 0, read
        self.test = self.parse_any()
        if self.text[self.position :].strip():
            raise InvalidPattern

    def skip(self, token: str) -> bool:
        rest = self.text[self.position :]
        if not rest.lstrip().startswith(token):
            return False
        self.position += len(rest) - len(rest.lstrip()) + len(token)
        return True

    def parse_any(self) -> Callable[[Any], bool]:
        tests = [self.parse_all()]
        while self.skip("||"):
            tests.append(self.parse_all())
        return lambda given: any(test(given) for test in tests)

    def parse_all(self) -> Callable[[Any], bool]:
        tests = [self.parse_one()]
        while self.skip("&&"):
            tests.append(self.parse_one())
        return lambda given: all(test(given) for test in tests)

    def parse_one(self) -> Callable[[Any], bool]:
        if self.skip("("):
            test = self.parse_any()
            if not self.skip(")"):
                raise InvalidPattern
            return test
        found = CONDITION.match(self.text, self.position)
        if found is None:
            raise InvalidPattern
        self.position = found.end()
        path, state, sign, value = found["path"], found["is"], found["sign"], found["value"]
        if state:
            return lambda given: has_state(self.read(path, given), state)
        test = value_test(sign, value)
        return lambda given: test(self.read(path, given))


def has_state(value: Any, state: str) -> bool:
    if state in ("EXISTS", "NOT EXISTS"):
        return (value is MISSING) == (state == "NOT EXISTS")
    return value is not MISSING and value is {"IS TRUE": True, "IS FALSE": False, "IS NULL": None}[state]


def value_test(sign: str, value: str) -> Callable[[Any], bool]:
    """A number is compared as a number. Text may contain `*`; `%...%` is a regular expression. A missing value does not match."""
    if value.startswith("%"):
        expression = compiled(value[1:-1])
        return lambda given: given is not MISSING and (expression.search(str(given)) is not None) == (sign == "=")
    text = value.strip('"')
    number = float(text) if not value.startswith('"') and re.fullmatch(r"-?\d+(\.\d+)?([eE][-+]?\d+)?", text) else None
    if number is None and sign not in ("=", "!="):
        raise InvalidPattern

    def matches(given: Any) -> bool:
        if given is MISSING or isinstance(given, (dict, list)):
            return False
        if number is not None:
            return is_number(given) and COMPARISONS[sign](float(given), number)
        return fnmatchcase(str(given), text.replace("[", "[[]")) == (sign == "=")

    return matches


def is_number(given: Any) -> bool:
    return not isinstance(given, bool) and bool(re.fullmatch(r"-?\d+(\.\d+)?([eE][-+]?\d+)?", str(given)))


def member(path: str, given: Any) -> Any:
    """The value at `$.a.b[0]`, or MISSING."""
    if not path.startswith("$"):
        raise InvalidPattern
    for name, index in re.findall(r"\.([^.\[\]]+)|\[(\d+)\]", path):
        if index:
            given = given[int(index)] if isinstance(given, list) and int(index) < len(given) else MISSING
        else:
            given = given.get(name, MISSING) if isinstance(given, dict) else MISSING
    return given


def json_matcher(text: str) -> Matcher:
    if not text.endswith("}"):
        raise InvalidPattern
    conditions = Conditions(text[1:-1], member)
    member(text[1:-1].lstrip(" ("), {})

    def matches(message: str) -> bool:
        try:
            given = json.loads(message)
        except ValueError:
            return False
        return isinstance(given, dict) and conditions.test(given)

    return matches


def fields_matcher(text: str) -> Matcher:
    """`[ip, user, ..., status = 4*]`: fields between spaces, brackets or quotes, some with conditions."""
    if not text.endswith("]"):
        raise InvalidPattern
    parts = [part.strip() for part in text[1:-1].split(",")]
    if parts.count("...") > 1 or not all(parts):
        raise InvalidPattern
    names = [re.split(r"[\s=!<>]", part)[0] for part in parts]
    tests = [Conditions(part, lambda _name, given: given).test if part != name else None for part, name in zip(parts, names)]

    def matches(message: str) -> bool:
        fields = re.findall(r'"[^"]*"|\[[^\]]*\]|\S+', message)
        fields = [field[1:-1] if field[0] in '"[' else field for field in fields]
        given: list[Any] = [*tests]
        if "..." in parts:
            rest = parts.index("...")
            given[rest : rest + 1] = [None] * max(0, len(fields) - len(parts) + 1)
        return len(given) == len(fields) and all(test is None or test(field) for test, field in zip(given, fields))

    return matches
