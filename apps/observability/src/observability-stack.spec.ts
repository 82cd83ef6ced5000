import { synthStack, testEnvironment, type EnvironmentOverrides } from '@nightshift/testing';
import { computeOutputs } from './compute-outputs.fixture';
import { ObservabilityStack } from './observability-stack';

const synth = (overrides: EnvironmentOverrides = {}) =>
  synthStack(
    (app) =>
      new ObservabilityStack(app, 'observability', {
        environment: testEnvironment(overrides),
        compute: computeOutputs(),
      }),
  );
const stack = synth();
const topic = stack.reference('aws_sns_topic', 'AlertTopic/Resource', 'arn');

describe('observability stack', () => {
  it('R12.4 encrypts the topic with a key whose policy allows alarms and EventBridge', () => {
    expect(stack.resource('aws_sns_topic', 'AlertTopic/Resource')).toMatchObject({
      name: 'sns-topic-alerts-test',
      kms_master_key_id: stack.reference('aws_kms_key', 'AlertTopic/Key/Resource', 'arn'),
    });
    expect(stack.parsed('aws_kms_key', 'AlertTopic/Key/Resource', 'policy')).toMatchObject({
      Statement: [
        { Sid: 'AccountAdministers' },
        { Principal: { Service: 'cloudwatch.amazonaws.com' } },
        { Principal: { Service: 'events.amazonaws.com' } },
      ],
    });
    expect(stack.parsed('aws_sns_topic_policy', 'AlertTopic/Policy', 'policy')).toMatchObject({
      Statement: [{ Sid: 'AlarmsPublish' }, { Sid: 'EventsPublish' }, { Sid: 'TlsOnly' }],
    });
  });

  it('R12.4 subscribes the email addresses of the environment', () => {
    const { resource } = synth({ alarms: { emails: ['night@example.com', 'day@example.com'] } });
    expect(resource('aws_sns_topic_subscription', 'AlertTopic/Email1')).toMatchObject({
      protocol: 'email',
      endpoint: 'day@example.com',
    });
    expect(stack.resources('aws_sns_topic_subscription')).toEqual({});
  });

  it('R12.4 notifies the topic when an alarm fires and when it recovers', () => {
    const alarms = Object.values(stack.resources('aws_cloudwatch_metric_alarm'));
    expect(alarms.length).toBeGreaterThan(0);
    for (const alarm of alarms) expect(alarm).toMatchObject({ alarm_actions: [topic], ok_actions: [topic] });
  });

  it('R12.1 creates alarms on metric math expressions', () => {
    expect(stack.resource('aws_cloudwatch_metric_alarm', 'Alarms/MissingTasks')).toMatchObject({
      alarm_name: 'alarm-unhealthy-task-count-missing-test',
      metric_query: [
        { id: 'result', expression: 'IF(desired > running, desired - running, 0)', return_data: true },
        { id: 'desired', metric: { metric_name: 'DesiredTaskCount', period: 60, stat: 'Average' } },
        { id: 'running', metric: { metric_name: 'RunningTaskCount', period: 60, stat: 'Average' } },
      ],
    });
  });

  it('R12.2 sets a statistic, or an extended statistic for a percentile', () => {
    const errors = stack.resource('aws_cloudwatch_metric_alarm', 'Alarms/Target5xxCount');
    expect(errors).toMatchObject({ namespace: 'AWS/ApplicationELB', statistic: 'Sum', period: 60, threshold: 10 });
    const latency = stack.resource('aws_cloudwatch_metric_alarm', 'Alarms/TargetResponseTime');
    expect(latency).toMatchObject({
      extended_statistic: 'p95',
      evaluate_low_sample_count_percentiles: 'ignore',
      treat_missing_data: 'notBreaching',
    });
    expect(latency).not.toHaveProperty('statistic');
  });

  it('R12.3 sends events as readable text to the topic', () => {
    expect(stack.resource('aws_cloudwatch_event_rule', 'Events/SpotInterruption')).toMatchObject({
      name: 'event-rule-spot-interruption-test',
    });
    expect(stack.resource('aws_cloudwatch_event_target', 'Events/SpotInterruptionTopic')).toMatchObject({
      arn: topic,
      input_transformer: {
        input_paths: { task: '$.detail.taskArn' },
        input_template: '"<time> <task> loses its Spot capacity and is replaced: <reason>"',
      },
    });
    const { length } = Object.keys(stack.resources('aws_cloudwatch_event_rule'));
    expect(Object.keys(stack.resources('aws_cloudwatch_event_target'))).toHaveLength(length);
  });

  it('R12.6 has a dashboard with its own alarms, the release gates and the scale-in alarm', () => {
    const body = stack.parsed('aws_cloudwatch_dashboard', 'Dashboard', 'dashboard_body') as {
      widgets: { type: string; properties: { alarms: string[] } }[];
    };
    const shown = body.widgets.find(({ type }) => type === 'alarm')?.properties.alarms ?? [];
    const own = Object.keys(stack.resources('aws_cloudwatch_metric_alarm')).map((path) =>
      stack.reference('aws_cloudwatch_metric_alarm', path, 'arn'),
    );
    expect([...shown].sort()).toEqual([...own, 'arn:gate-5xx', 'arn:gate-latency', 'arn:alarm-cpu-low'].sort());
  });

  it('R0.2 publishes the topic and the dashboard', () => {
    expect(Object.keys(stack.outputs).sort()).toEqual(['dashboard_name', 'topic_arn']);
  });
});
