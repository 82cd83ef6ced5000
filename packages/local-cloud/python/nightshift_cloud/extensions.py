"""Every extension, by being imported. A new one is one line here and one file beside it."""

from . import (  # noqa: F401
    alarms,
    applicationautoscaling,
    cloudwatch,
    cloudwatch_queries,
    codedeploy,
    codedeploy_control,
    codedeploy_deployments,
    codedeploy_targets,
    core,
    ec2,
    ecr,
    ecs,
    elbv2,
    iam,
    kms,
    load_balancers,
    logs,
    s3,
    tasks_api,
    tasks_scheduler,
)
