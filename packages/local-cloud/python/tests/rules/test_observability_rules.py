from ..service_test_case import ServiceTestCase


class ObservabilityRulesTest(ServiceTestCase):
    def test_refuses_an_unsupported_retention_of_a_log_group(self):
        logs = self.client("logs")
        logs.create_log_group(logGroupName="a")
        self.assert_refused(
            "InvalidParameterException",
            "1 validation error detected: Value '2' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum "
            "value set: [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653]",
            logs.put_retention_policy,
            logGroupName="a",
            retentionInDays=2,
        )

    def test_periods_of_alarms(self):
        for message, values in (
            ("Period must be 10, 20, 30 or a multiple of 60", {"Period": 45, "EvaluationPeriods": 1}),
            (
                "Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400).",
                {"Period": 60, "EvaluationPeriods": 1441},
            ),
            (
                "Metrics cannot be checked across more than seven days (EvaluationPeriods * Period must be <= 604800).",
                {"Period": 3600, "EvaluationPeriods": 169},
            ),
            (
                "DatapointsToAlarm must be less than or equal to EvaluationPeriods",
                {"Period": 60, "EvaluationPeriods": 1, "DatapointsToAlarm": 2},
            ),
        ):
            self.assert_refused(
                "ValidationError",
                message,
                self.client("cloudwatch").put_metric_alarm,
                AlarmName="a",
                ComparisonOperator="GreaterThanThreshold",
                **values,
            )

    def test_scaling_has_a_target_and_limits(self):
        scaling = self.client("application-autoscaling")
        self.create_service()
        target = {
            "ServiceNamespace": "ecs",
            "ResourceId": "service/cluster/service",
            "ScalableDimension": "ecs:service:DesiredCount",
        }
        self.assert_refused(
            "ObjectNotFoundException",
            "No scalable target registered for service namespace: ecs, resource ID: service/cluster/service, "
            "scalable dimension: ecs:service:DesiredCount",
            scaling.put_scaling_policy,
            PolicyName="a",
            **target,
        )
        refusal = (
            "ValidationException",
            "Maximum capacity cannot be less than minimum capacity",
            scaling.register_scalable_target,
        )
        self.assert_refused(*refusal, MinCapacity=3, MaxCapacity=2, **target)
        scaling.register_scalable_target(MinCapacity=2, MaxCapacity=4, **target)
        self.assert_refused(*refusal, MinCapacity=5, **target)

    def test_a_deployment_group_has_a_service(self):
        deploy = self.client("codedeploy")
        deploy.create_application(applicationName="a", computePlatform="ECS")
        self.assert_refused(
            "InvalidECSServiceException",
            "The Amazon ECS service identifier is not valid.",
            deploy.create_deployment_group,
            applicationName="a",
            deploymentGroupName="a",
            serviceRoleArn="arn:aws:iam::123456789012:role/a",
            ecsServices=[{"clusterName": "cluster", "serviceName": "none"}],
        )
