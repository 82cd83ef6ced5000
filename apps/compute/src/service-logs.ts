import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { EncryptionKey, logGroupsUseKey, PlatformStack } from '@nightshift/stack';
import { Construct } from 'constructs';

export interface ServiceLogsProps {
  readonly containerName: string;
  readonly retentionDays: number;
  readonly keyDeletionWindowDays: number;
}

/** The log groups of cluster and task, and their key (R8). No role may create a log group. */
export class ServiceLogs extends Construct {
  readonly keyArn: string;
  /** The log of the batch processor. */
  readonly container: CloudwatchLogGroup;
  /** The log of ECS Exec sessions. */
  readonly exec: CloudwatchLogGroup;
  /**
   * Performance data of Container Insights. AWS dictates the name, and would otherwise create the log group without encryption and
   * retention. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-reference-performance-logs-ECS.html
   */
  readonly insights: CloudwatchLogGroup;

  constructor(scope: Construct, id: string, props: ServiceLogsProps) {
    super(scope, id);
    const stack = PlatformStack.of(this);
    const { names } = stack;
    const { containerName, retentionDays, keyDeletionWindowDays } = props;
    const groupNames = {
      // The qualifier starts with `container`, so that no container name collides with another log group.
      container: names.of('log-group', `container-${containerName}`),
      exec: names.of('log-group', 'exec'),
      insights: `/aws/ecs/containerinsights/${names.of('ecs-cluster')}/performance`,
    };
    const key = new EncryptionKey(this, 'Key', {
      qualifier: 'compute-logs',
      description: 'Log groups and ECS Exec sessions of the batch service',
      deletionWindowDays: keyDeletionWindowDays,
      users: [logGroupsUseKey(stack, Object.values(groupNames))],
    });
    const group = (groupId: string, name: string) =>
      new CloudwatchLogGroup(this, groupId, {
        name,
        retentionInDays: retentionDays,
        kmsKeyId: key.arn,
      });
    this.keyArn = key.arn;
    this.container = group('Container', groupNames.container);
    this.exec = group('Exec', groupNames.exec);
    this.insights = group('Insights', groupNames.insights);
  }
}
