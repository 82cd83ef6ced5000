from moto.applicationautoscaling.models import applicationautoscaling_backends
from moto.cloudwatch.models import cloudwatch_backends
from moto.ecs.models import ecs_backends

from nightshift_cloud import scaling
from nightshift_cloud.cloud import cloud
from nightshift_cloud.cloudwatch import alarms, series

from .cloud_test_case import ACCOUNT, REGION
from .service_test_case import ServiceTestCase
from .tasks_test_case import TasksTestCase

TARGET = {"ServiceNamespace": "ecs", "ResourceId": "service/cluster/service", "ScalableDimension": "ecs:service:DesiredCount"}
DIMENSIONS = {"ClusterName": "cluster", "ServiceName": "service"}


class ScalingTest(ServiceTestCase):
    def setUp(self):
        super().setUp()
        self.stand_still(1_800_000_000.0)
        cloud.clock.scale = 1
        self.create_service()
        self.autoscaling, self.cloudwatch = self.client("application-autoscaling"), self.client("cloudwatch")
        self.register_target()
        self.scale_out = self.put_policy(
            "scale-out",
            "TargetTrackingScaling",
            TargetTrackingScalingPolicyConfiguration={
                "PredefinedMetricSpecification": {"PredefinedMetricType": "ECSServiceAverageCPUUtilization"},
                "TargetValue": 70.0,
                "ScaleOutCooldown": 60,
                "DisableScaleIn": True,
            },
        )
        self.put_step_policy()

    def register_target(self, **more):
        self.autoscaling.register_scalable_target(**TARGET, **{"MinCapacity": 2, "MaxCapacity": 10, **more})

    def put_policy(self, name, kind, **configuration):
        return self.autoscaling.put_scaling_policy(**TARGET, PolicyName=name, PolicyType=kind, **configuration)

    def put_step_policy(
        self, adjustment="ChangeInCapacity", steps=({"MetricIntervalUpperBound": 0, "ScalingAdjustment": -1},), **more
    ):
        configuration = {"AdjustmentType": adjustment, "Cooldown": 300, "StepAdjustments": list(steps), **more}
        arn = self.put_policy("scale-in", "StepScaling", StepScalingPolicyConfiguration=configuration)["PolicyARN"]
        self.cloudwatch.put_metric_alarm(
            AlarmName="cpu-low",
            Namespace="AWS/ECS",
            MetricName="CPUUtilization",
            Dimensions=[{"Name": name, "Value": value} for name, value in DIMENSIONS.items()],
            Statistic="Average",
            Period=60,
            EvaluationPeriods=15,
            DatapointsToAlarm=15,
            Threshold=30,
            ComparisonOperator="LessThanThreshold",
            TreatMissingData="missing",
            AlarmActions=[arn],
        )

    def pass_minutes(self, count, cpu):
        """Returns the desired count after each minute with this CPU. All tasks run at once."""
        service = ecs_backends[ACCOUNT][REGION].services["cluster:service"]
        counts = []
        for _ in range(count):
            series.put(cloudwatch_backends[ACCOUNT][REGION], series.SERVICES, "CPUUtilization", DIMENSIONS, cpu)
            self.now += 60
            alarms.tick()
            scaling.tick()
            service.running_count = service.desired_count
            counts.append(service.desired_count)
        return counts

    def activities(self):
        return self.autoscaling.describe_scaling_activities(ServiceNamespace="ecs", ResourceId=TARGET["ResourceId"])[
            "ScalingActivities"
        ]

    def test_the_alarms_of_a_target_tracking_policy_have_its_target(self):
        described = self.cloudwatch.describe_alarms(AlarmNamePrefix="TargetTracking-service/cluster/service-")["MetricAlarms"]
        self.assertEqual(
            {"GreaterThanThreshold": 70, "LessThanThreshold": 63}, {a["ComparisonOperator"]: a["Threshold"] for a in described}
        )

    def test_grows_in_proportion_to_the_maximum(self):
        self.assertEqual([3, 3, 4, 5, 7, 9, 10, 10], self.pass_minutes(8, 85.0))

    def test_shrinks_by_steps_to_the_minimum_and_waits_for_the_cooldown(self):
        counts = self.pass_minutes(22, 10.0)
        self.assertEqual([3] * 14 + [2] * 8, counts)
        self.pass_minutes(7, 95.0)
        counts = self.pass_minutes(24, 10.0)
        first = counts.index(9)
        self.assertEqual([9] * 5 + [8] * 5, counts[first : first + 10])

    def test_does_nothing_while_cpu_is_between_the_thresholds(self):
        self.assertEqual([3] * 20, self.pass_minutes(20, 50.0))
        self.assertEqual([], self.activities())

    def test_records_activities_and_events(self):
        self.pass_minutes(3, 85.0)
        [high] = [alarm["AlarmName"] for alarm in self.scale_out["Alarms"] if "AlarmHigh" in alarm["AlarmName"]]
        [activity] = self.activities()
        cause = f"monitor alarm {high} in state ALARM triggered policy scale-out"
        self.assertEqual(("Setting desired count to 4.", cause), (activity["Description"], activity["Cause"]))
        self.assertEqual("InProgress", activity["StatusCode"])
        message = "Successfully set desired count to 4. Waiting for change to be fulfilled by ecs."
        self.assertEqual(message, activity["StatusMessage"])
        self.assertEqual(f"(service service) Message: {message} Cause: {cause}", self.described()["events"][0]["message"])
        scaling.finish_activities(applicationautoscaling_backends[ACCOUNT][REGION])
        [activity] = self.activities()
        self.assertEqual("Successfully set desired count to 4. Change successfully fulfilled by ecs.", activity["StatusMessage"])
        self.assertEqual(("Successful", True), (activity["StatusCode"], "EndTime" in activity))

    def test_a_later_activity_replaces_one_in_progress(self):
        self.pass_minutes(3, 85.0)
        ecs_backends[ACCOUNT][REGION].services["cluster:service"].running_count = 3
        self.pass_minutes(1, 85.0)
        scaling.finish_activities(applicationautoscaling_backends[ACCOUNT][REGION])
        self.assertEqual(["Successful", "Overridden"], [activity["StatusCode"] for activity in self.activities()])

    def test_respects_suspended_scaling(self):
        self.register_target(SuspendedState={"DynamicScalingOutSuspended": True})
        self.assertEqual([3] * 5, self.pass_minutes(5, 85.0))
        self.register_target(SuspendedState={"DynamicScalingInSuspended": True})
        self.assertEqual([3] * 20, self.pass_minutes(20, 10.0))

    def test_a_higher_minimum_takes_effect_at_once(self):
        self.register_target(MinCapacity=5)
        self.pass_minutes(1, 50.0)
        self.assertEqual(5, self.described()["desiredCount"])
        self.assertEqual("minimum capacity was set to 5", self.activities()[0]["Cause"])

    def test_disabled_actions_do_not_scale(self):
        self.cloudwatch.disable_alarm_actions(AlarmNames=["cpu-low"])
        self.assertEqual([3] * 20, self.pass_minutes(20, 10.0))
        self.cloudwatch.enable_alarm_actions(AlarmNames=["cpu-low"])
        self.assertEqual([2], self.pass_minutes(1, 10.0))

    def test_step_adjustments(self):
        for adjustment, steps, expected in (
            ("ChangeInCapacity", [(None, -20, -3), (-20, 0, -1)], 7),
            ("ChangeInCapacity", [(None, -21, -3), (-21, 0, -1)], 9),
            ("ExactCapacity", [(None, 0, 4)], 4),
            ("PercentChangeInCapacity", [(None, 0, -35)], 6),
            ("PercentChangeInCapacity", [(None, 0, -1)], 9),
        ):
            bounds = ("MetricIntervalLowerBound", "MetricIntervalUpperBound", "ScalingAdjustment")
            given = [{name: value for name, value in zip(bounds, step) if value is not None} for step in steps]
            configuration = {"AdjustmentType": adjustment, "StepAdjustments": given}
            with self.subTest(configuration):
                self.assertEqual(expected, scaling.by_steps(configuration, -20.0, 10))
        above = [{"MetricIntervalLowerBound": 0, "MetricIntervalUpperBound": 10, "ScalingAdjustment": 1}]
        above.append({"MetricIntervalLowerBound": 10, "ScalingAdjustment": 3})
        configuration = {"AdjustmentType": "ChangeInCapacity", "StepAdjustments": above}
        self.assertEqual([11, 13], [scaling.by_steps(configuration, breach, 10) for breach in (0.0, 10.0)])


class ScalingOfTasksTest(TasksTestCase):
    def activities(self, code):
        found = self.client("application-autoscaling").describe_scaling_activities(ServiceNamespace="ecs")["ScalingActivities"]
        return [activity["Description"] for activity in found if activity["StatusCode"] == code]

    def test_load_scales_out_and_idle_tasks_scale_in(self):
        self.run_service(count=1)
        self.running(1)
        autoscaling = self.client("application-autoscaling")
        autoscaling.register_scalable_target(**TARGET, MinCapacity=1, MaxCapacity=2)
        autoscaling.put_scaling_policy(
            **TARGET,
            PolicyName="cpu",
            PolicyType="TargetTrackingScaling",
            TargetTrackingScalingPolicyConfiguration={
                "PredefinedMetricSpecification": {"PredefinedMetricType": "ECSServiceAverageCPUUtilization"},
                "TargetValue": 70.0,
                "ScaleOutCooldown": 60,
                "ScaleInCooldown": 60,
            },
        )
        self.ask("POST", "/nightshift/load", {"service": "service", "cpuPercent": 95})
        self.running(2)
        self.wait_for(lambda: self.activities("Successful") == ["Setting desired count to 2."])
        self.ask("POST", "/nightshift/load", {"service": "service", "cpuPercent": 5})
        self.running(1)
        self.wait_for(lambda: self.activities("Successful")[:1] == ["Setting desired count to 1."])
