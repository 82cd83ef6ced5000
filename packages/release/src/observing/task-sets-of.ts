import type { TaskSet } from '@aws-sdk/client-ecs';
import type { TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { TaskSetView } from '../snapshot';
import type { Observation } from './observation';
import { stoppedByItself } from './stopped-by-itself';
import { taskId } from './task-watcher';

/** Blue first, then green; one that is not there (any more) is left out. */
export function taskSetsOf(observation: Observation): readonly TaskSetView[] {
  const { taskSets = [] } = observation.service;
  const views = taskSets.map((taskSet) => viewOf(taskSet, labelOf(taskSet, observation), observation));
  return views.sort((one, other) => (one.label < other.label ? -1 : Number(one.label > other.label)));
}

/** As CodeDeploy labels them; before it does, what ECS has as the primary one is blue. */
function labelOf({ id, status }: TaskSet, { target }: Observation): TaskSetView['label'] {
  // Spelled like this by AWS.
  const label = target?.taskSetsInfo?.find(({ identifer }) => identifer === id)?.taskSetLabel;
  if (label !== undefined) return label === 'Green' ? 'green' : 'blue';
  return status === 'PRIMARY' ? 'blue' : 'green';
}

function viewOf(taskSet: TaskSet, label: TaskSetView['label'], observation: Observation): TaskSetView {
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

function inState(targets: readonly TargetHealthDescription[], state: string): number {
  return targets.filter(({ TargetHealth }) => TargetHealth?.State === state).length;
}
