import { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import { PlatformStack } from '@nightshift/stack';
import { Construct } from 'constructs';
import { gateAlarms, type GateTargets } from './gate-alarms';

/** The alarms that stop a release and roll it back (R10.4). */
export class ReleaseGates extends Construct {
  readonly alarms: readonly CloudwatchMetricAlarm[];

  constructor(scope: Construct, id: string, targets: GateTargets) {
    super(scope, id);
    const { names, environment } = PlatformStack.of(this);
    this.alarms = gateAlarms(environment.gates, targets).map(
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
