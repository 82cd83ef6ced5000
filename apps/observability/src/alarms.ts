import { type AlarmDefinition, metricAlarm } from '@nightshift/stack';
import { Construct } from 'constructs';

export interface AlarmsProps {
  readonly definitions: readonly AlarmDefinition[];
  /** Notified when an alarm fires and when it recovers. */
  readonly topicArn: string;
}

/** The alarms that notify people (R12.1 to R12.4). */
export class Alarms extends Construct {
  readonly arns: readonly string[];

  constructor(scope: Construct, id: string, { definitions, topicArn }: AlarmsProps) {
    super(scope, id);
    this.arns = definitions.map((definition) => metricAlarm(this, definition, topicArn).arn);
  }
}
