"""Metric math: an expression over time series, evaluated for each period.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html

A value is a number, a series (see series_math.py), or a list of them."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from moto.cloudwatch.exceptions import ValidationError

from ..core import NotInLocalCloud
from .series_math import Series, Value, aggregate, apply, choose, combine, spread

TOKEN = re.compile(r"\s*(?:(\d+\.?\d*|\.\d+)|([A-Za-z_][A-Za-z0-9_]*)|(\"[^\"]*\"|'[^']*')|(==|!=|<=|>=|&&|\|\||[-+*/^<>(),]))")
# By precedence, lowest first.
OPERATORS: tuple[dict[str, Callable[[float, float], float]], ...] = (
    {"||": lambda a, b: bool(a) or bool(b), "OR": lambda a, b: bool(a) or bool(b)},
    {"&&": lambda a, b: bool(a) and bool(b), "AND": lambda a, b: bool(a) and bool(b)},
    {"==": operator.eq, "!=": operator.ne, "<=": operator.le, ">=": operator.ge, "<": operator.lt, ">": operator.gt},
    {"+": operator.add, "-": operator.sub},
    {"*": operator.mul, "/": operator.truediv},
)
AGGREGATES: dict[str, Callable[[list[float]], float]] = {
    "SUM": sum,
    "AVG": lambda values: sum(values) / len(values),
    "MAX": max,
    "MIN": min,
}
EACH: dict[str, Callable[[float], float]] = {
    "ABS": abs,
    "CEIL": math.ceil,
    "FLOOR": math.floor,
    "LOG": math.log,
    "LOG10": math.log10,
}
# Functions of AWS that are not implemented. An expression that uses one is valid.
OTHERS = (
    *("ANOMALY_DETECTION_BAND", "DB_PERF_INSIGHTS", "INSIGHT_RULE_METRIC", "LAMBDA", "SEARCH", "SERVICE_QUOTA", "SLICE", "SORT"),
    *("DATAPOINT_COUNT", "DAY", "DATE", "DIFF", "DIFF_TIME", "EPOCH", "FIRST", "HOUR", "LAST", "MINUTE", "MONTH", "RATE"),
    *("REMOVE_EMPTY", "RUNNING_SUM", "STDDEV", "TIME_SERIES", "YEAR"),
)


@dataclass
class Scope:
    """The metrics that an expression can name, and the first minutes of the periods that it covers."""

    values: dict[str, Value]
    minutes: list[int]
    period: int
    # The ids of metrics, without those of expressions: METRICS() returns them.
    metrics: list[str] = field(default_factory=list)


class Expression:
    def __init__(self, id: str, text: str) -> None:
        """@raise ValidationError if the syntax is wrong"""
        self.id, self.tokens, self.position = id, [], 0
        end = 0
        while end < len(text.rstrip()):
            found = TOKEN.match(text, end)
            if found is None:
                raise self.invalid("Invalid syntax")
            self.tokens.append(found[0].strip())
            end = found.end()
        self.tree = self.parse(0)
        if self.position < len(self.tokens):
            raise self.invalid("Invalid syntax")

    tokens: list[str]

    def invalid(self, why: str) -> ValidationError:
        return ValidationError(f"Error in expression '{self.id}': {why}")

    def next(self) -> str:
        if self.position == len(self.tokens):
            raise self.invalid("Invalid syntax")
        self.position += 1
        return self.tokens[self.position - 1]

    def peek(self) -> str:
        return self.tokens[self.position] if self.position < len(self.tokens) else ""

    def parse(self, level: int) -> Any:
        if level == len(OPERATORS):
            return self.parse_power()
        tree = self.parse(level + 1)
        while self.peek() in OPERATORS[level]:
            sign = self.next()
            tree = ("operation", OPERATORS[level][sign], tree, self.parse(level + 1))
        return tree

    def parse_power(self) -> Any:
        if self.peek() == "-":
            self.next()
            return ("operation", operator.mul, -1.0, self.parse_power())
        base = self.parse_atom()
        if self.peek() == "^":
            self.next()
            return ("operation", operator.pow, base, self.parse_power())
        return base

    def parse_atom(self) -> Any:
        token = self.next()
        if token == "(":
            tree = self.parse(0)
            self.expect(")")
            return tree
        if token[0].isdigit() or token[0] == ".":
            return float(token)
        if token[0] in "\"'":
            return ("text", token[1:-1])
        if not (token[0].isalpha() or token[0] == "_"):
            raise self.invalid("Invalid syntax")
        if self.peek() != "(":
            return ("name", token)
        return self.parse_call(token)

    def parse_call(self, name: str) -> Any:
        self.expect("(")
        arguments = []
        while self.peek() != ")":
            arguments.append(self.parse(0))
            if self.peek() != ")":
                self.expect(",")
        self.expect(")")
        function = name.upper()
        if function in OTHERS:
            raise NotInLocalCloud(f"the local cloud does not have the metric math function {function}")
        counts = {"IF": (2, 3), "FILL": (2, 2), "METRICS": (0, 1), "PERIOD": (1, 1)}
        known = function in AGGREGATES or function in EACH or function in counts
        least, most = counts.get(function, (1, 1))
        if not known:
            raise self.invalid(f"Unsupported function {name}")
        if not least <= len(arguments) <= most:
            raise self.invalid(f"Invalid number of arguments for function {name}")
        return ("call", function, arguments)

    def expect(self, token: str) -> None:
        if self.next() != token:
            raise self.invalid("Invalid syntax")

    def names(self, tree: Any = None) -> Iterable[str]:
        """The ids that the expression names."""
        tree = self.tree if tree is None else tree
        if isinstance(tree, tuple):
            if tree[0] == "name" and tree[1].upper() not in ("REPEAT", "LINEAR"):
                yield tree[1]
            for part in tree[1:]:
                for each in part if isinstance(part, list) else [part]:
                    yield from self.names(each) if isinstance(each, tuple) else ()

    def evaluate(self, scope: Scope) -> Series:
        """The value of each period. A number is the same in every period."""
        value = self.value(self.tree, scope)
        if isinstance(value, list):
            raise self.invalid("The expression must return one time series")
        return {minute: float(number) for minute, number in spread(value, scope.minutes).items()}

    def value(self, tree: Any, scope: Scope) -> Any:
        if isinstance(tree, float):
            return tree
        kind = tree[0]
        if kind == "name":
            if tree[1] not in scope.values:
                raise self.invalid(f"Undefined id {tree[1]}")
            return scope.values[tree[1]]
        if kind == "operation":
            return combine(tree[1], self.value(tree[2], scope), self.value(tree[3], scope))
        if kind == "text":
            raise self.invalid("Invalid syntax")
        return self.call(tree[1], tree[2], scope)

    def call(self, function: str, arguments: list[Any], scope: Scope) -> Any:
        if function == "METRICS":
            part = arguments[0][1] if arguments else ""
            return [scope.values[name] for name in scope.metrics if part in name]
        if function == "PERIOD":
            return float(scope.period)
        if function == "FILL":
            return self.fill(self.value(arguments[0], scope), arguments[1], scope)
        values = [self.value(argument, scope) for argument in arguments]
        if function == "IF":
            return choose(values[0], values[1], values[2] if len(values) == 3 else {}, scope.minutes)
        if function in EACH:
            return apply(EACH[function], values[0])
        return aggregate(AGGREGATES[function], values[0], scope.minutes)

    def fill(self, value: Any, filler: Any, scope: Scope) -> Any:
        """https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html#metric-math-syntax-functions-list"""
        if isinstance(value, list):
            return [self.fill(each, filler, scope) for each in value]
        known, mode = spread(value, scope.minutes), filler[1].upper() if isinstance(filler, tuple) and filler[0] == "name" else ""
        if mode == "LINEAR":
            raise NotInLocalCloud("the local cloud fills with a number or with REPEAT only, got LINEAR")
        if mode == "REPEAT":
            filled, last = {}, None
            for minute in scope.minutes:
                last = known.get(minute, last)
                if last is not None:
                    filled[minute] = last
            return filled
        other = spread(self.value(filler, scope), scope.minutes)
        return {**other, **known}
