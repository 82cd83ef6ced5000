import hashlib

from ..deployment_test_case import DeploymentTestCase


class RevisionsTest(DeploymentTestCase):
    def deploy_twice(self):
        """Returns the hashes of both revisions."""
        contents = []
        for _ in range(2):
            contents.append(self.appspec())
            self.deploy(contents[-1])
            self.pass_seconds(1300)
        return [hashlib.sha256(content.encode()).hexdigest() for content in contents]

    def hashes(self, **given):
        revisions = self.codedeploy.list_application_revisions(applicationName="batch", **given)["revisions"]
        return [revision["appSpecContent"]["sha256"] for revision in revisions]

    def test_lists_the_revisions_that_were_deployed(self):
        self.assertEqual([], self.hashes())
        first, second = self.deploy_twice()
        self.assertEqual([first, second], self.hashes())
        self.assertEqual([second, first], self.hashes(sortBy="lastUsedTime", sortOrder="descending"))

    def test_lists_the_groups_to_which_a_revision_was_deployed(self):
        first, _ = self.deploy_twice()
        revision = {"revisionType": "AppSpecContent", "appSpecContent": {"sha256": first}}
        found = self.codedeploy.get_application_revision(applicationName="batch", revision=revision)
        self.assertEqual(("batch", revision), (found["applicationName"], found["revision"]))
        self.assertEqual(["group"], found["revisionInfo"]["deploymentGroups"])

    def test_refuses_a_revision_that_was_not_deployed(self):
        self.assert_refused(
            "RevisionDoesNotExistException",
            "The named revision does not exist with the IAM user or AWS account.",
            self.codedeploy.get_application_revision,
            applicationName="batch",
            revision={"revisionType": "AppSpecContent", "appSpecContent": {"content": "other"}},
        )
