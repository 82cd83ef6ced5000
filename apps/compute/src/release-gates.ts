import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import type { Environment } from '@nightshift/config';
import { PlatformStack } from '@nightshift/stack';
import { Construct } from 'constructs';
import { gateAlarms, type GateTargets } from './gate-alarms';

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
          namespace: 'AWS/ApplicationELB',
          metricName: gate.metricName,
          dimensions: { ...gate.dimensions },
          ...gate.stat,
          period: gate.periodSeconds,
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
