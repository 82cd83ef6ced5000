"""The private names of moto that the extensions use. A new version of moto can change any of them, so they are all here."""

from __future__ import annotations

from typing import Any

from moto.codedeploy import responses as codedeploy_responses
from moto.moto_api._internal.models import MotoAPIBackend

__all__ = ["MotoAPIBackend"]

# Methods and functions that extensions wrap.
DEPLOYMENT_INFO, DEPLOYMENT_GROUP_INFO = "_deployment_info", "_deployment_group_info"
CREATE_DIGEST = "_create_digest"
FLATTENED_RULES = "_flattened_rules"
GENERATE_ECS_ALARMS = "_generate_ecs_alarms"


def parameter(response: Any, name: str, default: Any = None) -> Any:
    """A parameter of the request that a response class answers."""
    return response._get_param(name, default)


def parameters(response: Any) -> dict[str, Any]:
    found: dict[str, Any] = response._get_params()
    return found


def int_parameter(response: Any, name: str) -> int | None:
    value: int | None = response._get_int_param(name)
    return value


def bool_parameter(response: Any, name: str) -> bool | None:
    value: bool | None = response._get_bool_param(name)
    return value


def action_of(response: Any) -> str:
    return str(response._get_action())


def find_cluster(backend: Any, name: str) -> Any:
    """@raise ClusterNotFoundException"""
    return backend._get_cluster(name)


def find_service(backend: Any, cluster: str, name: str) -> Any:
    """@raise ServiceNotFoundException"""
    return backend._get_service(cluster, name)


def find_repository(backend: Any, name: str) -> Any:
    """@raise RepositoryNotFoundException"""
    return backend._get_repository(name)


def set_digest(image: Any, digest: str) -> None:
    image._image_digest = digest


def forwarded_groups(backend: Any, action: dict[str, Any]) -> list[str]:
    """The ARNs of the target groups of a listener's action."""
    arns: list[str] = backend._get_target_group_arns_from(action_data=action)
    return arns


def is_forwarded_to(backend: Any, target_group_arn: str) -> bool:
    return bool(backend._any_listener_using(target_group_arn))


def interface_of(nat_gateway: Any) -> Any:
    return nat_gateway._eni


def set_groups(interface: Any, groups: list[Any]) -> None:
    interface._group_set = groups


def statement_of(policy_statement: Any) -> dict[str, Any]:
    found: dict[str, Any] = policy_statement._statement
    return found


def deployment_group_info(group: Any) -> dict[str, Any]:
    found: dict[str, Any] = codedeploy_responses._deployment_group_info(group)
    return found
