from nightshift_cloud.codedeploy.deployment import EVENTS

from ..deployment_test_case import DeploymentTestCase


class StepsTest(DeploymentTestCase):
    def test_test_traffic_comes_before_production_traffic(self):
        name = self.deploy()
        self.elbv2.modify_listener(ListenerArn=self.test, DefaultActions=[{"Type": "forward", "TargetGroupArn": self.blue}])
        self.pass_seconds(6)
        self.assertEqual(["Succeeded"] * 3 + ["InProgress"] + ["Pending"] * 4, self.statuses(name))
        self.assertEqual(((100, 0), (0, 100)), (self.weights(), self.weights(self.test)))

    def test_without_a_test_listener_there_is_no_test_traffic(self):
        pair = {
            "prodTrafficRoute": {"listenerArns": [self.production]},
            "targetGroups": [{"name": "blue"}, {"name": "green"}],
        }
        self.change_group(loadBalancerInfo={"targetGroupPairInfoList": [pair]})
        name = self.deploy()
        self.pass_seconds(5)
        names = [event["lifecycleEventName"] for event in self.target(name)["lifecycleEvents"]]
        self.assertEqual([event for event in EVENTS if "TestTraffic" not in event], names)

    def test_traffic_moves_ten_percent_a_minute_from_the_start_on(self):
        self.deploy()
        moves = []
        for _ in range(700):
            self.pass_seconds(1)
            if not moves or moves[-1][1] != self.weights():
                moves.append((int(self.now), self.weights()))
        self.assertEqual([(100 - share, share) for share in range(0, 101, 10)], [weights for _, weights in moves])
        times = [moment for moment, _ in moves[1:]]
        self.assertEqual([60] * 9, [later - sooner for sooner, later in zip(times, times[1:])])

    def test_the_configuration_of_the_deployment_overrides_that_of_the_group(self):
        name = self.deploy(deploymentConfigName="CodeDeployDefault.ECSAllAtOnce")
        self.pass_seconds(20)
        self.assertEqual(
            ((0, 100), "CodeDeployDefault.ECSAllAtOnce"), (self.weights(), self.deployment(name)["deploymentConfigName"])
        )

    def test_the_new_tasks_are_primary_before_the_old_ones_end(self):
        name = self.deploy()
        self.pass_seconds(620)
        self.assertEqual(["Succeeded"] * 8, self.statuses(name))
        shown = self.deployment(name)
        self.assertEqual(("InProgress", True), (shown["status"], shown["instanceTerminationWaitTimeStarted"]))
        self.assertEqual([("ACTIVE", "1"), ("PRIMARY", "2")], self.task_sets())
        service = self.described()
        self.assertEqual(
            ("2", self.green), (service["taskDefinition"].rpartition(":")[2], service["loadBalancers"][0]["targetGroupArn"])
        )

    def test_the_old_tasks_end_after_the_wait(self):
        name = self.deploy()
        self.pass_seconds(1150)
        self.assertEqual("InProgress", self.deployment(name)["status"])
        self.pass_seconds(20)
        shown = self.deployment(name)
        self.assertEqual("Succeeded", shown["status"])
        self.assertAlmostEqual(1160, (shown["completeTime"] - shown["createTime"]).total_seconds(), delta=15)
        self.assertEqual([("PRIMARY", "2")], self.task_sets())
        self.assertEqual("Succeeded", self.target(name)["status"])

    def test_the_next_deployment_goes_back_to_the_first_target_group(self):
        self.deploy()
        self.pass_seconds(1200)
        name = self.deploy(self.appspec(TaskDefinition="batch:1"))
        self.pass_seconds(1200)
        self.assertEqual("Succeeded", self.deployment(name)["status"])
        self.assertEqual(((100, 0), (100, 0)), (self.weights(), self.weights(self.test)))
        self.assertEqual([("PRIMARY", "1")], self.task_sets())

    def test_old_tasks_can_be_kept(self):
        self.change_blue_green(terminateBlueInstancesOnDeploymentSuccess={"action": "KEEP_ALIVE"})
        name = self.deploy()
        self.pass_seconds(570)
        shown = self.deployment(name)
        self.assertEqual(("Succeeded", False), (shown["status"], shown["instanceTerminationWaitTimeStarted"]))
        self.assertEqual([("ACTIVE", "1"), ("PRIMARY", "2")], self.task_sets())

    def test_new_tasks_follow_the_desired_count_while_they_are_installed(self):
        self.starts_tasks = False
        self.deploy()
        self.pass_seconds(5)
        self.ecs.update_service(cluster="cluster", service="service", desiredCount=5)
        self.assertEqual([5, 5], [task_set["computedDesiredCount"] for task_set in self.described()["taskSets"]])

    def scale_while_shifting(self):
        name = self.deploy()
        self.pass_seconds(140)
        self.starts_tasks = False
        self.ecs.update_service(cluster="cluster", service="service", desiredCount=5)
        self.pass_seconds(290)
        self.assertEqual(("InProgress", (20, 80)), (self.deployment(name)["status"], self.weights()))
        return name

    def test_scaling_while_traffic_moves_has_five_minutes_to_become_steady(self):
        name = self.scale_while_shifting()
        self.pass_seconds(15)
        shown = self.deployment(name)
        message = "The deployment timed out while waiting for the replacement task set to become healthy. This time out period is 5 minutes."
        self.assertEqual(("Failed", {"code": "TIMEOUT", "message": message}), (shown["status"], shown["errorInformation"]))
        self.assertEqual((100, 0), self.weights())

    def test_scaling_that_becomes_steady_does_not_fail_the_deployment(self):
        name = self.scale_while_shifting()
        self.starts_tasks = True
        self.pass_seconds(800)
        self.assertEqual(("Succeeded", 5), (self.deployment(name)["status"], self.described()["runningCount"]))

    def test_replaced_tasks_do_not_fail_the_deployment(self):
        name = self.deploy()
        self.pass_seconds(140)
        self.starts_tasks = False
        self.models()[1].stabilityStatus = "STABILIZING"
        self.pass_seconds(400)
        self.assertEqual("InProgress", self.deployment(name)["status"])
