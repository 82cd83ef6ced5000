"""ECR: digests as a registry computes them, immutable tags, and scans that begin with the push and find nothing.
https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImage.html"""

import base64
import hashlib
import os
from collections.abc import Callable
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult
from moto.ecr.models import ECRBackend, Image
from moto.ecr.responses import ECRResponse

from .extending import wraps
from .moto_private import CREATE_DIGEST, find_repository, set_digest


class ImageDigestDoesNotMatchException(ServiceException):
    code = "ImageDigestDoesNotMatchException"


class ImageTagAlreadyExistsException(ServiceException):
    code = "ImageTagAlreadyExistsException"


class LayersNotFoundException(ServiceException):
    code = "LayersNotFoundException"


@wraps(ECRResponse)
def get_download_url_for_layer(original: Callable[..., Any], self: ECRResponse) -> ActionResult:
    """`nightshift local push` keeps the configuration of an image in a file named after its digest. AWS gives a URL of S3, we one
    that holds the data (RFC 2397)."""
    name, digest = self._get_param("repositoryName"), self._get_param("layerDigest")
    repository = self.ecr_backend._get_repository(name)
    path = Path(os.environ.get("NIGHTSHIFT_BUNDLES", ""), f"{digest.removeprefix('sha256:')}.json")
    if not path.is_file():
        raise LayersNotFoundException(
            f"The layer with digest '{digest}' does not exist in the repository with name '{name}' in the registry with id "
            f"'{repository.registry_id}'"
        )
    data = base64.b64encode(path.read_bytes()).decode()
    return ActionResult({"downloadUrl": f"data:application/json;base64,{data}", "layerDigest": digest})


def digest_of(manifest: str) -> str:
    return f"sha256:{hashlib.sha256(manifest.encode()).hexdigest()}"


@wraps(Image, CREATE_DIGEST)
def create_digest(original: Callable[..., Any], self: Image) -> None:
    """moto compares only layers, so that it treats images with different configurations as the same image."""
    set_digest(self, digest_of(self.image_manifest))


def refuse_tag_in_use(repository: Any, tag: str, digest: str) -> None:
    if not repository.is_tag_immutable() or repository.image_tag_mutability_exclusion_filters:
        return
    if any(tag in image.image_tags and image.get_image_digest() != digest for image in repository.images):
        raise ImageTagAlreadyExistsException(
            f"The image tag '{tag}' already exists in the '{repository.name}' repository and cannot be overwritten "
            "because the tag is immutable."
        )


@wraps(ECRBackend)
def put_image(
    original: Callable[..., Any],
    self: ECRBackend,
    repository_name: str,
    image_manifest: Any,
    image_tag: Any,
    image_manifest_mediatype: str | None = None,
    digest: str | None = None,
) -> Any:
    repository = find_repository(self, repository_name)
    actual = digest_of(image_manifest)
    if digest and digest != actual:
        raise ImageDigestDoesNotMatchException(
            f"The specified image digest '{digest}' does not match the digest '{actual}' that ECR calculated for the image."
        )
    refuse_tag_in_use(repository, image_tag, actual)
    image = original(self, repository_name, image_manifest, image_tag, image_manifest_mediatype, digest)
    if scans_on_push(repository):
        image.last_scan = image.last_scan or datetime.now(timezone.utc).replace(tzinfo=None)
    return image


@wraps(ECRResponse)
def describe_images(original: Callable[..., Any], self: ECRResponse) -> Any:
    """https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_ImageDetail.html"""
    answer = original(self)
    for image in answer.result["imageDetails"]:
        if image.last_scan:
            image.image_scan_status = {"status": "COMPLETE", "description": "The scan was completed successfully."}
            image.image_scan_findings_summary = {"imageScanCompletedAt": image.last_scan, "findingSeverityCounts": {}}
    return answer


def scans_on_push(repository: Any) -> bool:
    return "SCAN_ON_PUSH" in repository.scanning_config["scanFrequency"] or bool(
        repository.image_scanning_configuration.get("scanOnPush")
    )


@wraps(ECRBackend)
def describe_image_scan_findings(
    original: Callable[..., Any], self: ECRBackend, registry_id: Any, repository_name: str, image_id: Any
) -> Any:
    """moto returns an example finding, which is removed here. Findings that a test sets are kept."""
    answer = original(self, registry_id, repository_name, image_id)
    findings = answer.get("imageScanFindings", {})
    if any(finding.get("name") == "CVE-9999-9999" for finding in findings.get("findings", [])):
        findings.update(findings=[], findingSeverityCounts={})
    return answer
