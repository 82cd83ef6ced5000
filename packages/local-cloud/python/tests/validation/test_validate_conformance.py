import json
import os
import re
import unittest
import urllib.parse
from collections import Counter
from pathlib import Path
from unittest.mock import patch

from botocore.parsers import create_parser
from botocore.serialize import create_serializer

import nightshift_cloud.extensions  # noqa: F401
from nightshift_cloud.rules.rule import by_operation, rules
from nightshift_cloud.validation.constraints import KINDS
from nightshift_cloud.validation.requests import NAMES
from nightshift_cloud.validation.validate import refuse_invalid

from .broken_requests import Broken, broken_requests, called, operations, recorded, sample

# The test writes it with `NIGHTSHIFT_WRITE_FIGURES=1`. docs/local-cloud.md shows it.
FIGURES = Path(__file__).with_name("figures.json")
SIGNING = {name: signing for signing, name in NAMES.items()}
# The error codes of each service. `is_right` has those of CodeDeploy.
CODES = {
    "ec2": {"MissingParameter", "InvalidParameterValue"},
    "ecr": {"InvalidParameterException"},
    "ecs": {"InvalidParameterException", "ClientException"},
    "logs": {"InvalidParameterException"},
    "s3": {"MalformedXML", "InvalidArgument", "MissingRequestBodyError", "InvalidLocationConstraint", "InvalidStorageClass"},
}
QUERY = {"cloudwatch", "elbv2", "iam", "sns", "sts"}


def protocol_of(broken):
    """CloudWatch and CodeDeploy also support CBOR, which none of our clients uses."""
    protocol = broken.operation.service_model.metadata["protocol"]
    return "json" if "cbor" in protocol else protocol


def request_of(broken: Broken):
    """The environment and the body of the request. SDKs would refuse to send most of these requests."""
    serializer = create_serializer(protocol_of(broken), include_validation=False)
    members = dict(broken.members)
    shape = broken.operation.input_shape
    for name in shape.required_members:
        if shape.members[name].serialization.get("location") == "uri":
            members.setdefault(name, "bucket")
    made = serializer.serialize_to_request(members, broken.operation)
    path, _, query = made["url_path"].partition("?")
    body = made["body"]
    if isinstance(body, dict):
        body = urllib.parse.urlencode(body).encode()
    environ = {"REQUEST_METHOD": made["method"], "PATH_INFO": path}
    given = made["query_string"] if isinstance(made["query_string"], dict) else {}
    environ["QUERY_STRING"] = "&".join(filter(None, [query, urllib.parse.urlencode(given)]))
    environ.update({f"HTTP_{name.upper().replace('-', '_')}": value for name, value in made["headers"].items()})
    return environ, body.encode() if isinstance(body, str) else body


def answer_to(broken: Broken):
    """Returns the error code, or None if the request reaches moto."""
    environ, body = request_of(broken)
    answer = refuse_invalid(environ, SIGNING.get(broken.service, broken.service), body)
    if answer is None:
        return None
    status, headers, text = answer
    parsed = create_parser(protocol_of(broken)).parse(
        {"status_code": int(status[:3]), "headers": {name.lower(): value for name, value in headers}, "body": text},
        broken.operation.output_shape,
    )
    return parsed["Error"]["Code"] if status[:1] == "4" and parsed["Error"]["Message"] else "unparsable"


def is_right(broken: Broken, code):
    if broken.service == "codedeploy":
        return code in {"ValidationException", *(shape.name for shape in broken.operation.error_shapes)}
    return code in CODES.get(broken.service, {"ValidationError" if broken.service in QUERY else "ValidationException"})


class ConformanceTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        # The rules depend on the resources in the account.
        without_rules = patch.dict(by_operation, clear=True)
        without_rules.start()
        cls.addClassCleanup(without_rules.stop)
        cls.answers = [(broken, answer_to(broken)) for broken in broken_requests()]

    def test_correct_requests_of_terraform_of_our_tools_and_of_the_aws_cli_pass(self):
        refused = [refuse_invalid(environ, signed, body) for environ, signed, body in recorded()]
        self.assertEqual([], [answer for answer in refused if answer])

    def test_requests_with_required_members_only_pass(self):
        least = [Broken(name, each, "", (), sample(each.input_shape)) for name, each in operations() if each.input_shape]
        self.assertEqual([], [f"{request}: {code}" for request in least if (code := answer_to(request))])

    def test_answers_that_a_client_can_read(self):
        self.assertEqual([], [str(broken) for broken, code in self.answers if code == "unparsable"])

    def test_refuses_at_least_95_of_100_constraints_with_the_code_of_the_service(self):
        wrong = [f"{broken}: {code}" for broken, code in self.answers if not is_right(broken, code)]
        self.assertLess(len(wrong), 0.05 * len(self.answers), "\n".join(wrong))

    def test_figures_in_the_documentation_are_those_of_this_test(self):
        made, refused = Counter(), Counter()
        seen = called()
        for broken, code in self.answers:
            if (broken.service, broken.operation.name) not in seen:
                continue
            for table in (("services", broken.service), ("kinds", broken.kind)):
                made[table] += 1
                refused[table] += is_right(broken, code)
        services = sorted({service for _, service in made} - set(KINDS))
        figures = {
            "operations": len(seen),
            "recorded": len(list(recorded())),
            "services": {name: [refused["services", name], made["services", name]] for name in services},
            "rules": [[rule.service, ", ".join(rule.operations), rule.what] for rule in rules],
            "kinds": {name: [refused["kinds", name], made["kinds", name]] for name in KINDS},
        }
        if os.environ.get("NIGHTSHIFT_WRITE_FIGURES"):
            FIGURES.write_text(re.sub(r"\[\s+(\d+),\s+(\d+)\s+\]", r"[\1, \2]", f"{json.dumps(figures, indent=2)}\n"))
        remedy = "run this test with NIGHTSHIFT_WRITE_FIGURES=1, then npm run docs"
        self.assertEqual(json.loads(FIGURES.read_text()), figures, remedy)
