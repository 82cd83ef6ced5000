from ..deployment_test_case import DeploymentTestCase

INVALID = (
    "The deployment failed because the AppSpec file that specifies the deployment configuration is missing or has an invalid "
    "configuration. "
)


class DeploymentRefusalsTest(DeploymentTestCase):
    def assert_creation_refused(self, code, message, **changed):
        parameters = {
            "applicationName": "batch",
            "deploymentGroupName": "group",
            "revision": {"revisionType": "AppSpecContent", "appSpecContent": {"content": self.appspec()}},
            **changed,
        }
        self.assert_refused(code, message, self.codedeploy.create_deployment, **parameters)
        self.assertEqual([], self.codedeploy.list_deployments()["deployments"])

    def assert_fails(self, code, pattern, content):
        name = self.deploy(content)
        self.pass_seconds(5)
        shown = self.deployment(name)
        self.assertEqual(("Failed", code), (shown["status"], shown["errorInformation"]["code"]))
        self.assertRegex(shown["errorInformation"]["message"], f"^{pattern}$")
        self.assertEqual(["Succeeded", "Failed"] + ["Skipped"] * 6, self.statuses(name))
        self.assertEqual(([("PRIMARY", "1")], (100, 0)), (self.task_sets(), self.weights()))

    def update_error(self, message, code="InvalidParameterException"):
        return (
            f"The ECS service cannot be updated due to an unexpected error: {message} \\(Service: AmazonECS; Status Code: 400; "
            f"Error Code: {code}; Request ID: [0-9a-f-]{{36}}; Proxy: null\\)\\. Check your ECS service status\\."
        )

    def test_refuses_a_second_deployment_in_flight(self):
        name = self.deploy()
        for seconds in (0, 5, 700):
            self.pass_seconds(seconds)
            self.assert_refused(
                "DeploymentLimitExceededException",
                f"The Deployment Group 'group' already has an active Deployment '{name}'",
                self.deploy,
            )

    def test_refuses_unknown_names(self):
        self.assert_creation_refused(
            "ApplicationDoesNotExistException", "No application found for name: none", applicationName="none"
        )
        self.assert_creation_refused(
            "DeploymentGroupDoesNotExistException", "No Deployment Group found for name: none", deploymentGroupName="none"
        )
        self.assert_creation_refused(
            "DeploymentConfigDoesNotExistException",
            "No deployment configuration found for name: none",
            deploymentConfigName="none",
        )
        self.assert_refused(
            "DeploymentDoesNotExistException",
            "The deployment d-NONE could not be found",
            self.codedeploy.get_deployment,
            deploymentId="d-NONE",
        )

    def test_refuses_a_service_that_does_not_exist(self):
        self.ecs.delete_service(cluster="cluster", service="service", force=True)
        self.assert_creation_refused("InvalidECSServiceException", "The Amazon ECS service identifier is not valid.")
        self.change_group(ecsServices=[{"clusterName": "cluster", "serviceName": "none"}])
        self.assert_creation_refused("InvalidECSServiceException", "The Amazon ECS service identifier is not valid.")

    def test_refuses_a_revision_that_is_missing(self):
        self.assert_refused(
            "RevisionRequiredException",
            "RevisionLocation must be specified",
            self.codedeploy.create_deployment,
            applicationName="batch",
            deploymentGroupName="group",
        )
        self.assert_creation_refused(
            "InvalidRevisionException",
            "The revision was specified in an invalid format.",
            revision={"revisionType": "AppSpecContent", "appSpecContent": {}},
        )

    def test_refuses_deployments_that_the_local_cloud_does_not_support(self):
        self.assert_creation_refused(
            "NotInLocalCloud",
            "the local cloud deploys revisions of type AppSpecContent only, got S3",
            revision={"revisionType": "S3", "s3Location": {"bucket": "b", "key": "k"}},
        )
        content = self.appspec()[:-1] + ', "Hooks": [{"BeforeInstall": "function"}]}'
        self.assert_creation_refused(
            "NotInLocalCloud",
            "the local cloud has no Lambda functions for hooks, got BeforeInstall",
            revision={"revisionType": "AppSpecContent", "appSpecContent": {"content": content}},
        )

    def test_an_invalid_appspec_fails_the_deployment(self):
        self.assert_fails(
            "INVALID_REVISION", INVALID + "The input AppSpec file is a not well-formed yaml. The template cannot be parsed.", "{"
        )

    def test_an_error_of_ecs_fails_the_deployment_with_its_message(self):
        self.register()
        self.ecs.deregister_task_definition(taskDefinition="batch:2")
        balancer = {"ContainerName": "app", "ContainerPort": 8080}
        for message, code, changed in (
            ("TaskDefinition is inactive", "ClientException", {"TaskDefinition": "batch:2"}),
            (
                "The container web does not exist in the task definition.",
                "InvalidParameterException",
                {"LoadBalancerInfo": {**balancer, "ContainerName": "web"}},
            ),
            (
                "The container app did not have a container port 443 defined.",
                "InvalidParameterException",
                {"LoadBalancerInfo": {**balancer, "ContainerPort": 443}},
            ),
            (
                "The specified capacity provider strategy cannot contain a capacity provider that is not associated with the "
                "cluster. Associate the capacity provider with the cluster and try again.",
                "InvalidParameterException",
                {"CapacityProviderStrategy": [{"CapacityProvider": "OTHER", "Weight": 1}]},
            ),
        ):
            with self.subTest(message):
                self.pass_seconds(15)
                self.assert_fails("ECS_UPDATE_ERROR", self.update_error(message, code), self.appspec(**changed))

    def test_a_task_definition_that_does_not_exist_fails_the_deployment(self):
        pattern = self.update_error("Unable to describe task definition\\.", "ClientException")
        self.assert_fails("ECS_UPDATE_ERROR", pattern, self.appspec(TaskDefinition="batch:9"))

    def test_a_listener_that_does_not_forward_to_the_tasks_fails_the_deployment(self):
        self.elbv2.modify_listener(
            ListenerArn=self.production, DefaultActions=[{"Type": "forward", "TargetGroupArn": self.green}]
        )
        name = self.deploy()
        self.pass_seconds(5)
        self.assertEqual(
            {
                "code": "ELASTIC_LOAD_BALANCING_INVALID",
                "message": "The ELB could not be updated due to the following error: "
                "Primary taskset target group must be behind listener",
            },
            self.deployment(name)["errorInformation"],
        )

    def test_a_target_group_outside_the_pair_fails_the_deployment(self):
        pair = {
            "prodTrafficRoute": {"listenerArns": [self.production]},
            "testTrafficRoute": {"listenerArns": [self.test]},
            "targetGroups": [{"name": "blue"}, {"name": "none"}],
        }
        self.change_group(loadBalancerInfo={"targetGroupPairInfoList": [pair]})
        self.assert_fails(
            "ELASTIC_LOAD_BALANCING_INVALID",
            "The ELB could not be updated due to the following error: Target groups 'none' not found",
            self.appspec(),
        )
