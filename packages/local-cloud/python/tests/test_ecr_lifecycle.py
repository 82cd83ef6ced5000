import json
import time

from moto.ecr.models import ecr_backends

from .cloud_test_case import ACCOUNT, REGION, CloudTestCase
from .tasks_test_case import REPOSITORY as NAME
from .tasks_test_case import manifest


def rule(priority, number, count_type="imageCountMoreThan", **selection):
    unit = {"countUnit": "days"} if count_type == "sinceImagePushed" else {}
    return {
        "rulePriority": priority,
        "selection": {"countType": count_type, "countNumber": number, **unit, **selection},
        "action": {"type": "expire"},
    }


class EcrLifecycleTest(CloudTestCase):
    def setUp(self):
        super().setUp()
        self.ecr = self.client("ecr")
        self.ecr.create_repository(repositoryName=NAME, imageTagMutability="IMMUTABLE")

    def put_policy(self, *rules):
        self.ecr.put_lifecycle_policy(repositoryName=NAME, lifecyclePolicyText=json.dumps({"rules": rules}))

    def push(self, tag, **changes):
        text = manifest(annotations={"tag": tag.split(" ")[0]}, **changes)
        for one in tag.split(" "):
            image = self.ecr.put_image(repositoryName=NAME, imageManifest=text, imageTag=one)["image"]
        return image["imageId"]["imageDigest"]

    def tags(self):
        details = self.ecr.describe_images(repositoryName=NAME)["imageDetails"]
        return sorted(tag for image in details for tag in image.get("imageTags", []))

    def test_keeps_the_newest_images(self):
        self.put_policy(rule(1, 2, tagStatus="any"))
        for tag in ("one", "two", "three"):
            self.push(tag)
        self.assertEqual(["three", "two"], self.tags())

    def test_without_a_policy_all_stay(self):
        for tag in ("one", "two", "three"):
            self.push(tag)
        self.assertEqual(3, len(self.tags()))

    def test_a_rule_of_higher_priority_keeps_what_it_selects(self):
        self.put_policy(rule(2, 2, tagStatus="any"), rule(1, 1, tagStatus="tagged", tagPrefixList=["keep-"]))
        self.push("one keep-1")
        for tag in ("two", "three", "four"):
            self.push(tag)
        self.assertEqual(["four", "keep-1", "one", "three"], self.tags())
        self.push("five keep-5")
        self.assertEqual(["five", "four", "keep-5"], self.tags())

    def test_selects_by_patterns_and_images_without_tags(self):
        self.put_policy(
            rule(1, 1, tagStatus="tagged", tagPatternList=["release-*"]),
            rule(2, 1, tagStatus="untagged"),
        )
        for tag in ("release-1", "other", "release-2"):
            self.push(tag)
        self.assertEqual(["other", "release-2"], self.tags())

    def test_removes_what_is_old(self):
        self.put_policy(rule(1, 14, "sinceImagePushed", tagStatus="any"))
        self.push("one")
        images = ecr_backends[ACCOUNT][REGION].repositories[NAME].images
        # 14 days take about six hours at the time scale of the test.
        images[0].image_pushed_at = int(time.time()) - 7 * 60 * 60
        self.push("two")
        self.assertEqual(["two"], self.tags())

    def test_counts_an_index_with_its_parts_as_one(self):
        self.put_policy(rule(1, 2, tagStatus="any"))
        parts = [{"digest": self.push(tag)} for tag in ("amd64", "arm64")]
        self.push("index", manifests=parts)
        self.push("other")
        self.assertEqual(["amd64", "arm64", "index", "other"], self.tags())
