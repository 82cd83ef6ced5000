"""Service Quotas: the quotas that this platform uses, and the errors of AWS when a quota is exceeded.
https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/Welcome.html

The defaults are those of an account with raised quotas; the server can be started with other values.
`RequestServiceQuotaIncrease` is granted at once; AWS decides within days."""

from __future__ import annotations

import json
import os
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models import EC2Backend
from moto.servicequotas.exceptions import NoSuchResource
from moto.servicequotas.models import ServiceQuotasBackend, servicequotas_backends
from moto.servicequotas.responses import ServiceQuotasResponse

from .cloud import cloud
from .ecs.capacity import SPOT
from .extending import adds, wraps

# Set at the start: `L-3032A538=100,L-36FBB829=6`.
VARIABLE = "NIGHTSHIFT_QUOTAS"
ON_DEMAND_VCPUS, SPOT_VCPUS, ELASTIC_IPS, VPCS = "L-3032A538", "L-36FBB829", "L-0263D0A3", "L-F678F1CE"
RULES, LISTENERS, TARGET_GROUPS = "L-0EA8095F", "L-B6DF7632", "L-822D1B1B"
# https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html#service-quotas-fargate
NO_VCPUS = "You've reached the limit on the number of vCPUs you can run concurrently"
UNITS_PER_VCPU = 1024


@dataclass(frozen=True)
class Quota:
    code: str
    service: str
    service_name: str
    name: str
    # The default of AWS for a new account.
    default: float
    # The value of an account with raised quotas.
    raised: float

    def describe(self, region: str, account: str, value: float) -> dict[str, Any]:
        return {
            "ServiceCode": self.service,
            "ServiceName": self.service_name,
            "QuotaArn": f"arn:aws:servicequotas:{region}:{account}:{self.service}/{self.code}",
            "QuotaCode": self.code,
            "QuotaName": self.name,
            "Value": value,
            "Unit": "None",
            "Adjustable": True,
            "GlobalQuota": False,
        }


# https://docs.aws.amazon.com/general/latest/gr/ecs-service.html#limits_fargate,
# https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html,
# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
QUOTAS = {
    quota.code: quota
    for quota in (
        Quota(ON_DEMAND_VCPUS, "fargate", "AWS Fargate", "Fargate On-Demand vCPU resource count", 6.0, 1000.0),
        Quota(SPOT_VCPUS, "fargate", "AWS Fargate", "Fargate Spot vCPU resource count", 6.0, 1000.0),
        Quota(ELASTIC_IPS, "ec2", "Amazon Elastic Compute Cloud (Amazon EC2)", "EC2-VPC Elastic IPs", 5.0, 50.0),
        Quota(VPCS, "vpc", "Amazon Virtual Private Cloud (Amazon VPC)", "VPCs per Region", 5.0, 50.0),
        Quota(
            *(RULES, "vpc", "Amazon Virtual Private Cloud (Amazon VPC)"),
            *("Inbound or outbound rules per security group", 60.0, 60.0),
        ),
        Quota(
            *(LISTENERS, "elasticloadbalancing", "Elastic Load Balancing (ELB)"),
            *("Listeners per Application Load Balancer", 50.0, 50.0),
        ),
        Quota(
            *(TARGET_GROUPS, "elasticloadbalancing", "Elastic Load Balancing (ELB)"),
            *("Target Groups per Application Load Balancer", 100.0, 100.0),
        ),
    )
}
NEW_ACCOUNT = {code: quota.default for code, quota in QUOTAS.items()}


def parse(text: str) -> dict[Any, Any]:
    """@raise ValueError with the problem"""
    values = {}
    for item in filter(None, text.split(",")):
        code, _, value = item.partition("=")
        if code not in QUOTAS:
            raise ValueError(f"unknown quota {code}, known are {', '.join(QUOTAS)}")
        if not re.fullmatch(r"\d+(\.\d+)?", value):
            raise ValueError(f"{code}: not a number from 0, got {value or 'nothing'}")
        values[code] = float(value)
    return values


def values_of(backend: Any) -> dict[str, float]:
    """The quota values of an account in a region. Stored on its backend, so that a reset removes increases."""
    if not hasattr(backend, "quota_values"):
        raised = {code: quota.raised for code, quota in QUOTAS.items()}
        backend.quota_values = {**raised, **parse(os.environ.get(VARIABLE, ""))}
    values: dict[str, float] = backend.quota_values
    return values


def value_for(other: Any, code: str) -> float:
    """The value of a quota where another service's backend is."""
    return values_of(servicequotas_backends[other.account_id][other.region_name])[code]


def described(backend: Any, quota: Quota) -> dict[str, Any]:
    return quota.describe(backend.region_name, backend.account_id, values_of(backend)[quota.code])


def default_of(backend: Any, quota: Quota) -> dict[str, Any]:
    return quota.describe(backend.region_name, "", quota.default)


def find(given: dict[str, Any]) -> Quota:
    quota = QUOTAS.get(given.get("QuotaCode", ""))
    if quota is None or quota.service != given.get("ServiceCode"):
        raise NoSuchResource
    return quota


def of_service(service: str) -> list[Quota]:
    found = [quota for quota in QUOTAS.values() if quota.service == service]
    if not found:
        raise NoSuchResource
    return found


@wraps(ServiceQuotasBackend)
def get_service_quota(original: Callable[..., Any], self: ServiceQuotasBackend, service_code: str, quota_code: str) -> Any:
    quota = QUOTAS.get(quota_code)
    if quota is None or quota.service != service_code:
        return original(self, service_code, quota_code)
    return described(self, quota)


@wraps(ServiceQuotasBackend)
def list_aws_default_service_quotas(original: Callable[..., Any], self: ServiceQuotasBackend, service_code: str) -> Any:
    others = (
        [quota for quota in original(self, service_code) if quota["QuotaCode"] not in QUOTAS] if service_code == "vpc" else []
    )
    return [*others, *(default_of(self, quota) for quota in of_service(service_code))]


@adds(ServiceQuotasResponse)
def list_service_quotas(self: ServiceQuotasResponse) -> str:
    """Those that the local cloud keeps."""
    quotas = of_service(json.loads(self.body).get("ServiceCode"))
    return json.dumps({"Quotas": [described(self.backend, quota) for quota in quotas]})


@adds(ServiceQuotasResponse)
def get_aws_default_service_quota(self: ServiceQuotasResponse) -> str:
    return json.dumps({"Quota": default_of(self.backend, find(json.loads(self.body)))})


@adds(ServiceQuotasResponse)
def request_service_quota_increase(self: ServiceQuotasResponse) -> str:
    given = json.loads(self.body)
    quota = find(given)
    values_of(self.backend)[quota.code] = float(given["DesiredValue"])
    described_quota = described(self.backend, quota)
    del described_quota["Value"], described_quota["Adjustable"]
    now = cloud.clock.now()
    request = {
        **described_quota,
        "Id": uuid.uuid4().hex,
        "DesiredValue": float(given["DesiredValue"]),
        "Status": "APPROVED",
        "Created": now,
        "LastUpdated": now,
    }
    return json.dumps({"RequestedQuota": request})


@wraps(EC2Backend)
def allocate_address(original: Callable[..., Any], self: EC2Backend, *args: Any, **kwargs: Any) -> Any:
    if len(self.addresses) >= value_for(self, ELASTIC_IPS):
        raise EC2ClientError("AddressLimitExceeded", "The maximum number of addresses has been reached.")
    return original(self, *args, **kwargs)


@wraps(EC2Backend)
def create_vpc(original: Callable[..., Any], self: EC2Backend, *args: Any, **kwargs: Any) -> Any:
    """The default VPC counts. It exists before the first request."""
    if not kwargs.get("is_default") and len(self.vpcs) >= value_for(self, VPCS):
        raise EC2ClientError("VpcLimitExceeded", "The maximum number of VPCs has been reached.")
    return original(self, *args, **kwargs)


def has_room(backend: Any, provider: str | None, units: int) -> bool:
    """Whether a task of this size fits, beside all tasks of the region that have not stopped."""
    spot = provider == SPOT
    used = sum(
        int(task.cpu)
        for tasks in backend.tasks.values()
        for task in tasks.values()
        if task.last_status != "STOPPED" and (task.capacity_provider_name == SPOT) == spot
    )
    limit = value_for(backend, SPOT_VCPUS if spot else ON_DEMAND_VCPUS)
    return bool(used + int(units) <= limit * UNITS_PER_VCPU)
