import contextlib

from ..cloud_test_case import CloudTestCase


class FaultsTest(CloudTestCase):
    def faults(self, method="GET", body=None):
        status, answer = self.ask(method, "/nightshift/faults", body)
        self.assertEqual(200, status, answer)
        return answer

    def order(self, *actions, answer="throttle", **more):
        return self.faults("POST", {"actions": list(actions), "answer": answer, **more})

    def test_throttles_in_the_form_that_each_service_reads(self):
        self.order("*")
        for code, message, call in (
            ("ThrottlingException", "Rate exceeded", self.client("codedeploy").list_applications),
            ("ThrottlingException", "Rate exceeded", self.client("ecs").list_clusters),
            ("Throttling", "Rate exceeded", self.client("elbv2").describe_load_balancers),
            ("SlowDown", "Please reduce your request rate.", self.client("s3").list_buckets),
        ):
            with self.subTest(code=code, call=call.__name__):
                self.assert_refused(code, message, call)

    def test_throttles_cloudwatch_in_each_protocol(self):
        self.order("monitoring:DescribeAlarms")
        cloudwatch = self.client("cloudwatch")
        with self.assertRaises(cloudwatch.exceptions.ClientError) as caught:
            cloudwatch.describe_alarms()
        error = caught.exception.response
        self.assertIn(error["Error"]["Code"], ("Throttling", "ThrottlingException"))
        self.assertEqual(("Rate exceeded", 400), (error["Error"]["Message"], error["ResponseMetadata"]["HTTPStatusCode"]))

    def test_fails_as_a_service_fails(self):
        self.order("ecs:*", "s3:*", answer="error")
        text = "The request processing has failed because of an unknown error, exception or failure."
        self.assert_refused("InternalFailure", text, self.client("ecs").list_clusters)
        self.assert_refused("InternalError", text, self.client("s3").list_buckets)

    def test_affects_only_the_given_actions(self):
        self.order("ecs:ListClusters", "ecs:Describe*")
        ecs = self.client("ecs")
        ecs.create_cluster(clusterName="cluster")
        for call in (ecs.list_clusters, ecs.describe_clusters):
            self.assert_refused("ThrottlingException", "Rate exceeded", call)

    def test_affects_every_nth_call(self):
        self.order("ecs:ListClusters", every=3)
        ecs, answers = self.client("ecs"), []
        for _ in range(6):
            try:
                ecs.list_clusters()
                answers.append("ok")
            except ecs.exceptions.ClientError:
                answers.append("struck")
        self.assertEqual(["ok", "ok", "struck"] * 2, answers)

    def test_affects_a_share_of_the_calls(self):
        self.order("ecs:ListClusters", share=0.5)
        ecs = self.client("ecs")
        for _ in range(40):
            with contextlib.suppress(ecs.exceptions.ClientError):
                ecs.list_clusters()
        [fault] = self.faults()["faults"]
        self.assertEqual(40, fault["seen"])
        self.assertTrue(10 <= fault["struck"] <= 30, fault)

    def test_loses_the_response_of_a_successful_call(self):
        self.order("ecs:CreateCluster", answer="lost")
        ecs = self.client("ecs")
        text = "The request processing has failed because of an unknown error, exception or failure."
        self.assert_refused("InternalFailure", text, ecs.create_cluster, clusterName="cluster")
        self.assertEqual(1, len(ecs.list_clusters()["clusterArns"]))
        self.assertRegex(self.log.getvalue(), r"500 +\d+ ms ecs.CreateCluster \(carried out, answer lost on request\)\n")

    def test_delete_and_reset_remove_faults(self):
        self.order("*")
        self.assertEqual({"faults": []}, self.faults("DELETE"))
        self.order("*")
        self.reset()
        self.assertEqual({"faults": []}, self.faults())
        self.client("ecs").list_clusters()

    def test_refuses_an_invalid_fault(self):
        for message, body in (
            ("a fault is an object", []),
            ('actions: a list such as ["codedeploy:GetDeployment"] or ["*"]', {"actions": [], "answer": "error"}),
            ("answer: one of throttle, error, lost", {"actions": ["*"], "answer": "burn"}),
            ("answer: one of throttle, error, lost", {"actions": ["*"], "answer": ["lost"]}),
            ("share: a number above 0 and up to 1", {"actions": ["*"], "answer": "error", "share": 2}),
            ("every: a whole number from 1", {"actions": ["*"], "answer": "error", "every": 0}),
            ("unknown: often", {"actions": ["*"], "answer": "error", "often": 1}),
        ):
            with self.subTest(message):
                self.assertEqual((400, {"message": message}), self.ask("POST", "/nightshift/faults", body))
        self.assertEqual({"faults": []}, self.faults())

    def test_lists_the_paths_for_an_unknown_path(self):
        self.assertRegex(
            self.ask("GET", "/nightshift/none")[1]["message"],
            "^GET /nightshift/none: no such path, use one of .*DELETE /nightshift/faults, GET /nightshift/faults, .*POST /nightshift/faults",
        )
