import { environmentWith } from '../environment.fixture';
import { findingsIn, modelWith } from '../model.fixture';
import type { Attributes } from '../model/value';
import { autoScalingAsConfigured } from './auto-scaling-as-configured';

const scalable = { resource_id: '${aws_appautoscaling_target.Target.resource_id}' };
const tracking = (configuration: Attributes) => ({
  ...scalable,
  target_tracking_scaling_policy_configuration: [configuration],
});
const onCpu = {
  disable_scale_in: true,
  predefined_metric_specification: [{ predefined_metric_type: 'ECSServiceAverageCPUUtilization' }],
  target_value: 70,
};
const steps = (scaling_adjustment: number) => ({
  ...scalable,
  step_scaling_policy_configuration: { step_adjustment: [{ scaling_adjustment }] },
});
const lowCpu = {
  alarm_actions: ['${aws_appautoscaling_policy.In.arn}'],
  metric_name: 'CPUUtilization',
  comparison_operator: 'LessThanThreshold',
  threshold: 30,
};

interface Parts {
  readonly target?: Attributes;
  readonly policies?: Readonly<Record<string, Attributes>>;
  readonly alarm?: Attributes;
  readonly schedule?: Attributes;
}

function checked({ target, policies, alarm, schedule }: Parts, environment?: ReturnType<typeof environmentWith>) {
  const model = modelWith(
    {
      aws_appautoscaling_target: {
        Target: {
          service_namespace: 'ecs',
          resource_id: 'service/cluster/service',
          min_capacity: 2,
          max_capacity: 10,
          ...target,
        },
      },
      aws_appautoscaling_policy: {
        Other: { resource_id: 'service/cluster/other', target_tracking_scaling_policy_configuration: {} },
        ...(policies ?? { Out: tracking(onCpu), In: steps(-1) }),
      },
      aws_cloudwatch_metric_alarm: { Low: { ...lowCpu, ...alarm } },
      aws_ssm_parameter: { Note: { value: '${aws_appautoscaling_policy.In.arn}' } },
      ...(schedule && {
        aws_appautoscaling_scheduled_action: { Night: { ...scalable, scalable_target_action: schedule } },
      }),
    },
    {},
    environment,
  );
  return findingsIn(autoScalingAsConfigured, model);
}

describe('auto-scaling-as-configured (R7)', () => {
  it('refuses a service without scaling', () => {
    expect(checked({ policies: {} })).toEqual([
      'aws_appautoscaling_target.Target: no target tracking on CPU - add a policy with ECSServiceAverageCPUUtilization',
      'aws_appautoscaling_target.Target: no policy that removes tasks - add one with an alarm',
    ]);
  });

  it('refuses target tracking with scale-in, on any resource', () => {
    const memory = {
      predefined_metric_specification: { predefined_metric_type: 'ECSServiceAverageMemoryUtilization' },
    };
    const policies = { Out: tracking({ ...onCpu, disable_scale_in: false }), Memory: tracking(memory), In: steps(-1) };
    const path = 'target_tracking_scaling_policy_configuration.disable_scale_in';
    expect(checked({ policies }, environmentWith())).toEqual([
      `aws_appautoscaling_policy.Out: ${path} false - set it to true`,
      `aws_appautoscaling_policy.Memory: ${path} none - set it to true`,
    ]);
  });

  it('refuses bounds and thresholds that differ from the configuration', () => {
    const environment = environmentWith({
      scaling: { minimum: 3, maximum: 9, scaleOut: { cpuPercent: 60 }, scaleIn: { cpuPercent: 20 } },
    });
    expect(checked({}, environment)).toEqual([
      'aws_appautoscaling_target.Target: min_capacity 2 - set it to 3',
      'aws_appautoscaling_target.Target: max_capacity 10 - set it to 9',
      'aws_appautoscaling_policy.Out: target_tracking_scaling_policy_configuration.target_value 70 - set it to 60',
      'aws_cloudwatch_metric_alarm.Low: threshold 30 - set it to 20',
    ]);
  });

  it('refuses scale-in without an alarm, or by an alarm on another metric', () => {
    expect(checked({ alarm: { alarm_actions: [] } })).toEqual([
      'aws_appautoscaling_policy.In: no alarm - add an alarm on low CPU with this policy as its action',
    ]);
    const alarm = {
      metric_name: 'MemoryUtilization',
      comparison_operator: 'GreaterThanThreshold',
      treat_missing_data: 'breaching',
    };
    expect(checked({ alarm })).toEqual([
      'aws_cloudwatch_metric_alarm.Low: metric_name MemoryUtilization - set it to CPUUtilization',
      'aws_cloudwatch_metric_alarm.Low: comparison_operator GreaterThanThreshold - set it to LessThanThreshold',
      'aws_cloudwatch_metric_alarm.Low: treat_missing_data breaching - set it to missing',
    ]);
    expect(checked({ alarm: { ok_actions: lowCpu.alarm_actions } })).toEqual([
      'aws_cloudwatch_metric_alarm.Low: the policy in ok_actions - move it to alarm_actions',
    ]);
  });

  it('refuses a schedule outside of minimum and maximum (R14.3)', () => {
    expect(checked({ schedule: { min_capacity: '1', max_capacity: '20' } })).toEqual([
      'aws_appautoscaling_scheduled_action.Night: scalable_target_action.min_capacity 1 - stay within 2 and 10',
      'aws_appautoscaling_scheduled_action.Night: scalable_target_action.max_capacity 20 - stay within 2 and 10',
    ]);
  });

  it('accepts the configured scaling, larger steps, and schedules within the bounds', () => {
    expect(checked({}, environmentWith())).toEqual([]);
    const policies = { Out: tracking(onCpu), More: steps(2), In: steps(-1) };
    expect(checked({ policies, schedule: { min_capacity: 5 }, alarm: { treat_missing_data: 'missing' } })).toEqual([]);
  });

  it('does not apply to resources other than ECS services', () => {
    expect(checked({ target: { service_namespace: 'dynamodb' } })).toBe('not applicable');
  });
});
