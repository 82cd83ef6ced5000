"""The permissions that a request needs: the IAM action, and the resource that the action is checked against.
https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html

A request without a resource, such as DescribeVpcs, is checked against `*`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from moto.codedeploy.models import codedeploy_backends
from moto.kms.models import kms_backends

from ..statements import as_list

PREFIXES = {"elbv2": "elasticloadbalancing", "service-quotas": "servicequotas"}
# Members that hold the ARN of the resource.
ARNS = (
    *("resourceArn", "ResourceArn", "ResourceArns", "ResourceARN", "TopicArn", "LoadBalancerArn", "ListenerArn"),
    *("TargetGroupArn", "RoleArn", "PolicyArn"),
)
# Service, member, and the resource part of the ARN that the member's value completes.
NAMES = (
    ("logs", "logGroupName", "log-group:{}"),
    ("codedeploy", "deploymentConfigName", "deploymentconfig:{}"),
    ("codedeploy", "applicationName", "application:{}"),
    ("cloudwatch", "AlarmName", "alarm:{}"),
    ("cloudwatch", "AlarmNames", "alarm:{}"),
    ("events", "Name", "rule/{}"),
    ("events", "Rule", "rule/{}"),
    ("ecr", "repositoryName", "repository/{}"),
    ("ecr", "repositoryNames", "repository/{}"),
    ("sns", "Name", "{}"),
    ("ssm", "Name", "parameter/{}"),
)
# These actions have no resource type, although the request names a resource.
WITHOUT_RESOURCE = {
    *("logs:DescribeLogGroups", "cloudwatch:DescribeAlarms", "ecs:DescribeTaskDefinition", "ecs:DeregisterTaskDefinition"),
    *("ecs:ListTaskDefinitions", "ecs:ListTasks", "sts:GetCallerIdentity", "ecr:GetAuthorizationToken"),
}
# The service that a role is passed to, by the operation and the members that name the role.
PASSED = {
    "ecs:RegisterTaskDefinition": ("ecs-tasks.amazonaws.com", ("taskRoleArn", "executionRoleArn")),
    "codedeploy:CreateDeploymentGroup": ("codedeploy.amazonaws.com", ("serviceRoleArn",)),
    "codedeploy:UpdateDeploymentGroup": ("codedeploy.amazonaws.com", ("serviceRoleArn",)),
    "ec2:CreateFlowLogs": ("vpc-flow-logs.amazonaws.com", ("DeliverLogsPermissionArn",)),
}
# Requests for a deployment that are checked against its group.
OF_GROUP = ("GetDeployment", "BatchGetDeployments")
# Operations of S3 whose action has another name:
# https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
S3_ACTIONS = {
    "GetBucketEncryption": "GetEncryptionConfiguration",
    "PutBucketEncryption": "PutEncryptionConfiguration",
    "GetBucketLifecycleConfiguration": "GetLifecycleConfiguration",
    "PutBucketLifecycleConfiguration": "PutLifecycleConfiguration",
    "GetBucketReplication": "GetReplicationConfiguration",
    "GetBucketAccelerateConfiguration": "GetAccelerateConfiguration",
    "GetObjectLockConfiguration": "GetBucketObjectLockConfiguration",
    "GetBucketCors": "GetBucketCORS",
    "GetPublicAccessBlock": "GetBucketPublicAccessBlock",
    "PutPublicAccessBlock": "PutBucketPublicAccessBlock",
    "HeadBucket": "ListBucket",
    "ListObjects": "ListBucket",
    "ListObjectsV2": "ListBucket",
    "ListObjectVersions": "ListBucketVersions",
    "ListBuckets": "ListAllMyBuckets",
    "HeadObject": "GetObject",
    "CopyObject": "PutObject",
    "DeleteObjects": "DeleteObject",
}


@dataclass(frozen=True)
class Permission:
    action: str
    resource: str = "*"
    # Condition keys of this permission only, in lower case.
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """The parts of a request that IAM evaluates."""

    service: str
    operation: str
    given: dict[str, Any]
    region: str
    account: str
    path: str = "/"

    @property
    def name(self) -> str:
        return f"{PREFIXES.get(self.service, self.service)}:{self.operation}"

    def arn(self, rest: str, *, region: str | None = None) -> str:
        place = self.region if region is None else region
        return f"arn:aws:{PREFIXES.get(self.service, self.service)}:{place}:{self.account}:{rest}"


def permissions(asked: Asked) -> Iterator[Permission]:
    action = f"s3:{S3_ACTIONS.get(asked.operation, asked.operation)}" if asked.service == "s3" else asked.name
    tags = dict(request_tags(asked))
    for resource in resources(asked) or ["*"]:
        yield Permission(action, resource, tags)
    service, members = PASSED.get(asked.name, ("", ()))
    for member in members:
        if asked.given.get(member):
            yield Permission("iam:PassRole", asked.given[member], {"iam:passedtoservice": service})


def request_tags(asked: Asked) -> Iterator[tuple[str, str]]:
    given = asked.given
    lists = [given.get("Tags"), given.get("tags"), *(each.get("Tags") for each in given.get("TagSpecifications") or [])]
    for tags in lists:
        pairs = tags.items() if isinstance(tags, dict) else ((key_of(tag), value_of(tag)) for tag in tags or [])
        yield from ((f"aws:requesttag/{str(key).lower()}", value) for key, value in pairs)
    if given.get("AWSServiceName"):
        yield "iam:awsservicename", given["AWSServiceName"]


def key_of(tag: dict[str, Any]) -> str:
    return str(tag.get("Key") or tag.get("key") or tag.get("TagKey"))


def value_of(tag: dict[str, Any]) -> str:
    return str(tag.get("Value") or tag.get("value") or tag.get("TagValue") or "")


def resources(asked: Asked) -> list[str]:
    """ARNs of the resources. Empty: the request is checked against `*`."""
    given, service = asked.given, asked.service
    if service == "ec2" or asked.name in WITHOUT_RESOURCE:
        return []
    if service == "s3":
        bucket_and_key = asked.path.strip("/")
        return [f"arn:aws:s3:::{bucket_and_key}"] if bucket_and_key else []
    if service == "iam":
        return [given["PolicyArn"]] if given.get("PolicyArn") and not given.get("RoleName") else list(of_iam(asked))
    if service == "ecs" and not given.get("resourceArn"):
        return list(of_ecs(asked))
    if service == "kms":
        return list(of_kms(asked))
    if service == "application-autoscaling" and given.get("ResourceId"):
        return [asked.arn("scalable-target/*")]
    if service == "elbv2" and given.get("Name"):
        return [
            asked.arn(f"{'targetgroup/' if asked.operation == 'CreateTargetGroup' else 'loadbalancer/app/'}{given['Name']}/*")
        ]
    named = [value for member in ARNS for value in as_list(given.get(member))]
    return named or list(of_names(asked))


def of_names(asked: Asked) -> Iterator[str]:
    given, service = asked.given, asked.service
    group = given.get("deploymentGroupName") or given.get("currentDeploymentGroupName")
    if service == "codedeploy" and group:
        yield asked.arn(f"deploymentgroup:{given['applicationName']}/{group}")
        return
    if service == "codedeploy" and asked.operation in OF_GROUP:
        for key in as_list(given.get("deploymentId")) + as_list(given.get("deploymentIds")):
            yield asked.arn(f"deploymentgroup:{group_of_deployment(asked, key)}")
        return
    if service == "cloudwatch":
        for name in as_list(given.get("DashboardName")) + as_list(given.get("DashboardNames")):
            yield asked.arn(f"dashboard/{name}", region="")
    for of, member, rest in NAMES:
        if of == service and given.get(member):
            yield from (asked.arn(rest.format(value)) for value in as_list(given[member]))
            return


def group_of_deployment(asked: Asked, key: str) -> str:
    """The application and the deployment group of a deployment. The request names only the deployment."""
    deployments: Any = codedeploy_backends[asked.account][asked.region].deployments
    deployment = deployments.get(key)
    return f"{deployment.application_name}/{deployment.deployment_group_name}" if deployment else "*"


def of_iam(asked: Asked) -> Iterator[str]:
    for kind, member in (("role", "RoleName"), ("user", "UserName"), ("role/aws-service-role", "AWSServiceName")):
        if asked.given.get(member):
            yield asked.arn(f"{kind}/{asked.given[member]}{'/*' if member == 'AWSServiceName' else ''}", region="")


def of_ecs(asked: Asked) -> Iterator[str]:
    given = asked.given
    cluster = str(given.get("cluster") or given.get("clusterName") or "default").rpartition("/")[2]
    if given.get("family"):
        yield asked.arn(f"task-definition/{given['family']}:*")
    elif given.get("tasks") or given.get("task"):
        tasks = as_list(given.get("tasks")) + as_list(given.get("task"))
        yield from (asked.arn(f"task/{cluster}/{str(task).rpartition('/')[2]}") for task in tasks)
    elif given.get("services") or given.get("service") or given.get("serviceName"):
        services = as_list(given.get("services")) + as_list(given.get("service")) + as_list(given.get("serviceName"))
        yield from (asked.arn(f"service/{cluster}/{str(service).rpartition('/')[2]}") for service in services)
    elif "luster" in asked.operation and asked.operation != "ListClusters":
        names = as_list(given.get("clusters")) or [cluster]
        yield from (asked.arn(f"cluster/{str(name).rpartition('/')[2]}") for name in names)


def of_kms(asked: Asked) -> Iterator[str]:
    given = asked.given
    if given.get("AliasName"):
        yield asked.arn(given["AliasName"])
    key = given.get("KeyId") or given.get("TargetKeyId")
    if key and asked.operation != "ListAliases":
        found = find_key(asked)
        yield asked.arn(f"key/{found.id if found else str(key).rpartition(':')[2].removeprefix('key/')}")


def find_key(asked: Asked) -> Any:
    """The key that a request names by its id, its ARN or an alias."""
    keys: Any = kms_backends[asked.account][asked.region].keys.values()
    name = str(asked.given.get("KeyId") or asked.given.get("TargetKeyId") or "").rpartition(":")[2].removeprefix("key/")
    return next((key for key in keys if name == key.id or name in key.aliases), None)


def document(text: str | dict[str, Any]) -> list[dict[str, Any]]:
    """The statements of a policy."""
    parsed = json.loads(text) if isinstance(text, str) else text
    return as_list(parsed.get("Statement"))
