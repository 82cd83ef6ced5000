import unittest

from nightshift_cloud.codedeploy.configs import PREDEFINED, shifted_percent

from ..cloud_test_case import CloudTestCase

LINEAR = {"type": "TimeBasedLinear", "timeBasedLinear": {"linearPercentage": 10, "linearInterval": 1}}


class CodeDeployConfigsTest(CloudTestCase):
    def setUp(self):
        super().setUp()
        self.codedeploy = self.client("codedeploy")

    def make(self, name="linear", **more):
        self.codedeploy.create_deployment_config(deploymentConfigName=name, **more)

    def read(self, name):
        return self.codedeploy.get_deployment_config(deploymentConfigName=name)["deploymentConfigInfo"]

    def names(self):
        return self.codedeploy.list_deployment_configs()["deploymentConfigsList"]

    def test_reads_a_configuration_back(self):
        self.make(computePlatform="ECS", trafficRoutingConfig=LINEAR)
        config = self.read("linear")
        self.assertEqual(("ECS", LINEAR), (config["computePlatform"], config["trafficRoutingConfig"]))
        self.assertNotIn("minimumHealthyHosts", config)

    def test_the_default_compute_platform_of_a_configuration_is_server(self):
        self.make(minimumHealthyHosts={"type": "HOST_COUNT", "value": 1})
        self.assertEqual("Server", self.read("linear")["computePlatform"])

    def test_has_the_predefined_ones(self):
        config = self.read("CodeDeployDefault.ECSLinear10PercentEvery1Minutes")
        self.assertEqual(LINEAR, config["trafficRoutingConfig"])
        self.assertEqual({"type": "AllAtOnce"}, self.read("CodeDeployDefault.ECSAllAtOnce")["trafficRoutingConfig"])

    def test_lists_and_deletes_them(self):
        before = self.names()
        self.make()
        self.assertEqual(sorted([*before, "linear"]), self.names())
        for _ in range(2):
            self.codedeploy.delete_deployment_config(deploymentConfigName="linear")
        self.assertEqual(before, self.names())

    def test_refuses_a_name_that_is_taken(self):
        self.make()
        for name in ("linear", "CodeDeployDefault.ECSAllAtOnce"):
            self.assert_refused(
                "DeploymentConfigAlreadyExistsException",
                f"The deployment configuration named {name} already exists.",
                self.codedeploy.create_deployment_config,
                deploymentConfigName=name,
            )

    def test_refuses_to_read_what_does_not_exist(self):
        self.assert_refused(
            "DeploymentConfigDoesNotExistException",
            "No deployment configuration found for name: none",
            self.codedeploy.get_deployment_config,
            deploymentConfigName="none",
        )

    def test_refuses_to_delete_one_in_use(self):
        self.make()
        self.codedeploy.create_application(applicationName="batch")
        self.codedeploy.create_deployment_group(
            applicationName="batch",
            deploymentGroupName="group",
            serviceRoleArn="arn:aws:iam::123456789012:role/codedeploy",
            deploymentConfigName="linear",
        )
        self.assert_refused(
            "DeploymentConfigInUseException",
            "The deployment configuration linear is still in use.",
            self.codedeploy.delete_deployment_config,
            deploymentConfigName="linear",
        )


class ShiftTest(unittest.TestCase):
    def shares(self, name, minutes):
        routing = PREDEFINED[f"CodeDeployDefault.{name}"]["trafficRoutingConfig"]
        return [shifted_percent(routing, minute) for minute in minutes]

    def test_linear_moves_at_the_start_of_each_interval(self):
        self.assertEqual(
            [10, 10, 20, 20, 90, 100, 100], self.shares("ECSLinear10PercentEvery1Minutes", (0, 0.99, 1, 1.5, 8.99, 9, 60))
        )
        self.assertEqual([10, 10, 20, 100], self.shares("ECSLinear10PercentEvery3Minutes", (0, 2.9, 3, 27)))

    def test_linear_never_goes_beyond_all(self):
        routing = {"type": "TimeBasedLinear", "timeBasedLinear": {"linearPercentage": 30, "linearInterval": 1}}
        self.assertEqual([30, 60, 90, 100, 100], [shifted_percent(routing, minute) for minute in range(5)])

    def test_canary_moves_twice(self):
        self.assertEqual([10, 10, 100, 100], self.shares("ECSCanary10Percent5Minutes", (0, 4.9, 5, 6)))

    def test_all_at_once_moves_at_once(self):
        self.assertEqual([100], self.shares("ECSAllAtOnce", (0,)))
