"""S3: a lifecycle rule's NewerNoncurrentVersions, and emptying a bucket whose versioning was suspended.

The Terraform provider reads a lifecycle back until it equals what it wrote, so a dropped field costs three minutes and
then fails. Each unlock with `use_lockfile` leaves a delete marker in the state bucket, and versioning is suspended
before the bucket is emptied."""

from collections.abc import Callable
from typing import Any

from moto.s3.models import FakeBucket, FakeDeleteMarker
from moto.s3.responses import S3Response

from .extending import adds, wraps


@wraps(FakeBucket)
def set_lifecycle(original: Callable[..., Any], self: FakeBucket, rules: Any) -> None:
    original(self, rules)
    kept: Any
    for given, kept in zip(rules, self.rules):
        kept.newer_noncurrent_versions = (given.get("NoncurrentVersionExpiration") or {}).get("NewerNoncurrentVersions")


@wraps(S3Response)
def serialized(original: Callable[..., Any], self: S3Response, action_result: Any) -> Any:
    result = action_result.result
    if isinstance(result, dict) and "TransitionDefaultMinimumObjectSize" in result:
        kept: list[Any] = self.backend.get_bucket(self.bucket_name).rules
        for answered, rule in zip(result["Rules"], kept):
            if rule.newer_noncurrent_versions:
                answered["NoncurrentVersionExpiration"]["NewerNoncurrentVersions"] = int(rule.newer_noncurrent_versions)
    return original(self, action_result)


@adds(FakeDeleteMarker)
def dispose(self: FakeDeleteMarker, garbage: Any = False) -> None:
    """Frees the content of an object version. A delete marker has no content."""
