"""ECS task definitions as DescribeTaskDefinition and ListTaskDefinitions return them.
https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskDefinition.html"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.ecs.responses import EC2ContainerServiceResponse

from ..extending import wraps


@wraps(EC2ContainerServiceResponse)
def list_task_definitions(original: Callable[..., Any], self: EC2ContainerServiceResponse) -> Any:
    """By family, then by revision. `sort=DESC` reverses the order, so that the newest revision of a family is the first.
    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ListTaskDefinitions.html#ECS-ListTaskDefinitions-request-sort"""

    def position(arn: str) -> tuple[str, int]:
        family, _, revision = arn.rpartition("/")[2].partition(":")
        return family, int(revision)

    answer = original(self)
    answer.result["taskDefinitionArns"].sort(key=position, reverse=self._get_param("sort") == "DESC")
    return answer
