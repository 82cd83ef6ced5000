"""ECR: lifecycle policies, which moto stores but does not apply. AWS applies them within a day, the local cloud at the next push.
https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html#lp_evaluation_rules"""

import fnmatch
import json
import time
from collections.abc import Callable
from typing import Any

from moto.ecr.models import ECRBackend

from .cloud import cloud
from .extending import wraps

DAY = 24 * 60 * 60


def has_tags(selection: dict[str, Any], tags: list[str]) -> bool:
    """Each prefix and each pattern must match a tag."""
    status = selection["tagStatus"]
    if status != "tagged":
        return status == "any" or not tags
    patterns = [f"{prefix}*" for prefix in selection.get("tagPrefixList", [])] + selection.get("tagPatternList", [])
    return all(any(fnmatch.fnmatchcase(tag, pattern) for tag in tags) for pattern in patterns)


def too_many_or_old(selection: dict[str, Any], newest_first: list[Any]) -> list[Any]:
    number = selection["countNumber"]
    if selection["countType"] == "imageCountMoreThan":
        return newest_first[number:]
    oldest = time.time() - cloud.clock.seconds(number * DAY)
    return [image for image in newest_first if image.image_pushed_at < oldest]


def parts_of(image: Any) -> set[str]:
    """The digests in an image index. These images are not counted, and are kept as long as the index."""
    return {part["digest"] for part in json.loads(image.image_manifest).get("manifests", [])}


def expired(policy: dict[str, Any], images: list[Any]) -> list[Any]:
    """@param images the oldest first. An image that a rule selects by its tags cannot be expired by a rule of lower priority."""
    parts = {digest for image in images for digest in parts_of(image)}
    counted = [image for image in reversed(images) if image.get_image_digest() not in parts]
    gone, decided = [], set()
    for rule in sorted(policy["rules"], key=lambda rule: rule["rulePriority"]):
        selection = rule["selection"]
        selected = [image for image in counted if has_tags(selection, image.image_tags)]
        gone += [image for image in too_many_or_old(selection, selected) if id(image) not in decided]
        decided |= {id(image) for image in selected}
    return gone


def apply_policy(repository: Any) -> None:
    if repository.lifecycle_policy is None:
        return
    gone = {id(image) for image in expired(json.loads(repository.lifecycle_policy), repository.images)}
    repository.images[:] = [image for image in repository.images if id(image) not in gone]


@wraps(ECRBackend)
def put_image(original: Callable[..., Any], self: ECRBackend, repository_name: str, *args: Any, **kwargs: Any) -> Any:
    image = original(self, repository_name, *args, **kwargs)
    apply_policy(self._get_repository(repository_name))
    return image
