from .cloud_test_case import CloudTestCase

SERVICE = {
    "ServiceNamespace": "ecs",
    "ResourceId": "service/cluster/service",
    "ScalableDimension": "ecs:service:DesiredCount",
}


class ApplicationAutoScalingTest(CloudTestCase):
    def setUp(self):
        super().setUp()
        ecs = self.client("ecs")
        ecs.create_cluster(clusterName="cluster")
        ecs.create_service(cluster="cluster", serviceName="service", deploymentController={"type": "EXTERNAL"})
        self.scaling = self.client("application-autoscaling")
        self.target = self.scaling.register_scalable_target(
            **SERVICE, MinCapacity=2, MaxCapacity=10, Tags={"Project": "nightshift"}
        )["ScalableTargetARN"]

    def tags(self):
        return self.scaling.list_tags_for_resource(ResourceARN=self.target)["Tags"]

    def track(self, target):
        return self.scaling.put_scaling_policy(
            **SERVICE,
            PolicyName="cpu",
            PolicyType="TargetTrackingScaling",
            TargetTrackingScalingPolicyConfiguration={
                "TargetValue": target,
                "PredefinedMetricSpecification": {"PredefinedMetricType": "ECSServiceAverageCPUUtilization"},
            },
        )

    def alarm_names(self):
        return [alarm["AlarmName"] for alarm in self.client("cloudwatch").describe_alarms()["MetricAlarms"]]

    def test_keeps_the_tags_of_a_target(self):
        self.assertEqual({"Project": "nightshift"}, self.tags())
        self.scaling.tag_resource(ResourceARN=self.target, Tags={"CostCenter": "risk"})
        self.scaling.untag_resource(ResourceARN=self.target, TagKeys=["Project", "none"])
        self.assertEqual({"CostCenter": "risk"}, self.tags())

    def test_keeps_the_tags_when_a_target_is_changed_without_tags(self):
        self.scaling.register_scalable_target(**SERVICE, MaxCapacity=8)
        self.assertEqual({"Project": "nightshift"}, self.tags())

    def suspended(self):
        [target] = self.scaling.describe_scalable_targets(ServiceNamespace="ecs")["ScalableTargets"]
        self.assertEqual((2, 10), (target["MinCapacity"], target["MaxCapacity"]))
        return [name for name, suspended in sorted(target["SuspendedState"].items()) if suspended]

    def test_a_target_has_a_suspended_state(self):
        self.assertEqual([], self.suspended())
        self.scaling.register_scalable_target(**SERVICE, SuspendedState={"DynamicScalingInSuspended": True})
        self.assertEqual(["DynamicScalingInSuspended"], self.suspended())
        self.scaling.register_scalable_target(**SERVICE, MinCapacity=2)
        self.assertEqual(["DynamicScalingInSuspended"], self.suspended())
        self.scaling.register_scalable_target(**SERVICE, SuspendedState={"ScheduledScalingSuspended": True})
        self.assertEqual(["ScheduledScalingSuspended"], self.suspended())

    def test_a_changed_policy_replaces_its_alarms(self):
        self.track(70)
        second = self.track(60)
        self.assertCountEqual([alarm["AlarmName"] for alarm in second["Alarms"]], self.alarm_names())

    def test_deregistering_a_target_deletes_its_policies_alarms_and_schedules(self):
        self.track(70)
        self.scaling.put_scheduled_action(**SERVICE, ScheduledActionName="night", Schedule="cron(0 20 * * ? *)")
        self.scaling.deregister_scalable_target(**SERVICE)
        self.assertEqual([], self.scaling.describe_scaling_policies(ServiceNamespace="ecs")["ScalingPolicies"])
        self.assertEqual([], self.scaling.describe_scheduled_actions(ServiceNamespace="ecs")["ScheduledActions"])
        self.assertEqual([], self.alarm_names())
