import type { Service, TaskSet } from '@aws-sdk/client-ecs';
import {
  type Action,
  DescribeListenersCommand,
  DescribeTargetHealthCommand,
  type TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { type Given, isAnswer } from '../aws-answers';
import type { ReleaseContext } from '../release-context';
import type { TaskSetView } from '../snapshot';
import type { Observation, ServiceObservation } from './observation';
import { stoppedByItself, taskId } from './task-watcher';

type Clients = Pick<ReleaseContext['clients'], 'elbv2'>;

/** The share of the traffic by target group ARN, as reported by the load balancer, not by CodeDeploy. */
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
  // A single group can have any weight.
  const total = groups.reduce((sum, { Weight = 1 }) => sum + Weight, 0);
  return groups.map(({ TargetGroupArn: arn, Weight = 1 }) => [String(arn), total === 0 ? 0 : (100 * Weight) / total]);
}

/** The target health and the traffic, by the ARN of the target group. */
export async function targetHealth(
  { elbv2 }: Clients,
  { taskSets = [] }: Service,
  traffic: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<string, readonly TargetHealthDescription[]>> {
  const arns = taskSets.flatMap(({ loadBalancers = [] }) => loadBalancers.map((one) => String(one.targetGroupArn)));
  const health = await Promise.all(
    [...new Set([...arns, ...traffic.keys()])].map(async (arn) => [arn, await healthIn({ elbv2 }, arn)] as const),
  );
  return new Map(health);
}

/** The targets of a group; none if it does not exist. */
export async function healthIn(
  { elbv2 }: Clients,
  TargetGroupArn: string,
): Promise<readonly TargetHealthDescription[]> {
  try {
    const answer = await elbv2.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
    return (answer as Given<typeof answer, 'TargetHealthDescriptions'>).TargetHealthDescriptions;
  } catch (error) {
    if (isAnswer(error, 'TargetGroupNotFoundException')) return [];
    throw error;
  }
}

/** A service with the labels of a deployment, if there is one. */
type Labelled = ServiceObservation & { readonly target?: Observation['target'] };

/** The name in `…:targetgroup/<name>/<id>`. */
export function targetGroupName(arn: string): string {
  return arn.split('/')[1] ?? arn;
}

/** Blue first, then green; a missing one is omitted. */
export function taskSetsOf(observation: Labelled): readonly TaskSetView[] {
  const { taskSets = [] } = observation.service;
  const views = taskSets.map((taskSet) => viewOf(taskSet, labelOf(taskSet, observation), observation));
  return views.sort((one, other) => (one.label < other.label ? -1 : Number(one.label > other.label)));
}

/** The labels of CodeDeploy; before it sets them, the primary task set is blue. */
function labelOf({ id, status }: TaskSet, { target }: Labelled): TaskSetView['label'] {
  // Spelled like this by AWS.
  const label = target?.taskSetsInfo?.find(({ identifer }) => identifer === id)?.taskSetLabel;
  if (label !== undefined) return label === 'Green' ? 'green' : 'blue';
  return status === 'PRIMARY' ? 'blue' : 'green';
}

function viewOf(taskSet: TaskSet, label: TaskSetView['label'], observation: ServiceObservation): TaskSetView {
  const { computedDesiredCount: desired = 0, runningCount: running = 0, pendingCount: pending = 0 } = taskSet;
  const arn = String(taskSet.taskDefinition);
  const groups = (taskSet.loadBalancers ?? []).map(({ targetGroupArn }) => String(targetGroupArn));
  const targets = groups.flatMap((group) => observation.health.get(group) ?? []);
  const tasks = observation.tasks.filter(({ startedBy }) => startedBy === taskSet.id);
  const alive = tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING');
  const on = (provider: string) => alive.filter(({ capacityProviderName }) => capacityProviderName === provider).length;
  return {
    label,
    id: String(taskSet.id),
    version: String(observation.versions.get(arn)),
    taskDefinition: taskId(arn),
    targetGroup: groups.map(targetGroupName).join(', '),
    desired,
    running,
    pending,
    failed: tasks.filter(stoppedByItself).length,
    trafficPercent: Math.round(groups.reduce((sum, group) => sum + (observation.traffic.get(group) ?? 0), 0)),
    healthy: inState(targets, 'healthy'),
    unhealthy: inState(targets, 'unhealthy'),
    draining: inState(targets, 'draining'),
    spot: on('FARGATE_SPOT'),
    onDemand: on('FARGATE'),
  };
}

export function inState(targets: readonly TargetHealthDescription[], state: string): number {
  return targets.filter(({ TargetHealth }) => TargetHealth?.State === state).length;
}
