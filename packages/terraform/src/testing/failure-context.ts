import { everydayCommands } from '@nightshift/errors';
import type { SynthesizedStack } from '../synthesized-stack';

/** A stack `compute` of the environment `dev`, for messages. */
export function stackForMessages(overrides: Partial<SynthesizedStack> = {}): SynthesizedStack {
  return {
    name: 'compute',
    suffix: 'dev',
    directory: '/out/dev/stacks/compute',
    constructPath: (address) => (address === 'aws_ecs_cluster.Cluster_1A' ? 'compute/Cluster/Resource' : undefined),
    addresses: new Set(),
    valuesFrom: () => ['private_subnet_ids_0', 'vpc_id'],
    allowedAccounts: [],
    requiredProviders: {},
    backend: {},
    ...overrides,
  };
}

export function commandsForMessages({ suffix }: SynthesizedStack) {
  return everydayCommands({ name: suffix, suffix });
}
