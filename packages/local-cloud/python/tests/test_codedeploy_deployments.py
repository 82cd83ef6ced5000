import hashlib

from .deployment_test_case import EVENTS, GATE, ROLLBACK_EVENTS, DeploymentTestCase
from .service_test_case import STRATEGY


class DeploymentsTest(DeploymentTestCase):
    def test_begins_as_created_and_goes_on_by_itself(self):
        content = self.appspec()
        name = self.deploy(content, description="record 1")
        self.assertRegex(name, "^d-[A-Z0-9]{9}$")
        created = self.deployment(name)
        self.assertEqual("Created", created["status"])
        self.assertNotIn("startTime", created)
        self.pass_seconds(4)
        shown = self.deployment(name)
        expected = {
            "applicationName": "batch",
            "deploymentGroupName": "group",
            "deploymentConfigName": "CodeDeployDefault.ECSLinear10PercentEvery1Minutes",
            "deploymentId": name,
            "status": "InProgress",
            "description": "record 1",
            "creator": "user",
            "computePlatform": "ECS",
            "instanceTerminationWaitTimeStarted": False,
            "autoRollbackConfiguration": {"enabled": True, "events": ROLLBACK_EVENTS},
        }
        self.assertEqual(expected, {key: shown[key] for key in expected})
        self.assertLess(shown["createTime"], shown["startTime"])
        for absent in ("completeTime", "errorInformation", "rollbackInfo", "deploymentOverview"):
            self.assertNotIn(absent, shown)
        sha256 = hashlib.sha256(content.encode()).hexdigest()
        self.assertEqual({"revisionType": "AppSpecContent", "appSpecContent": {"sha256": sha256}}, shown["revision"])

    def test_installs_a_task_set_of_what_the_appspec_says(self):
        self.starts_tasks = False
        network = {"Subnets": [self.subnet_ids[0]], "SecurityGroups": [], "AssignPublicIp": "DISABLED"}
        name = self.deploy(self.appspec(NetworkConfiguration={"AwsvpcConfiguration": network}))
        self.pass_seconds(5)
        self.assertEqual(["Succeeded", "InProgress"] + ["Pending"] * 6, self.statuses(name))
        green = self.described()["taskSets"][1]
        expected = {
            "status": "ACTIVE",
            "externalId": name,
            "startedBy": "CODE_DEPLOY",
            "computedDesiredCount": 3,
            "stabilityStatus": "STABILIZING",
            "capacityProviderStrategy": STRATEGY,
            "platformVersion": "1.4.0",
            "loadBalancers": [{"targetGroupArn": self.green, "containerName": "app", "containerPort": 8080}],
            "networkConfiguration": {
                "awsvpcConfiguration": {"subnets": [self.subnet_ids[0]], "securityGroups": [], "assignPublicIp": "DISABLED"}
            },
        }
        self.assertEqual(expected, {key: green[key] for key in expected})

    def test_what_the_appspec_leaves_out_stays_but_for_the_strategy(self):
        name = self.deploy(self.appspec(PlatformVersion=None, CapacityProviderStrategy=None))
        self.pass_seconds(1300)
        self.assertEqual("Succeeded", self.deployment(name)["status"])
        service = self.described()
        self.assertEqual(("FARGATE", []), (service["launchType"], service["capacityProviderStrategy"]))
        self.assertEqual(self.network, service["networkConfiguration"])

    def test_shows_both_task_sets_of_the_target(self):
        name = self.deploy()
        self.pass_seconds(140)
        target = self.target(name)
        self.assertEqual((name, "cluster:service", "InProgress"), (target["deploymentId"], target["targetId"], target["status"]))
        self.assertEqual(self.described()["serviceArn"], target["targetArn"])
        self.assertEqual(EVENTS, [event["lifecycleEventName"] for event in target["lifecycleEvents"]])
        counts = {"desiredCount": 3, "pendingCount": 0, "runningCount": 3}
        blue, green = ({"identifer": task_set["id"], **counts} for task_set in self.described()["taskSets"])
        self.assertEqual(
            [
                {**blue, "status": "PRIMARY", "trafficWeight": 70.0, "targetGroup": {"name": "blue"}, "taskSetLabel": "Blue"},
                {**green, "status": "ACTIVE", "trafficWeight": 30.0, "targetGroup": {"name": "green"}, "taskSetLabel": "Green"},
            ],
            target["taskSetsInfo"],
        )

    def test_lists_and_gets_targets_in_batches(self):
        name = self.deploy()
        self.pass_seconds(5)
        self.assertEqual(["cluster:service"], self.codedeploy.list_deployment_targets(deploymentId=name)["targetIds"])
        [target] = self.codedeploy.batch_get_deployment_targets(deploymentId=name, targetIds=["cluster:service"])["deploymentTargets"]
        self.assertEqual("ECSTarget", target["deploymentTargetType"])
        self.assertEqual(self.target(name), target["ecsTarget"])

    def test_refuses_a_target_of_something_else(self):
        name = self.deploy()
        self.pass_seconds(5)
        self.assert_refused(
            "DeploymentTargetDoesNotExistException",
            "The provided target ID does not belong to the attempted deployment.",
            self.codedeploy.get_deployment_target,
            deploymentId=name,
            targetId="cluster:other",
        )

    def test_has_no_target_before_the_start(self):
        name = self.deploy()
        self.assert_refused(
            "DeploymentNotStartedException",
            "The specified deployment has not started.",
            self.codedeploy.get_deployment_target,
            deploymentId=name,
            targetId="cluster:service",
        )

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

    def test_a_configuration_of_the_deployment_goes_before_that_of_the_group(self):
        name = self.deploy(deploymentConfigName="CodeDeployDefault.ECSAllAtOnce")
        self.pass_seconds(20)
        self.assertEqual(((0, 100), "CodeDeployDefault.ECSAllAtOnce"), (self.weights(), self.deployment(name)["deploymentConfigName"]))

    def test_the_new_tasks_are_primary_before_the_old_ones_end(self):
        name = self.deploy()
        self.pass_seconds(620)
        self.assertEqual(["Succeeded"] * 8, self.statuses(name))
        shown = self.deployment(name)
        self.assertEqual(("InProgress", True), (shown["status"], shown["instanceTerminationWaitTimeStarted"]))
        self.assertEqual([("ACTIVE", "1"), ("PRIMARY", "2")], self.task_sets())
        service = self.described()
        self.assertEqual(("2", self.green), (service["taskDefinition"].rpartition(":")[2], service["loadBalancers"][0]["targetGroupArn"]))

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

    def test_lists_the_newest_first_by_status_and_time(self):
        first = self.deploy()
        self.pass_seconds(1200)
        between = self.now
        second = self.deploy()
        listed = {"applicationName": "batch", "deploymentGroupName": "group"}
        self.assertEqual([second, first], self.codedeploy.list_deployments(**listed)["deployments"])
        self.assertEqual([second, first], self.codedeploy.list_deployments()["deployments"])
        for expected, more in (
            ([first], {"includeOnlyStatuses": ["Succeeded"]}),
            ([second], {"includeOnlyStatuses": ["Created", "InProgress"]}),
            ([second], {"createTimeRange": {"start": between}}),
            ([first], {"createTimeRange": {"end": between - 1}}),
        ):
            with self.subTest(more):
                self.assertEqual(expected, self.codedeploy.list_deployments(**listed, **more)["deployments"])

    def test_gets_deployments_in_batches_of_25(self):
        name = self.deploy()
        [found] = self.codedeploy.batch_get_deployments(deploymentIds=[name])["deploymentsInfo"]
        self.assertEqual(name, found["deploymentId"])
        self.assert_refused(
            "BatchLimitExceededException",
            "The maximum number of names or IDs allowed for this request (25) was exceeded.",
            self.codedeploy.batch_get_deployments,
            deploymentIds=[name] * 26,
        )

    def test_alarms_of_others_do_not_matter(self):
        self.change_group(alarmConfiguration={"enabled": False, "alarms": [{"name": GATE}]})
        self.fire()
        name = self.deploy()
        self.pass_seconds(10)
        self.assertEqual("InProgress", self.deployment(name)["status"])

    def test_alarms_of_the_deployment_go_before_those_of_the_group(self):
        self.fire()
        name = self.deploy(overrideAlarmConfiguration={"enabled": True, "alarms": [{"name": "unknown"}]})
        self.pass_seconds(10)
        self.assertEqual("InProgress", self.deployment(name)["status"])
