import { synthStack, testEnvironment } from '@nightshift/testing';
import { type AlarmDefinition, alarmTiming, metricAlarm } from './metric-alarm';
import { PlatformStack } from './platform-stack';

const metric = {
  namespace: 'AWS/ECS',
  metricName: 'CPUUtilization',
  dimensions: { ClusterName: 'one' },
  stat: 'Average',
};

const definition: AlarmDefinition = {
  id: 'Cpu',
  qualifier: 'cpu',
  description: 'High CPU utilization',
  watch: metric,
  threshold: 80,
  periodSeconds: 60,
  evaluationPeriods: 5,
  datapointsToAlarm: 3,
  comparison: 'GreaterThanThreshold',
  missingData: 'missing',
};

class AlarmStack extends PlatformStack {
  withAlarm(...[changes, topicArn]: [Partial<AlarmDefinition>, string?]): this {
    metricAlarm(this, { ...definition, ...changes }, topicArn);
    return this;
  }
}

const synth = (...alarm: Parameters<AlarmStack['withAlarm']>) =>
  synthStack((app) => new AlarmStack(app, 'alarms', { environment: testEnvironment() }).withAlarm(...alarm)).resource(
    'aws_cloudwatch_metric_alarm',
    'Cpu',
  );

describe('metric alarm', () => {
  it('watches one metric and has no actions by default', () => {
    const alarm = synth({});
    expect(alarm).toMatchObject({
      alarm_name: 'alarm-cpu-test',
      alarm_description: 'High CPU utilization',
      namespace: 'AWS/ECS',
      metric_name: 'CPUUtilization',
      dimensions: { ClusterName: 'one' },
      statistic: 'Average',
      period: 60,
      threshold: 80,
      evaluation_periods: 5,
      datapoints_to_alarm: 3,
      comparison_operator: 'GreaterThanThreshold',
      treat_missing_data: 'missing',
    });
    expect(alarm).not.toHaveProperty('alarm_actions');
  });

  it('notifies its topic when it fires and when it recovers', () => {
    const topic = 'arn:aws:sns:us-east-1:111111111111:alerts';
    expect(synth({}, topic)).toMatchObject({ alarm_actions: [topic], ok_actions: [topic] });
  });

  it('ignores percentiles with few samples', () => {
    const alarm = synth({ watch: { ...metric, stat: 'p95' } });
    expect(alarm).toMatchObject({ extended_statistic: 'p95', evaluate_low_sample_count_percentiles: 'ignore' });
    expect(alarm).not.toHaveProperty('statistic');
  });

  it('watches an expression over several metrics', () => {
    const alarm = synth({ watch: { expression: 'a * 2', label: 'Double', metrics: { a: metric } } });
    expect(alarm['metric_query']).toEqual([
      { id: 'result', expression: 'a * 2', label: 'Double', return_data: true },
      {
        id: 'a',
        metric: {
          namespace: 'AWS/ECS',
          metric_name: 'CPUUtilization',
          dimensions: { ClusterName: 'one' },
          stat: 'Average',
          period: 60,
        },
      },
    ]);
    expect(alarm).not.toHaveProperty('period');
  });

  it('accepts a section with additional keys', () => {
    const timing = { threshold: 5, periodSeconds: 60, evaluationPeriods: 3, datapointsToAlarm: 2 };
    expect(alarmTiming(testEnvironment({ gates: { failedRequests: timing } }).gates.failedRequests)).toEqual(timing);
  });
});
