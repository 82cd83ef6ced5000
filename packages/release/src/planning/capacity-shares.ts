import type { ReleaseRecord } from '../record';
import type { ReleaseTarget } from '../target';

/**
 * The capacity that tasks run on (R5.2), as the compute stack gives it to the service. A provider without weight is left out: ECS would
 * place nothing on it.
 */
export function capacityShares({ environment }: ReleaseTarget): ReleaseRecord['strategy'] {
  const { spotWeight, onDemandWeight, onDemandBase } = environment.service.capacity;
  return [
    { capacityProvider: 'FARGATE_SPOT', weight: spotWeight, base: 0 },
    { capacityProvider: 'FARGATE', weight: onDemandWeight, base: onDemandBase },
  ].filter(({ weight }) => weight > 0);
}
