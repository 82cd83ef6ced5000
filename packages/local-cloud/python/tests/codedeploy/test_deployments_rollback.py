from moto.elbv2.models import elbv2_backends

from ..cloud_test_case import ACCOUNT, REGION
from ..deployment_test_case import ROLLBACK_EVENTS, DeploymentTestCase

ALARMED = (
    "One or more alarms have been activated according to the Amazon CloudWatch metrics you selected, and the affected "
    "deployments have been stopped. Activated alarms: <gate-5xx>"
)
TIMED_OUT = (
    "The deployment timed out while waiting for the replacement task set to become healthy. This time out period is 60 minutes."
)


class RollbackTest(DeploymentTestCase):
    def assert_taken_back(self, name):
        """Asserts that the old tasks get all traffic, the new ones are gone, and a rollback deployment exists. Returns its id."""
        shown = self.deployment(name)
        back = shown["rollbackInfo"]["rollbackDeploymentId"]
        self.assertEqual(
            {
                "rollbackDeploymentId": back,
                "rollbackMessage": f"Deployment {name} terminated. Automatic rollback is triggered with a DeploymentId {back}.",
            },
            shown["rollbackInfo"],
        )
        self.assertEqual((100, 0), self.weights())
        self.assertEqual(("PRIMARY", "1"), self.task_sets()[0])
        self.assertNotIn("ACTIVE", [status for status, _ in self.task_sets()])
        return back

    def assert_ended(self, name, status, code, message):
        shown = self.deployment(name)
        self.assertEqual((status, {"code": code, "message": message}), (shown["status"], shown["errorInformation"]))
        self.assertIn("completeTime", shown)

    def test_an_alarm_during_the_traffic_shift_rolls_back_at_once(self):
        name = self.deploy()
        self.pass_seconds(140)
        self.assertEqual((70, 30), self.weights())
        self.fire()
        self.pass_seconds(1)
        self.assert_ended(name, "Stopped", "ALARM_ACTIVE", ALARMED)
        back = self.assert_taken_back(name)
        self.assertEqual(["Succeeded"] * 6 + ["Failed", "Skipped"], self.statuses(name))
        self.assertEqual("Failed", self.target(name)["status"])
        self.assertEqual("InProgress", self.deployment(back)["status"])
        self.pass_seconds(12)
        shown = self.deployment(back)
        self.assertEqual(
            ("Succeeded", "codeDeployRollback", "CodeDeployDefault.ECSAllAtOnce"),
            (shown["status"], shown["creator"], shown["deploymentConfigName"]),
        )
        self.assertEqual(
            {
                "rollbackTriggeringDeploymentId": name,
                "rollbackMessage": f"Deployment {back} is triggered to roll back deployment {name}.",
            },
            shown["rollbackInfo"],
        )
        self.assertEqual(["Succeeded"] * 8, self.statuses(back))
        self.assertEqual([("PRIMARY", "1")], self.task_sets())

    def test_a_rollback_deploys_the_previous_revision(self):
        first = self.deploy()
        self.pass_seconds(1200)
        second = self.deploy()
        self.pass_seconds(140)
        self.fire()
        self.pass_seconds(1)
        back = self.deployment(self.deployment(second)["rollbackInfo"]["rollbackDeploymentId"])
        self.assertEqual(self.deployment(first)["revision"], back["revision"])

    def test_a_rollback_restores_the_test_listener(self):
        self.elbv2.modify_listener(ListenerArn=self.test, DefaultActions=[{"Type": "forward", "TargetGroupArn": self.blue}])
        self.deploy()
        self.pass_seconds(100)
        self.assertEqual((0, 100), self.weights(self.test))
        self.fire()
        self.pass_seconds(1)
        self.assertEqual((100, 0), self.weights(self.test))

    def test_an_active_alarm_stops_the_deployment_before_any_change(self):
        self.fire()
        name = self.deploy()
        self.pass_seconds(1)
        self.assert_ended(name, "Stopped", "ALARM_ACTIVE", ALARMED)
        self.assert_taken_back(name)
        self.assertEqual([("PRIMARY", "1")], self.task_sets())

    def test_an_alarm_during_the_termination_wait_rolls_back(self):
        name = self.deploy()
        self.pass_seconds(700)
        self.assertEqual((0, 100), self.weights())
        self.fire()
        self.pass_seconds(1)
        self.assert_ended(name, "Stopped", "ALARM_ACTIVE", ALARMED)
        self.assert_taken_back(name)
        self.assertEqual("1", self.described()["taskDefinition"].rpartition(":")[2])
        self.assertEqual(self.blue, self.described()["loadBalancers"][0]["targetGroupArn"])

    def test_new_tasks_that_never_become_healthy_fail_the_deployment_after_an_hour(self):
        self.starts_tasks = False
        name = self.deploy()
        self.pass_seconds(3600)
        self.assertEqual("InProgress", self.deployment(name)["status"])
        self.pass_seconds(10)
        self.assert_ended(name, "Failed", "TIMEOUT", TIMED_OUT)
        self.assert_taken_back(name)
        self.assertEqual(["Succeeded", "Failed"] + ["Skipped"] * 6, self.statuses(name))
        self.assertEqual(TIMED_OUT, self.target(name)["lifecycleEvents"][1]["diagnostics"]["message"])

    def test_without_automatic_rollback_nothing_changes(self):
        self.change_group(autoRollbackConfiguration={"enabled": False, "events": ROLLBACK_EVENTS})
        name = self.deploy()
        self.pass_seconds(140)
        self.fire()
        self.pass_seconds(5)
        self.assert_ended(name, "Stopped", "ALARM_ACTIVE", ALARMED)
        self.assertNotIn("rollbackInfo", self.deployment(name))
        self.assertEqual(((70, 30), [("PRIMARY", "1"), ("ACTIVE", "2")]), (self.weights(), self.task_sets()))

    def test_rolls_back_only_on_the_configured_events(self):
        name = self.deploy(autoRollbackConfiguration={"enabled": True, "events": ["DEPLOYMENT_FAILURE"]})
        self.pass_seconds(140)
        self.fire()
        self.pass_seconds(5)
        self.assertNotIn("rollbackInfo", self.deployment(name))

    def test_the_next_deployment_deletes_the_task_set_of_one_without_rollback(self):
        self.change_group(autoRollbackConfiguration={"enabled": False})
        self.deploy()
        self.pass_seconds(140)
        self.fire()
        self.pass_seconds(5)
        self.fire("OK")
        name = self.deploy()
        self.pass_seconds(1200)
        self.assertEqual("Succeeded", self.deployment(name)["status"])
        self.assertEqual([("PRIMARY", "3")], self.task_sets())

    def test_the_alarm_that_caused_a_rollback_does_not_stop_it(self):
        name = self.deploy()
        self.pass_seconds(140)
        self.fire()
        self.pass_seconds(30)
        self.assertEqual("Succeeded", self.deployment(self.assert_taken_back(name))["status"])

    def test_no_second_deployment_before_the_rollback_is_over(self):
        name = self.deploy()
        self.pass_seconds(140)
        self.fire()
        self.pass_seconds(1)
        back = self.assert_taken_back(name)
        self.fire("OK")
        self.assert_refused(
            "DeploymentLimitExceededException",
            f"The Deployment Group 'group' already has an active Deployment '{back}'",
            self.deploy,
        )

    def test_a_rollback_fails_where_the_listener_cannot_be_changed(self):
        name = self.deploy()
        self.pass_seconds(140)
        order = {"actions": ["elasticloadbalancing:ModifyListener"], "answer": "error"}
        self.assertEqual(200, self.ask("POST", "/nightshift/faults", order)[0])
        self.fire()
        self.pass_seconds(1)
        back = self.deployment(name)["rollbackInfo"]["rollbackDeploymentId"]
        self.assert_ended(
            back,
            "Failed",
            "ELASTIC_LOAD_BALANCING_INVALID",
            "The ELB could not be updated due to the following error: An internal error occurred.",
        )
        self.assertEqual(((70, 30), "Failed"), (self.weights(), self.statuses(back)[3]))
        self.assertNotIn("rollbackDeploymentId", self.deployment(back)["rollbackInfo"])

    def test_a_deleted_listener_fails_the_deployment(self):
        name = self.deploy()
        self.pass_seconds(20)
        for balancer in elbv2_backends[ACCOUNT][REGION].load_balancers.values():
            balancer.listeners.pop(self.production)
        self.pass_seconds(60)
        self.assert_ended(
            name,
            "Failed",
            "ELASTIC_LOAD_BALANCING_INVALID",
            "The ELB could not be updated due to the following error: The specified listener does not exist.",
        )
        self.assertEqual([0.0, 0.0], [info["trafficWeight"] for info in self.target(name)["taskSetsInfo"]])

    def test_a_service_that_is_deleted_fails_the_deployment(self):
        name = self.deploy()
        self.pass_seconds(20)
        self.ecs.delete_service(cluster="cluster", service="service", force=True)
        self.pass_seconds(1)
        self.assert_ended(name, "Failed", "INVALID_ECS_SERVICE", "The Amazon ECS service does not exist or is not active.")
