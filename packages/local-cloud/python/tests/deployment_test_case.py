"""A service with two target groups and a deployment group. Time passes only when the test advances it."""

import json

from moto.ecs.models import ecs_backends

from nightshift_cloud.cloud import cloud
from nightshift_cloud.codedeploy import progress
from nightshift_cloud.ecs import task_sets

from .cloud_test_case import ACCOUNT, REGION
from .service_test_case import STRATEGY, ServiceTestCase

ROLLBACK_EVENTS = ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"]
GATE = "gate-5xx"


class DeploymentTestCase(ServiceTestCase):
    def setUp(self):
        super().setUp()
        self.stand_still(1_800_000_000.0)
        cloud.clock.scale = 1
        self.codedeploy, self.elbv2 = self.client("codedeploy"), self.client("elbv2")
        self.cloudwatch = self.client("cloudwatch")
        self.starts_tasks = True
        self.production = self.listen()
        self.test = self.listen_on(8443, {"Type": "forward", "TargetGroupArn": self.green})
        self.create_service_behind_listener()
        self.codedeploy.create_application(applicationName="batch", computePlatform="ECS")
        self.make_gate()
        self.make_group()
        self.pass_seconds(1)

    def create_service_behind_listener(self):
        self.ecs.create_service(**self.service_parameters())

    def make_gate(self):
        self.cloudwatch.put_metric_alarm(
            AlarmName=GATE,
            Namespace="AWS/ApplicationELB",
            MetricName="HTTPCode_Target_5XX_Count",
            ComparisonOperator="GreaterThanThreshold",
            EvaluationPeriods=1,
            Period=60,
            Threshold=10,
            Statistic="Sum",
        )

    def fire(self, state="ALARM"):
        self.cloudwatch.set_alarm_state(AlarmName=GATE, StateValue=state, StateReason="the test says so")

    def make_group(self, **changed):
        parameters = {
            "applicationName": "batch",
            "deploymentGroupName": "group",
            "serviceRoleArn": f"arn:aws:iam::{ACCOUNT}:role/codedeploy",
            "deploymentConfigName": "CodeDeployDefault.ECSLinear10PercentEvery1Minutes",
            "deploymentStyle": {"deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"},
            "blueGreenDeploymentConfiguration": {
                "deploymentReadyOption": {"actionOnTimeout": "CONTINUE_DEPLOYMENT", "waitTimeInMinutes": 0},
                "terminateBlueInstancesOnDeploymentSuccess": {"action": "TERMINATE", "terminationWaitTimeInMinutes": 10},
            },
            "autoRollbackConfiguration": {"enabled": True, "events": ROLLBACK_EVENTS},
            "alarmConfiguration": {"enabled": True, "ignorePollAlarmFailure": False, "alarms": [{"name": GATE}]},
            "ecsServices": [{"clusterName": "cluster", "serviceName": "service"}],
            "loadBalancerInfo": {
                "targetGroupPairInfoList": [
                    {
                        "prodTrafficRoute": {"listenerArns": [self.production]},
                        "testTrafficRoute": {"listenerArns": [self.test]},
                        "targetGroups": [{"name": "blue"}, {"name": "green"}],
                    }
                ]
            },
            **changed,
        }
        self.codedeploy.create_deployment_group(**parameters)

    def change_group(self, **changed):
        self.codedeploy.update_deployment_group(applicationName="batch", currentDeploymentGroupName="group", **changed)

    def change_blue_green(self, **changed):
        group = self.codedeploy.get_deployment_group(applicationName="batch", deploymentGroupName="group")
        previous = group["deploymentGroupInfo"]["blueGreenDeploymentConfiguration"]
        self.change_group(blueGreenDeploymentConfiguration={**previous, **changed})

    def appspec(self, **changed):
        properties = {
            "TaskDefinition": changed.pop("TaskDefinition", None) or self.register(),
            "LoadBalancerInfo": {"ContainerName": "app", "ContainerPort": 8080},
            "PlatformVersion": "1.4.0",
            "CapacityProviderStrategy": [
                {"CapacityProvider": item["capacityProvider"], "Base": item["base"], "Weight": item["weight"]}
                for item in STRATEGY
            ],
            **changed,
        }
        used = {name: value for name, value in properties.items() if value is not None}
        return json.dumps({"version": 1, "Resources": [{"TargetService": {"Type": "AWS::ECS::Service", "Properties": used}}]})

    def deploy(self, content=None, **more):
        revision = {"revisionType": "AppSpecContent", "appSpecContent": {"content": content or self.appspec()}}
        return self.codedeploy.create_deployment(applicationName="batch", deploymentGroupName="group", revision=revision, **more)[
            "deploymentId"
        ]

    def pass_seconds(self, seconds):
        """Advances time second by second. Every desired task runs after the tick that starts it."""
        for _ in range(seconds):
            with cloud.clock.lock:
                self.now += 1
                progress.tick()
                self.run_tasks()
                task_sets.tick()

    def run_tasks(self):
        for service in ecs_backends[ACCOUNT][REGION].services.values():
            for task_set in service.task_sets:
                if self.starts_tasks or task_set.status != "ACTIVE":
                    task_set.running_count = task_set.computed_desired_count
                    task_set.stabilityStatus = "STEADY_STATE"
            service.running_count = sum(task_set.running_count for task_set in service.task_sets)

    def models(self):
        """The task sets in the backend of moto."""
        return ecs_backends[ACCOUNT][REGION].services["cluster:service"].task_sets

    def deployment(self, deployment_id):
        return self.codedeploy.get_deployment(deploymentId=deployment_id)["deploymentInfo"]

    def target(self, deployment_id):
        return self.codedeploy.get_deployment_target(deploymentId=deployment_id, targetId="cluster:service")["deploymentTarget"][
            "ecsTarget"
        ]

    def statuses(self, deployment_id):
        return [event["status"] for event in self.target(deployment_id)["lifecycleEvents"]]

    def weights(self, listener=None):
        """The weights of blue and green."""
        action = self.elbv2.describe_listeners(ListenerArns=[listener or self.production])["Listeners"][0]["DefaultActions"][0]
        groups = action.get("ForwardConfig", {}).get("TargetGroups") or [{**action, "Weight": 100}]
        found = {group["TargetGroupArn"]: group["Weight"] for group in groups}
        return found.get(self.blue, 0), found.get(self.green, 0)

    def task_sets(self):
        return [(task_set["status"], task_set["taskDefinition"].rpartition(":")[2]) for task_set in self.described()["taskSets"]]
