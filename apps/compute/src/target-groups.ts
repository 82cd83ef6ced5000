import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import type { Environment } from '@nightshift/config';
import { PlatformStack } from '@nightshift/stack';
import { Construct } from 'constructs';

/**
 * AWS requires a port, although ECS registers each task with its own port. It is not the container's, because the port of a target group
 * cannot be changed, and a target group in use cannot be replaced.
 */
const UNUSED_PORT = 80;

export interface TargetGroupsProps extends Pick<
  Environment['loadBalancer'],
  'healthCheck' | 'deregistrationDelaySeconds'
> {
  readonly vpcId: string;
}

/** The blue and the green target group: one for the current version, the other for the next release (R6.2, R6.3). */
export class TargetGroups extends Construct {
  readonly blue: LbTargetGroup;
  readonly green: LbTargetGroup;

  constructor(scope: Construct, id: string, props: TargetGroupsProps) {
    super(scope, id);
    const { healthCheck, deregistrationDelaySeconds, vpcId } = props;
    const { names } = PlatformStack.of(this);
    const group = (groupId: string, qualifier: string) =>
      new LbTargetGroup(this, groupId, {
        name: names.of('tg', qualifier),
        vpcId,
        targetType: 'ip',
        protocol: 'HTTP',
        port: UNUSED_PORT,
        deregistrationDelay: String(deregistrationDelaySeconds),
        healthCheck: {
          protocol: 'HTTP',
          port: 'traffic-port',
          path: healthCheck.path,
          matcher: '200',
          interval: healthCheck.intervalSeconds,
          timeout: healthCheck.timeoutSeconds,
          healthyThreshold: healthCheck.healthyThreshold,
          unhealthyThreshold: healthCheck.unhealthyThreshold,
        },
      });
    this.blue = group('Blue', 'blue');
    this.green = group('Green', 'green');
  }
}
