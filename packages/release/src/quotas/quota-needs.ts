import type { Environment } from '@nightshift/config';
import type { ReleaseRecord } from '../record';

/** A quota of the account in a region, and the need of an environment. */
export interface QuotaNeed {
  /** Name of the quota in AWS. */
  readonly name: string;
  readonly serviceCode: string;
  readonly quotaCode: string;
  readonly unit: string;
  /** The value that is needed in any case. */
  readonly certain: number;
  /** The purpose, such as `a release of 3 tasks`. */
  readonly certainFor: string;
  /** The value that is needed at the maximum size of the environment. */
  readonly possible: number;
  readonly possibleFor: string;
  /** The quota value to request: sufficient for a release at maximum capacity. */
  readonly sufficient: number;
}

/** https://docs.aws.amazon.com/general/latest/gr/ecs-service.html#limits_fargate */
const FARGATE_QUOTAS = {
  FARGATE: { name: 'Fargate On-Demand vCPU resource count', serviceCode: 'fargate', quotaCode: 'L-3032A538' },
  FARGATE_SPOT: { name: 'Fargate Spot vCPU resource count', serviceCode: 'fargate', quotaCode: 'L-36FBB829' },
};

type Strategy = ReleaseRecord['strategy'];

/** The vCPUs of a number of tasks on one capacity provider. */
export function vcpusOn(provider: string, count: number, strategy: Strategy, { task }: Pick<Environment, 'task'>) {
  const index = strategy.findIndex(({ capacityProvider }) => capacityProvider === provider);
  return Number(tasksOn(count, strategy)[index]) * (task.cpu / 1024);
}

/** A release runs the desired tasks twice; auto-scaling may bring their number to the maximum. */
export function fargateNeeds(
  environment: Pick<Environment, 'task' | 'scaling'>,
  strategy: Strategy,
  desired: number,
): readonly (QuotaNeed & { readonly provider: string })[] {
  const { maximum } = environment.scaling;
  return strategy.map(({ capacityProvider }) => {
    const vcpus = (count: number) => vcpusOn(capacityProvider, count, strategy, environment);
    const certain = 2 * vcpus(desired);
    return {
      ...FARGATE_QUOTAS[capacityProvider as keyof typeof FARGATE_QUOTAS],
      provider: capacityProvider,
      unit: 'vCPU',
      certain,
      certainFor: `a release of ${String(desired)} ${desired === 1 ? 'task' : 'tasks'}`,
      possible: vcpus(maximum),
      possibleFor: `scaling.maximum of ${String(maximum)} tasks`,
      sufficient: Math.ceil(Math.max(certain, 2 * vcpus(maximum))),
    };
  });
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
export function networkNeeds({
  network,
}: Pick<Environment, 'network'>): readonly [vpcs: QuotaNeed, addresses: QuotaNeed] {
  const gateways = { none: 0, single: 1, 'one-per-zone': 3 }[network.natGateways];
  const need = (count: number, what: string) => ({
    certain: count,
    certainFor: what,
    possible: count,
    possibleFor: what,
    sufficient: count,
  });
  return [
    {
      name: 'VPCs per Region',
      serviceCode: 'vpc',
      quotaCode: 'L-F678F1CE',
      unit: 'VPCs',
      ...need(1, 'the environment'),
    },
    {
      name: 'EC2-VPC Elastic IPs',
      serviceCode: 'ec2',
      quotaCode: 'L-0263D0A3',
      unit: 'addresses',
      ...need(gateways, `${String(gateways)} NAT ${gateways === 1 ? 'gateway' : 'gateways'}`),
    },
  ];
}

/**
 * Distributes tasks as ECS does: the base first, then each task to the provider with the fewest tasks for its weight.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/cluster-capacity-providers.html#capacity-providers-considerations
 */
function tasksOn(count: number, strategy: Strategy): readonly number[] {
  const tasks = strategy.map(() => 0);
  for (let task = 0; task < count; task++) {
    const loads = strategy.map(({ base, weight }, index) => {
      const own = Number(tasks[index]);
      return own < base ? -1 : (own + 1 - base) / weight;
    });
    const next = loads.indexOf(Math.min(...loads));
    tasks[next] = Number(tasks[next]) + 1;
  }
  return tasks;
}
