import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import type { Construct } from 'constructs';
import { PlatformStack } from './platform-stack';

/** One series of CloudWatch. */
export interface Metric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** A plain statistic such as `Average`, or a percentile such as `p95`. */
  readonly stat: string;
}

/** A value computed from several series, by their ids in the expression. */
export interface MetricExpression {
  readonly expression: string;
  readonly label: string;
  readonly metrics: Readonly<Record<string, Metric>>;
}

export interface AlarmTiming {
  readonly threshold: number;
  readonly periodSeconds: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
}

export interface AlarmDefinition extends AlarmTiming {
  /** Its id in the construct tree. */
  readonly id: string;
  /** Its part of the alarm's name. */
  readonly qualifier: string;
  /** What has happened, for the person who gets the message. */
  readonly description: string;
  readonly watch: Metric | MetricExpression;
  readonly comparison: 'GreaterThanThreshold' | 'GreaterThanOrEqualToThreshold';
  /** The meaning of a period without data: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html */
  readonly missingData: 'breaching' | 'notBreaching' | 'missing';
}

/** The part of a section of the environment that is an alarm's timing. */
export function alarmTiming({
  threshold,
  periodSeconds,
  evaluationPeriods,
  datapointsToAlarm,
}: AlarmTiming): AlarmTiming {
  return { threshold, periodSeconds, evaluationPeriods, datapointsToAlarm };
}

/** @param topicArn receives a message when the alarm fires and when it ends. @default - no messages */
export function metricAlarm(scope: Construct, definition: AlarmDefinition, topicArn?: string): CloudwatchMetricAlarm {
  const { id, qualifier, description, watch, comparison, missingData } = definition;
  const { periodSeconds, ...timing } = alarmTiming(definition);
  return new CloudwatchMetricAlarm(scope, id, {
    alarmName: PlatformStack.of(scope).names.of('alarm', qualifier),
    alarmDescription: description,
    ...watched(watch, periodSeconds),
    ...timing,
    comparisonOperator: comparison,
    treatMissingData: missingData,
    ...(topicArn !== undefined && { alarmActions: [topicArn], okActions: [topicArn] }),
  });
}

function watched(watch: Metric | MetricExpression, period: number): Partial<CloudwatchMetricAlarmConfig> {
  if ('expression' in watch) {
    const { expression, label, metrics } = watch;
    const series = Object.entries(metrics).map(([id, metric]) => ({ id, metric: { ...metric, period } }));
    return { metricQuery: [{ id: 'result', expression, label, returnData: true }, ...series] };
  }
  const { stat, ...metric } = watch;
  // CloudWatch takes percentiles in a field of their own. A percentile of a few responses is meaningless: the alarm then keeps its state.
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
  return stat.startsWith('p')
    ? { ...metric, period, extendedStatistic: stat, evaluateLowSampleCountPercentiles: 'ignore' }
    : { ...metric, period, statistic: stat };
}
