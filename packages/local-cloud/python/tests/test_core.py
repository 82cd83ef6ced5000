import contextlib
import io
import unittest.mock

from moto.ecs.models import EC2ContainerServiceBackend
from moto.s3.responses import S3Response

from nightshift_cloud.core import CRASHED

from .cloud_test_case import CloudTestCase

HINT = "(CONTRIBUTING.md says how to add it)"


class CoreTest(CloudTestCase):
    def setUp(self):
        super().setUp()
        redirection = contextlib.redirect_stderr(io.StringIO())
        self.printed = redirection.__enter__()
        self.addCleanup(redirection.__exit__, None, None, None)

    def test_answers_400_to_an_action_that_moto_lacks_in_json(self):
        self.assert_refused(
            "NotInLocalCloud",
            "the local cloud cannot do this: NotImplementedError: "
            f"The put_account_setting_default action has not been implemented {HINT}",
            self.client("ecs").put_account_setting_default,
            name="containerInsights",
            value="enabled",
        )
        self.assertIn("NotImplementedError: The put_account_setting_default", self.printed.getvalue())

    def test_answers_400_to_an_action_that_moto_only_has_as_an_empty_method(self):
        self.assert_refused(
            "NotInLocalCloud",
            f"the local cloud cannot do this: NotImplementedError: The action has no answer {HINT}",
            self.client("events").test_event_pattern,
            EventPattern="{}",
            Event="{}",
        )

    def test_answers_400_to_an_action_that_moto_lacks_in_xml(self):
        self.assert_refused(
            "NotInLocalCloud",
            "the local cloud cannot do this: NotImplementedError: "
            f"The describe_aws_network_performance_metric_subscriptions action has not been implemented {HINT}",
            self.client("ec2").describe_aws_network_performance_metric_subscriptions,
        )

    def test_answers_400_where_moto_crashes(self):
        with unittest.mock.patch.object(EC2ContainerServiceBackend, "list_clusters", side_effect=KeyError("x")):
            self.assert_refused("InvalidParameterException", CRASHED, self.client("ecs").list_clusters)
        self.assertIn("KeyError: 'x'", self.printed.getvalue())

    def test_answers_400_where_s3_crashes(self):
        with unittest.mock.patch.object(S3Response, "all_buckets", side_effect=KeyError("<x>")):
            self.assert_refused("InvalidRequest", CRASHED, self.client("s3").list_buckets)

    def test_answers_400_where_a_service_does_not_load(self):
        moto = self.server.app.moto
        with (
            unittest.mock.patch.dict(moto.app_instances, clear=True),
            unittest.mock.patch.object(moto, "create_app", side_effect=ImportError("docker")),
        ):
            self.assert_refused(
                "NotInLocalCloud",
                f"the local cloud cannot do this: ImportError: docker {HINT}",
                self.client("ecs").list_clusters,
            )

    def test_keeps_the_errors_of_a_service(self):
        self.assert_refused("ClusterNotFoundException", "Cluster not found.", self.client("ecs").delete_cluster, cluster="none")
