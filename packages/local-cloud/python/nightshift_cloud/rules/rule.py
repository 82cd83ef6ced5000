"""A rule checks a valid request against the state of the account, before moto handles the request.

@refuses("ec2", "DeleteSubnet", what="a subnet that has network interfaces")
def subnet_in_use(call: Call) -> None:
    raise Refused("DependencyViolation", "…")"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from moto.core.models import DEFAULT_ACCOUNT_ID


class Refused(Exception):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True)
class Call:
    region: str
    # As sent: numbers of forms and XML are text.
    given: dict[str, Any]
    account: str = DEFAULT_ACCOUNT_ID

    def backend(self, backends: Any) -> Any:
        """The backend of a regional service. IAM and S3 have the partition instead of a region."""
        return backends[self.account][self.region]

    def partition_backend(self, backends: Any) -> Any:
        return backends[self.account]["aws"]


Check = Callable[[Call], None]


@dataclass(frozen=True)
class Rule:
    service: str
    operations: tuple[str, ...]
    # The refused request, for the documentation.
    what: str
    check: Check


rules: list[Rule] = []
by_operation: dict[tuple[str, str], list[Rule]] = {}


def refuses(service: str, *operations: str, what: str) -> Callable[[Check], Check]:
    """`service` is botocore's name."""

    def add(check: Check) -> Check:
        rule = Rule(service, operations, what, check)
        rules.append(rule)
        for operation in operations:
            by_operation.setdefault((service, operation), []).append(rule)
        return check

    return add


def refusal_by_rules(service: str, operation: str, call: Call) -> tuple[str, str] | None:
    try:
        for rule in by_operation.get((service, operation), ()):
            rule.check(call)
    except Refused as refused:
        return refused.code, refused.message
    return None
