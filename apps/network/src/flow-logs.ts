import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { FlowLog } from '@cdktf/provider-aws/lib/flow-log';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { EncryptionKey, logGroupsUseKey, PlatformStack, policyDocument, serviceTrust } from '@nightshift/stack';
import { Construct } from 'constructs';
import { flowLogStatements } from './flow-log-statements';

export interface FlowLogsProps {
  readonly vpcId: string;
  readonly retentionDays: number;
  readonly keyDeletionWindowDays: number;
}

/** Flow logs of all accepted and rejected traffic in the VPC, in an encrypted log group (R1.4, R8.2, R8.3). */
export class FlowLogs extends Construct {
  constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    const { vpcId, retentionDays, keyDeletionWindowDays } = props;
    const stack = PlatformStack.of(this);
    const { names, partition, region, account } = stack;
    const groupName = names.of('log-group', 'flow');
    const key = new EncryptionKey(this, 'Key', {
      qualifier: 'network',
      description: 'Flow logs of the VPC',
      deletionWindowDays: keyDeletionWindowDays,
      users: [logGroupsUseKey(stack, [groupName])],
    });
    const group = new CloudwatchLogGroup(this, 'LogGroup', {
      name: groupName,
      kmsKeyId: key.arn,
      retentionInDays: retentionDays,
    });
    const role = new IamRole(this, 'Role', {
      name: names.of('iam-role', 'flow-log'),
      assumeRolePolicy: policyDocument([
        serviceTrust({
          service: 'vpc-flow-logs.amazonaws.com',
          sourceAccount: account,
          sourceArn: `arn:${partition}:ec2:${region}:${account}:vpc-flow-log/*`,
        }),
      ]),
    });
    const permissions = new IamRolePolicy(this, 'Permissions', {
      name: names.of('iam-policy', 'flow-log'),
      role: role.id,
      policy: policyDocument(flowLogStatements(group.arn)),
    });
    new FlowLog(this, 'Resource', {
      vpcId,
      trafficType: 'ALL',
      logDestinationType: 'cloud-watch-logs',
      logDestination: group.arn,
      iamRoleArn: role.arn,
      maxAggregationInterval: 60,
      // The permissions exist as long as the flow log.
      dependsOn: [permissions],
      tags: { Name: names.of('flow-log') },
    });
  }
}
