"""Every extension, by being imported. A new module is one more name here."""

from . import applicationautoscaling, core, ec2, ecr, iam, kms, logs, s3, servicequotas  # noqa: F401
from .cloudwatch import alarms, queries  # noqa: F401
from .codedeploy import deployments, groups, targets  # noqa: F401
from .ecs import services, spot, task_sets, tasks_api, tick  # noqa: F401
from .elbv2 import load_balancers, target_health  # noqa: F401
