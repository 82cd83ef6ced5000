"""The calls of `aws ecs deploy`, `aws deploy wait`, `aws deploy stop-deployment` and `aws deploy continue-deployment`.
https://github.com/aws/aws-cli/blob/develop/awscli/customizations/ecs/deploy.py"""

import threading
import time

from ..deployment_test_case import DeploymentTestCase


class ReleaseToolsTest(DeploymentTestCase):
    def aws_ecs_deploy(self):
        """The calls of the command before it waits. Returns the deployment and the maximum wait in minutes."""
        service = self.ecs.describe_services(cluster="cluster", services=["service"])["services"][0]
        self.assertEqual(self.described()["serviceArn"], service["serviceArn"])
        cluster = self.ecs.describe_clusters(clusters=["cluster"])["clusters"][0]
        self.assertEqual(service["clusterArn"], cluster["clusterArn"])
        application = self.codedeploy.get_application(applicationName="batch")["application"]
        self.assertEqual("ECS", application["computePlatform"])
        group = self.codedeploy.get_deployment_group(applicationName="batch", deploymentGroupName="group")["deploymentGroupInfo"]
        self.assertEqual("ECS", group["computePlatform"])
        [target] = group["ecsServices"]
        self.assertEqual(("service", "cluster"), (target["serviceName"], target["clusterName"]))
        options = group["blueGreenDeploymentConfiguration"]
        minutes = options["deploymentReadyOption"]["waitTimeInMinutes"]
        minutes += options["terminateBlueInstancesOnDeploymentSuccess"]["terminationWaitTimeInMinutes"]
        return self.deploy(), minutes

    def in_background(self, function):
        thread = threading.Thread(target=function)
        thread.start()
        self.addCleanup(thread.join)
        return thread

    def test_deploys_and_waits(self):
        self.change_group(blueGreenDeploymentConfiguration={
            "deploymentReadyOption": {"actionOnTimeout": "CONTINUE_DEPLOYMENT"},
            "terminateBlueInstancesOnDeploymentSuccess": {"action": "TERMINATE", "terminationWaitTimeInMinutes": 10},
        })  # fmt: skip
        deployment, minutes = self.aws_ecs_deploy()
        self.assertEqual(10, minutes)
        waited = []
        waiter = self.codedeploy.get_waiter("deployment_successful")
        wait = {"WaiterConfig": {"Delay": 0.1, "MaxAttempts": 100}}
        thread = self.in_background(lambda: waited.append(waiter.wait(deploymentId=deployment, **wait)))
        while thread.is_alive():
            self.pass_seconds(60)
            time.sleep(0.05)
        self.assertEqual(([None], "Succeeded"), (waited, self.deployment(deployment)["status"]))

    def test_stops_a_deployment(self):
        deployment, _ = self.aws_ecs_deploy()
        self.pass_seconds(120)
        answer = self.codedeploy.stop_deployment(deploymentId=deployment, autoRollbackEnabled=True)
        self.assertEqual("Succeeded", answer["status"])
        self.assertEqual("Stopped", self.deployment(deployment)["status"])
        self.assertIn("rollbackDeploymentId", self.deployment(deployment)["rollbackInfo"])

    def test_continues_a_deployment_that_waits(self):
        self.change_blue_green(deploymentReadyOption={"actionOnTimeout": "STOP_DEPLOYMENT", "waitTimeInMinutes": 60})
        deployment, minutes = self.aws_ecs_deploy()
        self.assertEqual(70, minutes)
        self.pass_seconds(60)
        self.assertEqual("Ready", self.deployment(deployment)["status"])
        self.codedeploy.continue_deployment(deploymentId=deployment, deploymentWaitType="READY_WAIT")
        self.pass_seconds(660)
        self.codedeploy.continue_deployment(deploymentId=deployment, deploymentWaitType="TERMINATION_WAIT")
        self.pass_seconds(5)
        self.assertEqual("Succeeded", self.deployment(deployment)["status"])

    def test_describes_several_groups_at_once(self):
        answer = self.codedeploy.batch_get_deployment_groups(applicationName="batch", deploymentGroupNames=["group", "none"])
        self.assertEqual(["group"], [group["deploymentGroupName"] for group in answer["deploymentGroupsInfo"]])
        self.assertEqual("No Deployment Group found for name: none", answer["errorMessage"])
        self.assert_refused(
            "BatchLimitExceededException",
            "The maximum number of names or IDs allowed for this request (100) was exceeded.",
            self.codedeploy.batch_get_deployment_groups,
            applicationName="batch",
            deploymentGroupNames=[f"group-{number}" for number in range(101)],
        )
