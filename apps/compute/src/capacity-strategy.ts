import type { Environment } from '@nightshift/config';

/** One share of a capacity provider strategy: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html */
export interface CapacityShare {
  readonly capacityProvider: 'FARGATE' | 'FARGATE_SPOT';
  readonly weight: number;
  /** The number of tasks before the weights apply. */
  readonly base: number;
}

/** The capacity provider strategy of the tasks (R5.2). Omits a provider without weight, since ECS places no tasks on it. */
export function capacityStrategy({ capacity }: Pick<Environment['service'], 'capacity'>): CapacityShare[] {
  const shares: CapacityShare[] = [
    { capacityProvider: 'FARGATE_SPOT', weight: capacity.spotWeight, base: 0 },
    { capacityProvider: 'FARGATE', weight: capacity.onDemandWeight, base: capacity.onDemandBase },
  ];
  return shares.filter(({ weight }) => weight > 0);
}
