import json
import tempfile
from pathlib import Path
from unittest.mock import patch

from nightshift_cloud.ecs.images import BUNDLE_TYPE, CannotPull, find_image

from ..cloud_test_case import ACCOUNT, REGION, CloudTestCase

HOST = f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com"
BUNDLE = "ab" * 32


class BehavioursTest(CloudTestCase):
    def setUp(self):
        super().setUp()
        self.ecr = self.client("ecr")
        self.ecr.create_repository(repositoryName="repository-batch")

    def push(self, tag, layers=(), **annotations):
        manifest = {
            "schemaVersion": 2,
            "mediaType": "application/vnd.oci.image.manifest.v1+json",
            "config": {"mediaType": "application/vnd.oci.image.config.v1+json", "digest": f"sha256:{'0' * 64}", "size": 2},
            "layers": list(layers),
            "annotations": annotations,
        }
        return self.ecr.put_image(repositoryName="repository-batch", imageManifest=json.dumps(manifest), imageTag=tag)["image"]

    def assert_cannot_pull(self, message, reference):
        with self.assertRaises(CannotPull) as caught:
            find_image(reference)
        self.assertEqual(f"CannotPullContainerError: {message}", str(caught.exception))

    def test_an_image_is_found_by_tag_and_by_digest(self):
        digest = self.push("4f1c2e9", **{"nightshift.local/behaves": "crashes", "nightshift.local/version": "4f1c2e9"})[
            "imageId"
        ]["imageDigest"]
        for reference in (f"{HOST}/repository-batch:4f1c2e9", f"{HOST}/repository-batch@{digest}"):
            image = find_image(reference)
            self.assertEqual((digest, "4f1c2e9", "crashes", None), (image.digest, image.version, image.behaves, image.bundle))

    def test_an_image_of_another_tool_is_healthy_and_has_its_tag_as_version(self):
        digest = self.push("built-by-docker")["imageId"]["imageDigest"]
        image = find_image(f"{HOST}/repository-batch@{digest}")
        self.assertEqual(("built-by-docker", "healthy"), (image.version, image.behaves))

    def test_the_workload_is_a_file_named_after_its_digest(self):
        self.push("one", [{"mediaType": BUNDLE_TYPE, "digest": f"sha256:{BUNDLE}", "size": 3}])
        with tempfile.TemporaryDirectory() as folder, patch.dict("os.environ", NIGHTSHIFT_BUNDLES=folder):
            path = Path(folder, f"{BUNDLE}.js")
            path.write_text("//")
            self.assertEqual(str(path), find_image(f"{HOST}/repository-batch:one").bundle)
            path.unlink()
            self.assert_cannot_pull(
                "failed to copy: httpReadSeeker: failed open: could not fetch content descriptor "
                f"sha256:{BUNDLE} ({BUNDLE_TYPE}) from remote: https://{HOST}/v2/repository-batch/blobs/sha256:{BUNDLE}: not found",
                f"{HOST}/repository-batch:one",
            )

    def test_the_error_for_a_missing_tag_is_that_of_aws(self):
        reference = f"{HOST}/repository-batch:missing"
        self.assert_cannot_pull(
            f"pull image manifest has been retried 5 time(s): failed to resolve ref {reference}: {reference}: not found",
            reference,
        )

    def test_the_error_for_a_missing_digest_is_that_of_aws(self):
        reference = f"{HOST}/repository-batch@sha256:{'1' * 64}"
        self.assert_cannot_pull(
            f"pull image manifest has been retried 5 time(s): failed to resolve ref {reference}: {reference}: not found",
            reference,
        )

    def test_the_error_for_a_missing_repository_is_that_of_aws(self):
        reference = f"{HOST}/other:1"
        self.assert_cannot_pull(
            f"pull image manifest has been retried 5 time(s): failed to resolve ref {reference}: pull access denied, repository "
            "does not exist or may require authorization: name unknown: The repository with name 'other' does not exist in "
            f"the registry with id '{ACCOUNT}'",
            reference,
        )

    def test_nothing_outside_of_the_registry_can_be_reached(self):
        for reference, name in (
            ("app", "docker.io/library/app:latest"),
            ("team/app:1", "docker.io/team/app:1"),
            ("ghcr.io/team/app:1",) * 2,
        ):
            self.assert_cannot_pull(
                f"pull image manifest has been retried 5 time(s): failed to resolve ref {name}: "
                f'failed to do request: Head "https://{name}": dial tcp: i/o timeout',
                reference,
            )
