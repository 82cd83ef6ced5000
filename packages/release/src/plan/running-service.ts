import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  type Service,
  type TaskDefinition,
  type TaskSet,
} from '@aws-sdk/client-ecs';
import { DescribeLoadBalancersCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { UserError } from '@nightshift/errors';
import { namesFor } from '@nightshift/naming';
import { type Given, isAnswer } from '../aws-answers';
import { targetGroupName } from '../observe/traffic-watcher';
import type { ReleaseContext } from '../release-context';

/** The version that serves requests now. */
export interface RunningService {
  readonly service: Service;
  readonly primary: TaskSet;
  readonly revision: TaskDefinition;
}

/** @throws {UserError} when the service does not exist, or CodeDeploy does not release it. */
export async function runningService({
  clients,
  target,
}: Pick<ReleaseContext, 'clients' | 'target'>): Promise<RunningService> {
  const service = await findService({ clients, target });
  const primary = primaryTaskSet(service, target);
  const { taskDefinition } = await clients.ecs.send(
    new DescribeTaskDefinitionCommand({ taskDefinition: primary.taskDefinition }),
  );
  return { service, primary, revision: taskDefinition as TaskDefinition };
}

/** @throws {UserError} when CodeDeploy does not release the service. */
export function primaryTaskSet({ taskSets }: Service, target: ReleaseContext['target']): TaskSet {
  const primary = taskSets?.find(({ status }) => status === 'PRIMARY');
  if (primary) return primary;
  throw new UserError({
    where: target.service,
    what: 'the service has no primary task set',
    todo: `deploy the compute stack: ${target.commands.nxRun('compute', 'deploy')}`,
  });
}

/**
 * The ports of the tasks of the service, without duplicates: of every task set with running or desired tasks.
 * Empty without a service.
 */
export async function portsInUse(context: Pick<ReleaseContext, 'clients' | 'target'>): Promise<readonly number[]> {
  try {
    const { taskSets = [] } = await findService(context);
    const ports = taskSets
      .filter(hasTasks)
      .flatMap(({ loadBalancers = [] }) => loadBalancers.map(({ containerPort }) => Number(containerPort)));
    return [...new Set(ports)];
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}

/** The load balancer of a service, and the target groups of its tasks. */
export interface BalancerInUse {
  readonly name: string;
  readonly scheme: string;
  /** Target groups of the task sets with tasks, that of the primary task set first. */
  readonly targetGroups: readonly string[];
  /** The target group of the listeners of a new load balancer. */
  readonly newTargetGroup: string;
}

/** Undefined without a load balancer, or without tasks. */
export async function balancerInUse(
  context: Pick<ReleaseContext, 'clients' | 'target'>,
): Promise<BalancerInUse | undefined> {
  const { clients, target } = context;
  try {
    const { taskSets = [] } = await findService(context);
    const groups = taskSets
      .filter(hasTasks)
      .sort((one, other) => Number(other.status === 'PRIMARY') - Number(one.status === 'PRIMARY'))
      .flatMap(({ loadBalancers = [] }) => loadBalancers.map(({ targetGroupArn }) => String(targetGroupArn)));
    if (groups.length === 0) return undefined;
    const { of } = namesFor(target.suffix);
    const { LoadBalancers = [] } = await clients.elbv2.send(new DescribeLoadBalancersCommand({ Names: [of('alb')] }));
    // AWS's default, which a response may omit.
    const { Scheme = 'internet-facing' } = LoadBalancers[0] ?? {};
    return {
      name: of('alb'),
      scheme: Scheme,
      targetGroups: groups.map(targetGroupName),
      newTargetGroup: of('tg', 'blue'),
    };
  } catch (error) {
    if (error instanceof UserError || isAnswer(error, 'LoadBalancerNotFoundException')) return undefined;
    throw error;
  }
}

function hasTasks({ computedDesiredCount = 0, runningCount = 0 }: TaskSet): boolean {
  return computedDesiredCount > 0 || runningCount > 0;
}

/** @throws {UserError} when there is no service. */
export async function findService({ clients, target }: Pick<ReleaseContext, 'clients' | 'target'>): Promise<Service> {
  const { cluster, service: name } = target;
  try {
    const answer = await clients.ecs.send(new DescribeServicesCommand({ cluster, services: [name] }));
    const service = (answer as Given<typeof answer, 'services'>).services.find(({ status }) => status === 'ACTIVE');
    if (service) return service;
  } catch (error) {
    if (!isAnswer(error, 'ClusterNotFoundException')) throw error;
  }
  throw new UserError({
    where: name,
    what: `the service does not exist in ${target.environment.region}`,
    todo: `deploy it first: ${target.commands.nxRun('compute', 'deploy')}`,
  });
}
