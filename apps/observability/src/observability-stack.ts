import { CloudwatchDashboard } from '@cdktf/provider-aws/lib/cloudwatch-dashboard';
import type { ComputeOutputs } from '@nightshift/compute';
import { PlatformStack, type PlatformStackProps } from '@nightshift/stack';
import type { Construct } from 'constructs';
import { alarmDefinitions } from './alarm-definitions';
import { Alarms } from './alarms';
import { AlertTopic } from './alert-topic';
import { dashboardBody } from './dashboard-body';
import { EventNotifications } from './event-notifications';
import { notifications } from './notifications';
import { serviceMetrics } from './service-metrics';

export interface ObservabilityStackProps extends PlatformStackProps {
  readonly compute: ComputeOutputs;
}

export interface ObservabilityOutputs {
  readonly topic_arn: string;
  readonly dashboard_name: string;
}

/** Topic, alarms, event rules and dashboard of the service (R12). */
export class ObservabilityStack extends PlatformStack {
  readonly outputs: ObservabilityOutputs;

  constructor(scope: Construct, id: string, { environment, compute }: ObservabilityStackProps) {
    super(scope, id, { environment });
    const metrics = serviceMetrics(compute, environment.container.name);

    const topic = new AlertTopic(this, 'AlertTopic', {
      emails: environment.alarms.emails,
      keyDeletionWindowDays: environment.encryption.deletionWindowDays,
    });
    const alarms = new Alarms(this, 'Alarms', {
      definitions: alarmDefinitions(environment, metrics),
      topicArn: topic.arn,
    });
    new EventNotifications(this, 'Events', { notifications: notifications(compute), topicArn: topic.arn });
    const dashboard = new CloudwatchDashboard(this, 'Dashboard', {
      dashboardName: this.names.of('dashboard'),
      dashboardBody: JSON.stringify(
        dashboardBody({
          environment,
          compute,
          metrics,
          region: this.region,
          alarmArns: [...alarms.arns, ...compute.gate_alarm_arns, compute.scale_in_alarm_arn],
        }),
      ),
    });

    this.outputs = this.publish({ topic_arn: topic.arn, dashboard_name: dashboard.dashboardName });
  }
}
