import {
  DescribeListenersCommand,
  DescribeTargetHealthCommand,
  type Action,
  type TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Service } from '@aws-sdk/client-ecs';
import { isAnswer } from '../aws-failure';
import type { Given } from '../given';
import type { ReleaseContext } from '../release-context';

type Clients = Pick<ReleaseContext['clients'], 'elbv2'>;

/** What the load balancer does, not what CodeDeploy says that it does: the share of the traffic by the ARN of the target group. */
export async function trafficShares(
  { elbv2 }: Clients,
  listenerArns: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const answer = await elbv2.send(new DescribeListenersCommand({ ListenerArns: [...listenerArns] }));
  const { Listeners } = answer as Given<typeof answer, 'Listeners'>;
  return new Map(Listeners.flatMap(({ DefaultActions = [] }) => DefaultActions).flatMap(sharesOf));
}

function sharesOf({ TargetGroupArn, ForwardConfig }: Action): (readonly [string, number])[] {
  const groups = ForwardConfig?.TargetGroups ?? [];
  if (groups.length === 0) return TargetGroupArn === undefined ? [] : [[TargetGroupArn, 100]];
  // One group alone may have any weight.
  const total = groups.reduce((sum, { Weight = 1 }) => sum + Weight, 0);
  return groups.map(({ TargetGroupArn: arn, Weight = 1 }) => [String(arn), total === 0 ? 0 : (100 * Weight) / total]);
}

/** The targets behind each task set, by the ARN of the target group. */
export async function targetHealth(
  { elbv2 }: Clients,
  { taskSets = [] }: Service,
): Promise<ReadonlyMap<string, readonly TargetHealthDescription[]>> {
  const arns = taskSets.flatMap(({ loadBalancers = [] }) => loadBalancers.map((one) => String(one.targetGroupArn)));
  const health = await Promise.all(
    [...new Set(arns)].map(async (arn) => [arn, await healthIn({ elbv2 }, arn)] as const),
  );
  return new Map(health);
}

async function healthIn({ elbv2 }: Clients, TargetGroupArn: string): Promise<readonly TargetHealthDescription[]> {
  try {
    const answer = await elbv2.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
    return (answer as Given<typeof answer, 'TargetHealthDescriptions'>).TargetHealthDescriptions;
  } catch (error) {
    if (isAnswer(error, 'TargetGroupNotFoundException')) return [];
    throw error;
  }
}
