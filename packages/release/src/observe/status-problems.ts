import type { DeploymentSettings } from '../plan/deployment-settings';
import type { StatusProblem, ServiceStatus, TargetGroupView } from '../snapshot';
import { awsCommand, type ReleaseTarget } from '../target';

interface Context {
  readonly target: ReleaseTarget;
  readonly settings: Pick<DeploymentSettings, 'productionListeners'>;
  /** ARN of the target group of the primary task set. */
  readonly primaryGroup: string;
}

/** The problems of a service that need an action of the user. */
export function statusProblems(status: Omit<ServiceStatus, 'problems'>, context: Context): readonly StatusProblem[] {
  const stable = status.deploymentId === undefined;
  return [
    ...(stable ? strayTraffic(status, context) : []),
    ...(stable ? surplusTaskSets(status, context) : []),
    ...(stable ? suspendedScaling(status, context) : []),
    ...unhealthy(status, context),
    ...endangeredImages(status),
    ...firingGates(status, context),
  ];
}

/**
 * Traffic that does not go to the primary task set. The fix sends all traffic to the group with the most healthy targets, which users need
 * first.
 */
function strayTraffic(
  { targetGroups }: Pick<ServiceStatus, 'targetGroups'>,
  { target, settings, primaryGroup }: Context,
): readonly StatusProblem[] {
  const astray = targetGroups.filter(({ arn, trafficPercent }) => arn !== primaryGroup && trafficPercent > 0);
  if (astray.length === 0) return [];
  const shares = astray.map(({ name, trafficPercent }) => `${String(trafficPercent)} % of the traffic goes to ${name}`);
  const healthiest = mostHealthy(targetGroups);
  const primary = targetGroups.find(({ arn }) => arn === primaryGroup);
  const best = primary && (primary.healthy > 0 || healthiest.healthy === 0) ? primary : healthiest;
  const commands = settings.productionListeners.map((listener) =>
    awsCommand(
      target.environment,
      `elbv2 modify-listener --listener-arn ${listener} --default-actions Type=forward,TargetGroupArn=${best.arn}`,
    ),
  );
  return [
    {
      severity: 'act',
      what: `${shares.join(', ')}, which is not the target group of the primary task set, and no release is in progress`,
      todo: `return all traffic to ${best.name} (healthy targets: ${String(best.healthy)}): ${commands.join('; ')}`,
    },
  ];
}

function mostHealthy(groups: readonly TargetGroupView[]): TargetGroupView {
  return groups.reduce((best, group) => (group.healthy > best.healthy ? group : best));
}

/** CodeDeploy removes a task set by the same call: https://docs.aws.amazon.com/codedeploy/latest/userguide/getting-started-create-service-role.html */
function surplusTaskSets(
  { taskSets, targetGroups }: Pick<ServiceStatus, 'taskSets' | 'targetGroups'>,
  { target }: Context,
): readonly StatusProblem[] {
  const surplus = taskSets.filter(({ label, desired, running }) => label === 'green' && desired + running > 0);
  return surplus.map(({ id, version, running, targetGroup }) => {
    const place = `--cluster ${target.cluster} --service ${target.service}`;
    const remove = awsCommand(target.environment, `ecs delete-task-set ${place} --task-set ${id} --force`);
    const hasTraffic = targetGroups.some(({ name, trafficPercent }) => name === targetGroup && trafficPercent > 0);
    return {
      severity: 'act',
      what: `${String(running)} tasks of ${version} (task set ${id}, ${targetGroup}) run beside the primary task set, and no release is in progress`,
      todo: hasTraffic ? `remove them after the traffic has returned: ${remove}` : `remove them: ${remove}`,
    };
  });
}

const dimensions = {
  DynamicScalingInSuspended: 'scale-in',
  DynamicScalingOutSuspended: 'scale-out',
  ScheduledScalingSuspended: 'scheduled scaling',
} as const;

/** The parts of auto-scaling that are suspended. */
export function suspendedParts(scaling: ServiceStatus['scaling']): readonly string[] {
  return suspendedKeys(scaling).map((key) => dimensions[key]);
}

function suspendedKeys(scaling: ServiceStatus['scaling']): readonly (keyof typeof dimensions)[] {
  const keys = Object.keys(dimensions) as (keyof typeof dimensions)[];
  return keys.filter((key) => scaling?.suspended[key] === true);
}

/** Auto-scaling that is suspended while no release is in progress. */
export function suspendedScaling(
  { scaling }: Pick<ServiceStatus, 'scaling'>,
  { target }: Pick<Context, 'target'>,
): readonly StatusProblem[] {
  const keys = suspendedKeys(scaling);
  if (keys.length === 0) return [];
  const state = keys.map((key) => `${key}=false`);
  const place = `--service-namespace ecs --scalable-dimension ecs:service:DesiredCount --resource-id ${target.scalableResourceId}`;
  const resume = `application-autoscaling register-scalable-target ${place} --suspended-state ${state.join(',')}`;
  return [
    {
      severity: 'warning',
      what: `auto-scaling of the service is suspended (${suspendedParts(scaling).join(', ')}), and no release is in progress`,
      todo: `if nobody suspended it on purpose, resume it: ${awsCommand(target.environment, resume)}`,
    },
  ];
}

function unhealthy(
  { taskSets, events, stoppedTasks }: Pick<ServiceStatus, 'taskSets' | 'events' | 'stoppedTasks'>,
  { target }: Context,
): readonly StatusProblem[] {
  const primary = taskSets.find(({ label }) => label === 'blue');
  if (!primary || primary.healthy >= primary.desired) return [];
  const reason = stoppedTasks.at(-1)?.reason ?? events.at(-1)?.text;
  return [
    {
      severity: 'warning',
      what: `${String(primary.healthy)} of ${String(primary.desired)} tasks of the primary task set are healthy${reason === undefined ? '' : `: ${reason}`}`,
      todo: `read their logs: ${target.commands.nightshift('logs')}`,
    },
  ];
}

function endangeredImages({ images }: Pick<ServiceStatus, 'images'>): readonly StatusProblem[] {
  return images.mark === 'OK' ? [] : [{ severity: 'warning', what: images.detail, todo: String(images.remedy) }];
}

function firingGates({ gates }: Pick<ServiceStatus, 'gates'>, { target }: Context): readonly StatusProblem[] {
  return gates
    .filter(({ state }) => state === 'ALARM')
    .map(({ name, reason }) => ({
      severity: 'warning',
      what: `${name} is in ALARM${reason === undefined ? '' : `: ${reason}`}`,
      todo: `find the cause, since CodeDeploy refuses a release while it lasts: ${awsCommand(target.environment, `cloudwatch describe-alarm-history --alarm-name ${name}`)}`,
    }));
}
