"""Reads the workload of an image from its manifest in the registry of the emulated account, or the reason for a failed pull.
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path

from moto.ecr.models import Image as StoredImage
from moto.ecr.models import ecr_backends

# Annotations of the manifest, written by `nightshift local push`.
BEHAVES = "nightshift.local/behaves"
VERSION = "nightshift.local/version"
BUNDLE_TYPE = "application/vnd.nightshift.bundle.v1+javascript"
BEHAVIOURS = ("healthy", "unhealthy", "crashes", "out-of-memory", "slow-start", "errors")

ECR_IMAGE = re.compile(
    r"(?P<account>\d{12})\.dkr\.ecr\.(?P<region>[a-z0-9-]+)\.amazonaws\.com(\.cn)?/"
    r"(?P<repository>[^:@]+)(:(?P<tag>[^@]+))?(@(?P<digest>sha256:[0-9a-f]{64}))?"
)


@dataclass(frozen=True)
class Image:
    digest: str
    version: str
    behaves: str
    # The workload in one file. None for an image of another tool: the sample workload runs in its place.
    bundle: str | None


class CannotPull(Exception):
    """With the text of AWS."""


def not_resolved(reference: str, why: str) -> CannotPull:
    return CannotPull(
        f"CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref {reference}: {why}"
    )


def full_reference(reference: str) -> str:
    """Short names refer to Docker Hub."""
    first = reference.partition("/")[0]
    if "." in first and "/" in reference:
        return reference
    named = reference if "/" in reference else f"library/{reference}"
    return f"docker.io/{named}" if ":" in named or "@" in named else f"docker.io/{named}:latest"


def find_image(reference: str) -> Image:
    """@raise CannotPull as AWS says it in the task's stoppedReason"""
    found = ECR_IMAGE.fullmatch(reference)
    if not found:
        name = full_reference(reference)
        raise not_resolved(name, f'failed to do request: Head "https://{name}": dial tcp: i/o timeout')
    repository = ecr_backends[found["account"]][found["region"]].repositories.get(found["repository"])
    if repository is None:
        raise not_resolved(
            reference,
            f"pull access denied, repository does not exist or may require authorization: name unknown: The repository "
            f"with name '{found['repository']}' does not exist in the registry with id '{found['account']}'",
        )
    for image in repository.images:
        by_digest = image.get_image_digest() == found["digest"]
        if by_digest or (not found["digest"] and (found["tag"] or "latest") in image.image_tags):
            return read_image(reference, image, found["tag"])
    raise not_resolved(reference, f"{reference}: not found")


def read_image(reference: str, image: StoredImage, tag: str | None) -> Image:
    manifest = json.loads(image.image_manifest)
    annotations = manifest.get("annotations") or {}
    digest = image.get_image_digest()
    version = annotations.get(VERSION) or tag or (image.image_tags or [digest[7:19]])[0]
    behaves = annotations.get(BEHAVES, "healthy")
    bundles = [layer["digest"] for layer in manifest.get("layers", []) if layer.get("mediaType") == BUNDLE_TYPE]
    bundle = find_bundle(reference, bundles[0]) if bundles else None
    return Image(digest, version, behaves, bundle)


def find_bundle(reference: str, digest: str) -> str:
    """The layer is a file of the local cloud's folder, named after its digest."""
    path = Path(os.environ.get("NIGHTSHIFT_BUNDLES", ""), f"{digest.removeprefix('sha256:')}.js")
    if not path.is_file():
        host, _, name = reference.partition("/")
        name = re.split("[:@]", name)[0]
        raise CannotPull(
            "CannotPullContainerError: failed to copy: httpReadSeeker: failed open: could not fetch content descriptor "
            f"{digest} ({BUNDLE_TYPE}) from remote: https://{host}/v2/{name}/blobs/{digest}: not found"
        )
    return str(path)
