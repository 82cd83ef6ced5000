from ..deployment_test_case import DeploymentTestCase

NOT_READY = "The deployment does not have a status of Ready and can't continue yet."


class ControlTest(DeploymentTestCase):
    def stop(self, name, **more):
        return self.codedeploy.stop_deployment(deploymentId=name, **more)

    def proceed(self, name, wait):
        self.codedeploy.continue_deployment(deploymentId=name, deploymentWaitType=wait)

    def test_stop_with_rollback_returns_the_traffic(self):
        name = self.deploy()
        self.pass_seconds(140)
        answer = self.stop(name, autoRollbackEnabled=True)
        self.assertEqual(
            ("Succeeded", "No more commands will be scheduled for execution in the deployment instances"),
            (answer["status"], answer["statusMessage"]),
        )
        shown = self.deployment(name)
        self.assertEqual("Stopped", shown["status"])
        self.assertEqual({"code": "MANUAL_STOP", "message": "The deployment was manually stopped."}, shown["errorInformation"])
        self.assertEqual((100, 0), self.weights())
        self.pass_seconds(15)
        self.assertEqual("Succeeded", self.deployment(shown["rollbackInfo"]["rollbackDeploymentId"])["status"])
        self.assertEqual([("PRIMARY", "1")], self.task_sets())

    def test_stop_without_a_flag_uses_the_rollback_setting_of_the_group(self):
        name = self.deploy()
        self.pass_seconds(140)
        self.stop(name)
        self.assertEqual((100, 0), self.weights())

    def test_stop_without_rollback_keeps_the_traffic(self):
        name = self.deploy()
        self.pass_seconds(140)
        self.stop(name, autoRollbackEnabled=False)
        self.pass_seconds(100)
        self.assertEqual((70, 30), self.weights())
        self.assertNotIn("rollbackInfo", self.deployment(name))

    def test_stop_before_the_start_changes_nothing(self):
        name = self.deploy()
        self.stop(name, autoRollbackEnabled=True)
        self.pass_seconds(15)
        self.assertEqual(("Stopped", [("PRIMARY", "1")]), (self.deployment(name)["status"], self.task_sets()))
        self.assertNotIn("startTime", self.deployment(name))

    def test_refuses_to_stop_or_continue_an_ended_deployment(self):
        name = self.deploy()
        self.stop(name)
        for call, more in (
            (self.codedeploy.stop_deployment, {}),
            (self.codedeploy.continue_deployment, {"deploymentWaitType": "TERMINATION_WAIT"}),
        ):
            self.assert_refused(
                "DeploymentAlreadyCompletedException", "The deployment is already complete.", call, deploymentId=name, **more
            )

    def test_the_wait_for_the_old_tasks_can_be_ended(self):
        name = self.deploy()
        self.pass_seconds(700)
        self.proceed(name, "TERMINATION_WAIT")
        self.pass_seconds(2)
        self.assertEqual(("Succeeded", [("PRIMARY", "2")]), (self.deployment(name)["status"], self.task_sets()))

    def test_refuses_to_continue_a_deployment_that_does_not_wait(self):
        name = self.deploy()
        self.pass_seconds(140)
        for wait in ("TERMINATION_WAIT", "READY_WAIT"):
            self.assert_refused(
                "DeploymentIsNotInReadyStateException",
                NOT_READY,
                self.codedeploy.continue_deployment,
                deploymentId=name,
                deploymentWaitType=wait,
            )

    def test_refuses_a_wait_that_does_not_exist(self):
        self.assert_refused(
            "InvalidDeploymentWaitTypeException",
            "The wait type is invalid.",
            self.codedeploy.continue_deployment,
            deploymentId=self.deploy(),
            deploymentWaitType="COFFEE_WAIT",
        )

    def wait_for_continue(self):
        self.change_blue_green(deploymentReadyOption={"actionOnTimeout": "STOP_DEPLOYMENT", "waitTimeInMinutes": 5})
        name = self.deploy()
        self.pass_seconds(20)
        self.assertEqual(("Ready", "Ready"), (self.deployment(name)["status"], self.target(name)["status"]))
        self.assertEqual(["Succeeded"] * 5 + ["Pending"] * 3, self.statuses(name))
        return name

    def test_traffic_waits_for_continue_deployment(self):
        name = self.wait_for_continue()
        self.proceed(name, "READY_WAIT")
        self.pass_seconds(2)
        self.assertEqual(("InProgress", (90, 10)), (self.deployment(name)["status"], self.weights()))

    def test_the_deployment_stops_when_the_wait_times_out(self):
        name = self.wait_for_continue()
        self.pass_seconds(300)
        shown = self.deployment(name)
        self.assertEqual("Stopped", shown["status"])
        self.assertEqual(
            {
                "code": "TIMEOUT",
                "message": "The deployment timed out while waiting for a notification to continue. This time out period is 5 minutes.",
            },
            shown["errorInformation"],
        )
        self.assertEqual((100, 0), self.weights())
