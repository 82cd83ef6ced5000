"""Imports every extension. Add the name of a new module here."""

# ruff: noqa: F401
from . import (
    applicationautoscaling,
    core,
    ec2,
    ecr,
    ecr_lifecycle,
    iam,
    kms,
    logs,
    network_interfaces,
    paging,
    s3,
    scaling,
    servicequotas,
)
from .cloudwatch import alarms, queries
from .codedeploy import deployments, groups, revisions
from .codedeploy import targets as deployment_targets
from .control import fault_api
from .ecs import capacity, container_insights, metrics, services, task_api, task_definitions, task_sets
from .elbv2 import load_balancers, targets
from .rules import ec2 as ec2_rules
from .rules import ecs as ecs_rules
from .rules import elbv2 as elbv2_rules
from .rules import observability, quotas, security
