import hashlib

from nightshift_cloud.codedeploy.deployment import EVENTS

from ..deployment_test_case import GATE, ROLLBACK_EVENTS, DeploymentTestCase
from ..service_test_case import STRATEGY


class DeploymentsTest(DeploymentTestCase):
    def test_starts_as_created_and_progresses_without_calls(self):
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

    def test_installs_a_task_set_from_the_appspec(self):
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

    def test_optional_properties_keep_their_values_except_the_strategy(self):
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
        self.assertEqual(list(EVENTS), [event["lifecycleEventName"] for event in target["lifecycleEvents"]])
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
        [target] = self.codedeploy.batch_get_deployment_targets(deploymentId=name, targetIds=["cluster:service"])[
            "deploymentTargets"
        ]
        self.assertEqual("ECSTarget", target["deploymentTargetType"])
        self.assertEqual(self.target(name), target["ecsTarget"])

    def test_refuses_an_unknown_target(self):
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

    def test_the_group_shows_its_latest_deployments(self):
        first = self.deploy()
        self.pass_seconds(1200)
        second = self.deploy()
        group = self.codedeploy.get_deployment_group(applicationName="batch", deploymentGroupName="group")["deploymentGroupInfo"]
        last = (group["lastSuccessfulDeployment"], group["lastAttemptedDeployment"])
        self.assertEqual([(first, "Succeeded"), (second, "Created")], [(item["deploymentId"], item["status"]) for item in last])
        self.assertEqual(self.deployment(first)["completeTime"], last[0]["endTime"])
        self.assertEqual(self.deployment(first)["revision"], self.deployment(second)["previousRevision"])

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

    def test_ignores_alarms_of_other_groups(self):
        self.change_group(alarmConfiguration={"enabled": False, "alarms": [{"name": GATE}]})
        self.fire()
        name = self.deploy()
        self.pass_seconds(10)
        self.assertEqual("InProgress", self.deployment(name)["status"])

    def test_alarms_of_the_deployment_override_those_of_the_group(self):
        self.fire()
        name = self.deploy(overrideAlarmConfiguration={"enabled": True, "alarms": [{"name": "unknown"}]})
        self.pass_seconds(10)
        self.assertEqual("InProgress", self.deployment(name)["status"])
