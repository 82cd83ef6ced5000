import { findingsIn, modelWith, type Resources } from '../model.fixture';
import type { Attributes } from '../model/value';
import { alarmHasAction } from './alarm-has-action';

const TOPIC = '${aws_sns_topic.T.arn}';
const checked = (alarm: Attributes, others: Resources = {}) =>
  findingsIn(
    alarmHasAction,
    modelWith({
      aws_sns_topic: { T: { arn: 'arn:aws:sns:us-east-1:123456789012:t' } },
      aws_cloudwatch_metric_alarm: { A: { alarm_name: 'a', ...alarm } },
      ...others,
    }),
  );

describe('alarm-has-action (R12.4)', () => {
  it('refuses alarms without a notification on ALARM or on OK', () => {
    expect(checked({ alarm_actions: [], ok_actions: ['arn:aws:sns:us-east-1:123456789012:other'] })).toEqual([
      'aws_cloudwatch_metric_alarm.A: alarm_actions none - add a topic of this environment',
      'aws_cloudwatch_metric_alarm.A: ok_actions arn:aws:sns:us-east-1:123456789012:other - add a topic of this environment',
    ]);
    expect(checked({ alarm_actions: [TOPIC] })).toEqual([
      'aws_cloudwatch_metric_alarm.A: ok_actions none - add a topic of this environment',
    ]);
  });

  it('refuses alarms with disabled actions', () => {
    expect(checked({ alarm_actions: [TOPIC], ok_actions: [TOPIC], actions_enabled: false })).toEqual([
      'aws_cloudwatch_metric_alarm.A: actions_enabled false - set it to true',
    ]);
  });

  it('accepts alarms that notify a topic, by reference or by ARN', () => {
    expect(checked({ alarm_actions: ['arn:aws:sns:us-east-1:123456789012:t'], ok_actions: [TOPIC] })).toEqual([]);
  });

  it('accepts alarms that control scaling', () => {
    const policy = { aws_appautoscaling_policy: { P: {} } };
    expect(checked({ alarm_actions: ['${aws_appautoscaling_policy.P.arn}'] }, policy)).toEqual([]);
  });

  it('accepts alarms of a deployment group, by reference or by name, and no others', () => {
    const gated = (name: string) => ({
      aws_codedeploy_deployment_group: { G: { alarm_configuration: [{ alarms: [name] }] } },
    });
    expect(checked({}, gated('${aws_cloudwatch_metric_alarm.A.alarm_name}'))).toEqual([]);
    expect(checked({}, gated('a'))).toEqual([]);
    expect(checked({}, gated('b'))).toHaveLength(2);
  });

  it('accepts alarms in the rule of a composite alarm that notifies', () => {
    const composite = (attribute: string) => ({
      aws_cloudwatch_composite_alarm: {
        C: {
          alarm_actions: [TOPIC],
          ok_actions: [TOPIC],
          [attribute]: 'ALARM("${aws_cloudwatch_metric_alarm.A.alarm_name}")',
        },
      },
    });
    expect(checked({}, composite('alarm_rule'))).toEqual([]);
    expect(checked({}, composite('alarm_description'))).toHaveLength(2);
  });

  it('does not apply to other resources', () => {
    expect(findingsIn(alarmHasAction, modelWith({ aws_vpc: { Vpc: {} } }))).toBe('not applicable');
  });
});
