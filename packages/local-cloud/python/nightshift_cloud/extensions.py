"""Every extension, by being imported. A new one is one line here and one file beside it."""

from . import (  # noqa: F401
    applicationautoscaling,
    cloudwatch,
    codedeploy,
    core,
    ec2,
    ecr,
    ecs,
    iam,
    kms,
    logs,
    s3,
)
