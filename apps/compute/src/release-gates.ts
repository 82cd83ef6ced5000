import type { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import type { Environment } from '@nightshift/config';
import { metricAlarm } from '@nightshift/stack';
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
    this.alarms = gateAlarms(gates, targets).map((definition) => metricAlarm(this, definition));
  }
}
