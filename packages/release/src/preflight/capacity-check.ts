import { DescribeClustersCommand } from '@aws-sdk/client-ecs';
import { capacityShares } from '../planning/capacity-shares';
import { findingOf, type Check } from './check';
import type { Surroundings } from './surroundings';

/** The cluster has the capacity that the new tasks are to be spread over (R5.2). */
export function capacityCheck({ clients, target, commands }: Surroundings): Check {
  return {
    title: 'capacity',
    look: async () => {
      const { clusters = [] } = await clients.ecs.send(new DescribeClustersCommand({ clusters: [target.cluster] }));
      const there = clusters[0]?.capacityProviders ?? [];
      const shares = capacityShares(target);
      const missing = shares.filter(({ capacityProvider }) => !there.includes(capacityProvider));
      return findingOf(
        missing.map(({ capacityProvider }) => `${target.cluster} has no capacity provider ${capacityProvider}`),
        shares.map(({ capacityProvider, weight }) => `${capacityProvider} ${String(weight)}`).join(', '),
        `bring it back: ${commands.nxRun('compute', 'deploy')}`,
      );
    },
  };
}
