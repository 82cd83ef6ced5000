import time

from moto.codedeploy.models import codedeploy_backends

from ..cloud_test_case import ACCOUNT, REGION
from ..service_test_case import ServiceTestCase

ALARMS = {"enabled": True, "ignorePollAlarmFailure": False, "alarms": [{"name": "http-5xx"}]}


class CodeDeployTest(ServiceTestCase):
    def setUp(self):
        super().setUp()
        self.codedeploy = self.client("codedeploy")
        self.codedeploy.create_application(
            applicationName="batch", computePlatform="ECS", tags=[{"Key": "Project", "Value": "nightshift"}]
        )

    def group_parameters(self, **changed):
        return {
            "applicationName": "batch",
            "deploymentGroupName": "group",
            "serviceRoleArn": "arn:aws:iam::123456789012:role/codedeploy",
            "deploymentConfigName": "CodeDeployDefault.ECSLinear10PercentEvery1Minutes",
            "alarmConfiguration": ALARMS,
            **changed,
        }

    def make_group(self, **changed):
        self.codedeploy.create_deployment_group(**self.group_parameters(**changed))

    def group(self, name="group", application="batch"):
        return self.codedeploy.get_deployment_group(applicationName=application, deploymentGroupName=name)["deploymentGroupInfo"]

    def change(self, **changes):
        self.codedeploy.update_deployment_group(applicationName="batch", currentDeploymentGroupName="group", **changes)

    def assert_number_of_now(self, created):
        """boto3 reads every form of a time, but the Go SDK reads only numbers, so this test reads the response itself."""
        self.assertIsInstance(created, float)
        self.assertAlmostEqual(time.time(), created, delta=60)

    def backend(self):
        return codedeploy_backends[ACCOUNT][REGION]

    def test_reads_an_application_back(self):
        application = self.codedeploy.get_application(applicationName="batch")["application"]
        self.assertEqual(("batch", "ECS"), (application["applicationName"], application["computePlatform"]))
        self.assert_number_of_now(self.backend().get_application("batch").create_time)

    def test_the_default_compute_platform_of_an_application_is_server(self):
        self.codedeploy.create_application(applicationName="other")
        self.assertEqual("Server", self.codedeploy.get_application(applicationName="other")["application"]["computePlatform"])

    def test_renames_an_application(self):
        self.make_group()
        self.codedeploy.update_application(applicationName="batch", newApplicationName="night")
        self.assertEqual(["night"], self.codedeploy.list_applications()["applications"])
        self.assertEqual("night", self.group(application="night")["applicationName"])

    def test_renames_an_application_without_groups(self):
        self.codedeploy.update_application(applicationName="batch", newApplicationName="night")
        self.assertEqual(["night"], self.codedeploy.list_applications()["applications"])

    def test_deletes_an_application_with_its_groups_and_tags(self):
        self.make_group()
        self.codedeploy.delete_application(applicationName="batch")
        self.codedeploy.delete_application(applicationName="batch")
        self.assertEqual([], self.codedeploy.list_applications()["applications"])
        self.assertEqual([], self.codedeploy.list_deployment_groups(applicationName="batch")["deploymentGroups"])
        arn = "arn:aws:codedeploy:eu-central-1:123456789012:application:batch"
        self.assertEqual([], self.codedeploy.list_tags_for_resource(ResourceArn=arn)["Tags"])

    def test_keeps_the_alarms_of_a_group(self):
        self.make_group()
        self.assertEqual(ALARMS, self.group()["alarmConfiguration"])

    def test_a_group_may_have_no_alarms(self):
        self.make_group(alarmConfiguration={})
        self.assertEqual({}, self.group()["alarmConfiguration"])

    def test_updates_only_the_given_parameters(self):
        self.make_group()
        self.change(
            deploymentConfigName="CodeDeployDefault.ECSAllAtOnce",
            autoRollbackConfiguration={"enabled": True, "events": ["DEPLOYMENT_FAILURE"]},
        )
        group = self.group()
        self.assertEqual("CodeDeployDefault.ECSAllAtOnce", group["deploymentConfigName"])
        self.assertEqual(["DEPLOYMENT_FAILURE"], group["autoRollbackConfiguration"]["events"])
        self.assertEqual(ALARMS, group["alarmConfiguration"])

    def test_renames_a_group(self):
        self.make_group()
        self.change(newDeploymentGroupName="new")
        listed = self.codedeploy.list_deployment_groups(applicationName="batch")["deploymentGroups"]
        self.assertEqual((["new"], "new"), (listed, self.group("new")["deploymentGroupName"]))

    def test_deletes_a_group(self):
        self.make_group()
        for _ in range(2):
            self.codedeploy.delete_deployment_group(applicationName="batch", deploymentGroupName="group")
        self.assertEqual([], self.codedeploy.list_deployment_groups(applicationName="batch")["deploymentGroups"])

    def test_refuses_a_deployment_configuration_that_does_not_exist(self):
        self.assert_refused(
            "DeploymentConfigDoesNotExistException",
            "No deployment configuration found for name: none",
            self.codedeploy.create_deployment_group,
            **self.group_parameters(deploymentConfigName="none"),
        )

    def test_refuses_more_than_ten_alarms(self):
        self.make_group()
        alarms = {"enabled": True, "alarms": [{"name": f"alarm-{number}"} for number in range(11)]}
        self.assert_refused(
            "AlarmsLimitExceededException",
            "The maximum number of alarms for a deployment group (10) was exceeded.",
            self.codedeploy.update_deployment_group,
            applicationName="batch",
            currentDeploymentGroupName="group",
            alarmConfiguration=alarms,
        )
        self.assertEqual(ALARMS, self.group()["alarmConfiguration"])

    def test_accepts_a_service_with_blue_green_releases(self):
        self.create_service()
        services = [{"clusterName": "cluster", "serviceName": "service"}]
        self.make_group(ecsServices=services)
        self.assertEqual(services, self.group()["ecsServices"])

    def test_refuses_a_service_that_ecs_deploys(self):
        self.create_service(deploymentController={"type": "ECS"})
        self.assert_refused(
            "InvalidECSServiceException",
            "Deployment group's ECS service must be configured for a CODE_DEPLOY deployment controller.",
            self.codedeploy.create_deployment_group,
            **self.group_parameters(ecsServices=[{"clusterName": "cluster", "serviceName": "service"}]),
        )
