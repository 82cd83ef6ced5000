"""Access control: accepts calls of programs of the user who started the local cloud, and refuses calls of web pages.

- `Host` is the server's own address. A page whose name resolves to 127.0.0.1 (DNS rebinding) sends its own name.
  https://en.wikipedia.org/wiki/DNS_rebinding
- Browsers send `Origin` with whatever a page can read or change, and `Sec-Fetch-Site` with every request.
  AWS clients send neither.
  https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site
- An AWS call carries the access key id that was made at this start, or one that STS or IAM has issued here since.
- `/nightshift/*` and moto's own `/moto-api/*` need the control token. Only the health address answers without one, and then
  only says which program listens, so that `local up` can name it when the port is taken."""

from __future__ import annotations

import hmac
import urllib.parse
from dataclasses import dataclass
from typing import Any

from moto.iam.models import iam_backends

from ..cloud import existing

TOKEN_HEADER = "X-Nightshift-Token"
CONTROL = "/nightshift/"
MOTO_CONTROL = "/moto-api"
FORBIDDEN = "403 FORBIDDEN"


@dataclass(frozen=True)
class Access:
    """The secrets of one start of the local cloud."""

    access_key_id: str
    control_token: str


@dataclass(frozen=True)
class Refusal:
    """`code` is AWS's error code, if AWS has one for this case."""

    code: str
    message: str


def credential_of(environ: dict[str, str]) -> list[str] | None:
    """The access key id and its scope (`<key>/<date>/<region>/<service>/aws4_request`), of a header or a presigned URL, or None.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html"""
    signed = environ.get("HTTP_AUTHORIZATION", "").partition("Credential=")[2].partition(",")[0]
    if signed:
        return signed.strip().split("/")
    query = urllib.parse.parse_qs(environ.get("QUERY_STRING", ""))
    if "X-Amz-Credential" in query:
        return query["X-Amz-Credential"][0].split("/")
    if "AWSAccessKeyId" in query:
        # Signature version 2, with which boto3 presigns in some regions. Only S3 takes it.
        return [query["AWSAccessKeyId"][0], "", "", "s3"]
    return None


def same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode(), expected.encode())


def was_issued_here(access_key_id: str) -> bool:
    """Whether `sts:AssumeRole` or `iam:CreateAccessKey` has issued the key here."""
    return any(access_key_id in backend.access_keys for backend in existing(iam_backends))


def is_control(environ: dict[str, Any]) -> bool:
    path = environ.get("PATH_INFO", "")
    return path.startswith(MOTO_CONTROL) or (path.startswith(CONTROL) and credential_of(environ) is None)


def refuse_web_pages(environ: dict[str, Any], port: int) -> Refusal | None:
    host = environ.get("HTTP_HOST", "")
    own = f"127.0.0.1:{port}"
    if host != own and (host, port) != ("127.0.0.1", 80):
        return Refusal("AccessDenied", f"Host: the local cloud answers to {own} only, got {host or 'none'}")
    if "HTTP_ORIGIN" in environ:
        return Refusal("AccessDenied", f"Origin: the local cloud does not answer web pages, got {environ['HTTP_ORIGIN']}")
    site = environ.get("HTTP_SEC_FETCH_SITE", "none")
    if site != "none":
        return Refusal("AccessDenied", f"Sec-Fetch-Site: the local cloud does not answer web pages, got {site}")
    return None


def has_token(environ: dict[str, Any], access: Access) -> bool:
    return same(environ.get("HTTP_X_NIGHTSHIFT_TOKEN", ""), access.control_token)


def refuse_unknown_callers(environ: dict[str, Any], access: Access) -> Refusal | None:
    if is_control(environ):
        if has_token(environ, access):
            return None
        return Refusal("AccessDenied", f"{TOKEN_HEADER}: not the token of this local cloud - use `npx nightshift local`")
    credential = credential_of(environ)
    if credential is None:
        return Refusal("MissingAuthenticationToken", "Request is missing Authentication Token")
    if same(credential[0], access.access_key_id) or was_issued_here(credential[0]):
        return None
    return Refusal(
        "InvalidAccessKeyId" if credential[3:4] == ["s3"] else "InvalidClientTokenId",
        "The access key is not that of the running local cloud - run the program with `npx nightshift local exec -- <program>`",
    )
