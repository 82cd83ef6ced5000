"""The errors of each service for a request that violates its model: the code, and the format of the message.

Services without an entry use the format of their protocol."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from .constraints import Violation
from .requests import Request

# Code and message.
Refusal = tuple[str, str]


def listed(violations: list[Violation]) -> str:
    """https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html: ValidationError, "The input fails to satisfy the
    constraints specified by an AWS service". Services of AWS's common front end list all constraints that are not met."""
    count = f"{len(violations)} validation error{'s' if len(violations) > 1 else ''} detected"
    return f"{count}: {'; '.join(str(violation) for violation in violations)}"


def with_code(code: str) -> Callable[[Request, list[Violation]], Refusal]:
    def refuse(_request: Request, violations: list[Violation]) -> Refusal:
        return code, listed(violations)

    return refuse


def words(name: str) -> str:
    """`serviceName` -> `Service name`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).capitalize()


def refuse_ecr(_request: Request, violations: list[Violation]) -> Refusal:
    """https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html#API_CreateRepository_Errors"""
    first = violations[0]
    sentence = first.sentence.removeprefix("Member ").replace("expression pattern: ", "expression '")
    ending = "''" if first.kind == "pattern" else "'"
    return "InvalidParameterException", f"Invalid parameter at '{first.place}' failed to satisfy constraint: '{sentence}{ending}"


def refuse_ecs(request: Request, violations: list[Violation]) -> Refusal:
    """ClientException if the page of the operation lists no error for invalid parameters, as for RegisterTaskDefinition:
    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html#API_RegisterTaskDefinition_Errors"""
    first = violations[0]
    task_definition = request.operation.name == "RegisterTaskDefinition"
    code = "ClientException" if task_definition else "InvalidParameterException"
    if first.kind != "required":
        return code, listed(violations)
    names = [str(part) for part in first.path if isinstance(part, str)]
    if len(names) == 1:
        return code, f"{words(names[0])} cannot be empty."
    holder = names[-2].removesuffix("s").removesuffix("Definition")
    return code, f"{holder[:1].upper()}{holder[1:]}.{names[-1]} should not be null or empty."


def parameter_of(violation: Violation) -> str:
    return violation.member[:1].lower() + violation.member[1:]


def refuse_ec2(_request: Request, violations: list[Violation]) -> Refusal:
    """https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html: MissingParameter, InvalidParameterValue"""
    first = violations[0]
    if first.kind == "required":
        return "MissingParameter", f"The request must contain the parameter {first.member}"
    shown = first.value if isinstance(first.value, str) else first.shown.removeprefix("Value '").removesuffix("'")
    return "InvalidParameterValue", f"Value ({shown}) for parameter {parameter_of(first)} is invalid. {first.sentence}"


def refuse_s3(_request: Request, violations: list[Violation]) -> Refusal:
    """https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList: MalformedXML, MissingRequestBodyError,
    InvalidArgument, InvalidLocationConstraint, InvalidStorageClass"""
    first = violations[0]
    if first.kind == "enum" and first.member in S3_VALUES:
        return S3_VALUES[first.member]
    if first.location:
        return "InvalidArgument", f"{first.member}: {first.sentence}"
    if first.kind == "required" and len(first.path) == 1:
        return "MissingRequestBodyError", "Request Body is empty"
    return MALFORMED_XML


S3_VALUES = {
    "LocationConstraint": ("InvalidLocationConstraint", "The specified location-constraint is not valid"),
    "StorageClass": ("InvalidStorageClass", "The storage class you specified is not valid"),
}
MALFORMED_XML = ("MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema")


def refuse_codedeploy(request: Request, violations: list[Violation]) -> Refusal:
    """An exception for each member, such as ApplicationNameRequiredException, with its description in the API reference:
    https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_CreateApplication.html#API_CreateApplication_Errors"""
    first = violations[0]
    errors = {shape.name: shape.documentation for shape in request.operation.error_shapes}
    beginning, end = ("", "RequiredException") if first.kind == "required" else ("Invalid", "Exception")
    for name in reversed([str(part) for part in first.path if isinstance(part, str)]):
        name = name[:1].upper() + name[1:]
        for named in (name, name.removesuffix("s"), name.removeprefix("Service").removesuffix("Arn"), name.replace("Arn", "ARN")):
            code = f"{beginning}{named}{end}"
            if code in errors:
                return code, re.sub(r"<[^>]+>", "", errors[code]).strip()
    return "ValidationException", listed(violations)


# The names are botocore's.
BY_SERVICE: dict[str, Callable[[Request, list[Violation]], Refusal]] = {
    "codedeploy": refuse_codedeploy,
    "ec2": refuse_ec2,
    "ecr": refuse_ecr,
    "ecs": refuse_ecs,
    # https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html#API_CreateLogGroup_Errors
    "logs": with_code("InvalidParameterException"),
    # https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html#API_GetResources_Errors
    "resourcegroupstaggingapi": with_code("InvalidParameterException"),
    "s3": refuse_s3,
}
# https://docs.aws.amazon.com/AmazonECS/latest/APIReference/CommonErrors.html and the same page of the other services:
# JSON services return ValidationException, query services ValidationError.
BY_PROTOCOL = {
    "json": with_code("ValidationException"),
    "query": with_code("ValidationError"),
    "rest-json": with_code("ValidationException"),
}


def has_query_codes(model: Any) -> bool:
    """CloudWatch keeps the codes of its query protocol in its JSON protocol (the trait awsQueryCompatible)."""
    return model.metadata["protocol"] == "query" or "awsQueryCompatible" in model.metadata


def refuse(request: Request, violations: list[Violation]) -> Refusal:
    first = next((violation for violation in violations if violation.kind == "type"), None)
    if first and request.typed:
        return "SerializationException", first.sentence
    model = request.operation.service_model
    by_protocol = "query" if has_query_codes(model) else "json"
    return BY_SERVICE.get(request.service, BY_PROTOCOL[by_protocol])(request, violations)


def refuse_unreadable(service: str) -> Refusal:
    return MALFORMED_XML if service == "s3" else ("SerializationException", "Unable to parse the request.")


def refuse_unknown(request: Request) -> Refusal | None:
    """EC2 refuses an unknown parameter: UnknownParameter at
    https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html. All other services ignore it:
    https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html"""
    if request.service == "ec2" and request.unknown:
        return "UnknownParameter", f"The parameter {request.unknown[0]} is not recognized"
    return None
