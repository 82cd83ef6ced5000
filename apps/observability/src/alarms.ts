import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
  type CloudwatchMetricAlarmMetricQuery,
} from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { PlatformStack } from '@nightshift/stack';
import { Construct } from 'constructs';
import type { AlarmDefinition, Expression } from './alarm-definitions';
import type { Metric } from './metric';

export interface AlarmsProps {
  readonly definitions: readonly AlarmDefinition[];
  /** Told when an alarm fires and when it is over. */
  readonly topicArn: string;
}

/** The alarms that notify people (R12.1 to R12.4). */
export class Alarms extends Construct {
  readonly arns: readonly string[];

  constructor(scope: Construct, id: string, { definitions, topicArn }: AlarmsProps) {
    super(scope, id);
    const { names } = PlatformStack.of(this);
    this.arns = definitions.map(
      (definition) =>
        new CloudwatchMetricAlarm(this, definition.id, {
          alarmName: names.of('alarm', definition.qualifier),
          alarmDescription: definition.description,
          ...watched(definition),
          threshold: definition.threshold,
          comparisonOperator: definition.comparison,
          evaluationPeriods: definition.evaluationPeriods,
          datapointsToAlarm: definition.datapointsToAlarm,
          treatMissingData: definition.missingData,
          alarmActions: [topicArn],
          okActions: [topicArn],
        }).arn,
    );
  }
}

type Watched = Pick<
  CloudwatchMetricAlarmConfig,
  | 'namespace'
  | 'metricName'
  | 'dimensions'
  | 'statistic'
  | 'extendedStatistic'
  | 'evaluateLowSampleCountPercentiles'
  | 'period'
  | 'metricQuery'
>;

function watched({ watch, periodSeconds }: AlarmDefinition): Watched {
  if ('expression' in watch) return { metricQuery: queries(watch, periodSeconds) };
  const { namespace, metricName, dimensions, stat } = watch;
  // CloudWatch takes percentiles in a field of their own. One of a few answers says nothing: the alarm then keeps its state.
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
  return {
    namespace,
    metricName,
    dimensions,
    period: periodSeconds,
    ...(stat.startsWith('p')
      ? { extendedStatistic: stat, evaluateLowSampleCountPercentiles: 'ignore' }
      : { statistic: stat }),
  };
}

function queries({ expression, label, metrics }: Expression, period: number): CloudwatchMetricAlarmMetricQuery[] {
  const series = Object.entries(metrics).map(([id, metric]) => ({ id, metric: queried(metric, period) }));
  return [{ id: 'result', expression, label, returnData: true }, ...series];
}

function queried({ namespace, metricName, dimensions, stat }: Metric, period: number) {
  return { namespace, metricName, dimensions, stat, period };
}
