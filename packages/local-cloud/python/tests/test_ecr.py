import base64
import hashlib
import os
import tempfile
from pathlib import Path
from unittest import mock

from .cloud_test_case import ACCOUNT, CloudTestCase
from .tasks_test_case import REPOSITORY as NAME
from .tasks_test_case import manifest


class EcrTest(CloudTestCase):
    def setUp(self):
        super().setUp()
        self.ecr = self.client("ecr")

    def create(self, **settings):
        self.ecr.create_repository(repositoryName=NAME, imageTagMutability="IMMUTABLE", **settings)

    def push(self, text, tag="one", **more):
        return self.ecr.put_image(repositoryName=NAME, imageManifest=text, imageTag=tag, **more)["image"]["imageId"]

    def findings(self, tag="one"):
        return self.ecr.describe_image_scan_findings(repositoryName=NAME, imageId={"imageTag": tag})

    def test_images_show_the_status_of_their_scan(self):
        self.create(imageScanningConfiguration={"scanOnPush": True})
        self.push(manifest())
        [image] = self.ecr.describe_images(repositoryName=NAME)["imageDetails"]
        self.assertEqual("COMPLETE", image["imageScanStatus"]["status"])
        self.assertEqual({}, image["imageScanFindingsSummary"]["findingSeverityCounts"])

    def test_a_digest_is_that_of_the_whole_manifest(self):
        self.create()
        first = self.push(manifest())["imageDigest"]
        second = self.push(manifest(annotations={"behaves": "errors"}), "two")["imageDigest"]
        self.assertEqual(f"sha256:{hashlib.sha256(manifest().encode()).hexdigest()}", first)
        self.assertNotEqual(first, second)

    def test_refuses_a_digest_that_is_not_the_manifests(self):
        self.create()
        given, actual = f"sha256:{'1' * 64}", hashlib.sha256(manifest().encode()).hexdigest()
        self.assert_refused(
            "ImageDigestDoesNotMatchException",
            f"The specified image digest '{given}' does not match the digest 'sha256:{actual}' that ECR calculated for the image.",
            self.push,
            text=manifest(),
            imageDigest=given,
        )

    def test_an_immutable_tag_keeps_its_image(self):
        self.create()
        self.push(manifest())
        self.assert_refused(
            "ImageTagAlreadyExistsException",
            f"The image tag 'one' already exists in the '{NAME}' repository and cannot be overwritten because the tag is immutable.",
            self.push,
            text=manifest(annotations={"other": "image"}),
        )

    def test_refuses_to_push_the_same_image_twice(self):
        self.create()
        digest = self.push(manifest())["imageDigest"]
        self.assert_refused(
            "ImageAlreadyExistsException",
            f"Image with digest '{digest}' and tag 'one' already exists in the repository with name '{NAME}' in registry with id '{ACCOUNT}'",
            self.push,
            text=manifest(),
        )

    def test_a_mutable_tag_moves(self):
        self.ecr.create_repository(repositoryName=NAME)
        self.push(manifest())
        moved = self.push(manifest(annotations={"other": "image"}))["imageDigest"]
        self.assertEqual(
            [moved], [image["imageDigest"] for image in self.ecr.describe_images(repositoryName=NAME)["imageDetails"]]
        )

    def test_a_scan_begins_with_the_push_and_finds_nothing(self):
        self.create(imageScanningConfiguration={"scanOnPush": True})
        self.push(manifest())
        found = self.findings()
        self.assertEqual(("COMPLETE", []), (found["imageScanStatus"]["status"], found["imageScanFindings"]["findings"]))

    def test_without_scan_on_push_there_is_no_scan(self):
        self.create()
        self.push(manifest())
        with self.assertRaises(self.ecr.exceptions.ScanNotFoundException):
            self.findings()

    def test_gives_the_configuration_of_an_image(self):
        self.create()
        digest = f"sha256:{'0' * 64}"
        with tempfile.TemporaryDirectory() as folder, mock.patch.dict(os.environ, NIGHTSHIFT_BUNDLES=folder):
            Path(folder, f"{'0' * 64}.json").write_text('{"os":"linux"}')
            answer = self.ecr.get_download_url_for_layer(repositoryName=NAME, layerDigest=digest)
        self.assertEqual(digest, answer["layerDigest"])
        data = base64.b64encode(b'{"os":"linux"}').decode()
        self.assertEqual(f"data:application/json;base64,{data}", answer["downloadUrl"])

    def test_refuses_a_layer_that_was_not_pushed(self):
        self.create()
        digest = f"sha256:{'1' * 64}"
        self.assert_refused(
            "LayersNotFoundException",
            f"The layer with digest '{digest}' does not exist in the repository with name '{NAME}' in the registry with id '{ACCOUNT}'",
            self.ecr.get_download_url_for_layer,
            repositoryName=NAME,
            layerDigest=digest,
        )
