import {
  CloudwatchMetricAlarm,
  type CloudwatchMetricAlarmConfig,
} from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import type { Environment } from '@nightshift/config';
import { PlatformStack } from '@nightshift/stack';
import { Construct } from 'constructs';
import { type GateAlarm, gateAlarms, type GateMetric, type GateTargets } from './gate-alarms';

export interface ReleaseGatesProps extends GateTargets {
  readonly gates: Environment['gates'];
}

/** The alarms that stop a release and roll it back (R10.4). */
export class ReleaseGates extends Construct {
  readonly alarms: readonly CloudwatchMetricAlarm[];

  constructor(scope: Construct, id: string, { gates, ...targets }: ReleaseGatesProps) {
    super(scope, id);
    const { names } = PlatformStack.of(this);
    this.alarms = gateAlarms(gates, targets).map(
      (gate) =>
        new CloudwatchMetricAlarm(this, gate.id, {
          alarmName: names.of('alarm', gate.qualifier),
          alarmDescription: gate.description,
          ...watched(gate),
          evaluationPeriods: gate.evaluationPeriods,
          datapointsToAlarm: gate.datapointsToAlarm,
          comparisonOperator: 'GreaterThanThreshold',
          threshold: gate.threshold,
          // No requests, no errors, an idle target group: no data is good.
          treatMissingData: 'notBreaching',
        }),
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

function watched({ watch, periodSeconds }: GateAlarm): Watched {
  if ('expression' in watch) {
    const { expression, label, metrics } = watch;
    const series = Object.entries(metrics).map(([id, metric]) => ({ id, metric: queried(metric, periodSeconds) }));
    return { metricQuery: [{ id: 'result', expression, label, returnData: true }, ...series] };
  }
  const { stat, ...metric } = queried(watch, periodSeconds);
  // A percentile of a few answers says nothing: without enough of them the alarm keeps its state.
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
  return stat.startsWith('p')
    ? { ...metric, extendedStatistic: stat, evaluateLowSampleCountPercentiles: 'ignore' }
    : { ...metric, statistic: stat };
}

function queried({ metricName, dimensions, stat }: GateMetric, period: number) {
  return { namespace: 'AWS/ApplicationELB', metricName, dimensions: { ...dimensions }, stat, period };
}
