import json
import unittest
from pathlib import Path
from unittest.mock import patch

from nightshift_cloud.authorization.actions import Asked, permissions
from nightshift_cloud.authorization.evaluate import Policies, reason_to_deny
from nightshift_cloud.validation.requests import read

from ..validation.broken_requests import POLICIES, recorded

SUFFIX, REGION, ACCOUNT = "local", "us-east-1", "123456789012"
VALUES = {"suffix": SUFFIX, "region": REGION, "account": ACCOUNT, "bucket": f"s3-tfstate-nightshift-{SUFFIX}"}


def statements(*names: str):
    found = []
    for name in names:
        text = Path(POLICIES / f"{name}.json").read_text()
        for placeholder, value in VALUES.items():
            text = text.replace(f"<{placeholder}>", value)
        found += json.loads(text)["Statement"]
    return found


DEPLOY = sorted(path.stem for path in POLICIES.glob("deploy-*.json"))
# Recorded requests that the pipeline does not send: the AWS CLI of an engineer, and the creation of the state bucket.
BESIDE = {"s3:ListAllMyBuckets", "iam:ListRoles", "ecs:ListClusters"}


class PipelineRolesTest(unittest.TestCase):
    """The requests of a deployment, a release and a destruction, against the policies for the roles of a pipeline."""

    def denied(self, policy):
        # The pipeline has created all resources, and tagged them for their environment.
        context = {
            "aws:requestedregion": REGION,
            "aws:resourcetag/environment": SUFFIX,
            "ec2:createaction": "CreateVpc",
            "kms:resourcealiases": f"alias/{VALUES['bucket']}",
            "kms:viaservice": f"ecr.{REGION}.amazonaws.com",
            "ecs:cluster": f"arn:aws:ecs:{REGION}:{ACCOUNT}:cluster/ecs-cluster-{SUFFIX}",
        }
        missing = set()
        for environ, signed, body in recorded():
            request = read(environ, signed, body)
            path = environ["PATH_INFO"]
            asked = Asked(request.service, request.operation.name, request.members, REGION, ACCOUNT, path)
            for permission in permissions(asked):
                reason = reason_to_deny(Policies(policy), permission, {**context, **permission.context})
                if reason and permission.action not in BESIDE and not permission.action.startswith("sts:"):
                    missing.add(f"{permission.action} on {permission.resource} {reason}")
        return sorted(missing)

    @patch("nightshift_cloud.authorization.actions.group_of_deployment", lambda *_: f"codedeploy-app-{SUFFIX}/group")
    def test_are_sufficient(self):
        self.assertEqual([], self.denied(statements(*DEPLOY, "release", "push")))

    @patch("nightshift_cloud.authorization.actions.group_of_deployment", lambda *_: f"codedeploy-app-{SUFFIX}/group")
    def test_detects_a_missing_action(self):
        less = [each for each in statements(*DEPLOY, "release", "push") if each["Sid"] != "PassFlowLogRole"]
        self.assertEqual(
            [
                f"iam:PassRole on arn:aws:iam::{ACCOUNT}:role/iam-role-flow-log-{SUFFIX} "
                "because no identity-based policy allows the iam:PassRole action"
            ],
            self.denied(less),
        )
