import { synthCompute } from './compute-stack.fixture';

const stack = synthCompute();
const changed = synthCompute({
  service: { desiredCount: 5 },
  scaling: {
    minimum: 4,
    maximum: 40,
    scaleOut: { cpuPercent: 60, cooldownSeconds: 90 },
    scaleIn: { cpuPercent: 20, cooldownSeconds: 600, evaluationMinutes: 30 },
  },
});
const target = (of = stack) => of.resource('aws_appautoscaling_target', 'Scaling/Target');
const policy = (name: string, of = stack) => of.resource('aws_appautoscaling_policy', `Scaling/${name}`);
const alarm = (of = stack) => of.resource('aws_cloudwatch_metric_alarm', 'Scaling/ScaleInAlarm');
const cluster = stack.reference('aws_ecs_cluster', 'Cluster/Resource', 'name');
const service = stack.reference('aws_ecs_service', 'Service/Resource', 'name');

describe('scaling', () => {
  it('R7.4 keeps between 2 and 10 tasks, or the configured bounds', () => {
    expect(target()).toMatchObject({
      service_namespace: 'ecs',
      resource_id: `service/${cluster}/${service}`,
      scalable_dimension: 'ecs:service:DesiredCount',
      min_capacity: 2,
      max_capacity: 10,
    });
    expect(target(changed)).toMatchObject({ min_capacity: 4, max_capacity: 40 });
  });

  it('R0.8 tags its scalable target, which has no name in AWS', () => {
    expect(target()['tags']).toEqual({ Name: 'scaling-target-test' });
  });

  it('R7.1, R7.2 tracks CPU and adds tasks above 70 %', () => {
    expect(policy('ScaleOut')).toMatchObject({
      name: 'scaling-policy-scale-out-test',
      policy_type: 'TargetTrackingScaling',
      resource_id: stack.reference('aws_appautoscaling_target', 'Scaling/Target', 'resource_id'),
      target_tracking_scaling_policy_configuration: {
        predefined_metric_specification: { predefined_metric_type: 'ECSServiceAverageCPUUtilization' },
        target_value: 70,
        scale_out_cooldown: 60,
      },
    });
    expect(policy('ScaleOut', changed)).toMatchObject({
      target_tracking_scaling_policy_configuration: { target_value: 60, scale_out_cooldown: 90 },
    });
  });

  it('R7.3 disables scale-in of target tracking', () => {
    expect(policy('ScaleOut')).toMatchObject({
      target_tracking_scaling_policy_configuration: { disable_scale_in: true },
    });
  });

  it('R7.3 removes one task at a time', () => {
    expect(policy('ScaleIn')).toMatchObject({
      name: 'scaling-policy-scale-in-test',
      policy_type: 'StepScaling',
      resource_id: stack.reference('aws_appautoscaling_target', 'Scaling/Target', 'resource_id'),
      step_scaling_policy_configuration: {
        adjustment_type: 'ChangeInCapacity',
        metric_aggregation_type: 'Average',
        cooldown: 300,
        step_adjustment: [{ metric_interval_upper_bound: '0', scaling_adjustment: -1 }],
      },
    });
    expect(policy('ScaleIn', changed)).toMatchObject({ step_scaling_policy_configuration: { cooldown: 600 } });
  });

  it('R7.3 removes tasks only after 15 minutes with CPU below 30 %, and not on missing data', () => {
    expect(alarm()).toMatchObject({
      alarm_name: 'alarm-scale-in-test',
      alarm_description: 'CPU has been below 30 % for 15 minutes: one task is taken away',
      namespace: 'AWS/ECS',
      metric_name: 'CPUUtilization',
      dimensions: { ClusterName: cluster, ServiceName: service },
      statistic: 'Average',
      period: 60,
      evaluation_periods: 15,
      datapoints_to_alarm: 15,
      comparison_operator: 'LessThanThreshold',
      threshold: 30,
      treat_missing_data: 'missing',
      alarm_actions: [stack.reference('aws_appautoscaling_policy', 'Scaling/ScaleIn', 'arn')],
    });
    expect(alarm(changed)).toMatchObject({
      alarm_description: 'CPU has been below 20 % for 30 minutes: one task is taken away',
      threshold: 20,
      evaluation_periods: 30,
      datapoints_to_alarm: 30,
    });
  });
});
