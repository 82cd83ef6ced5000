import type { Environment } from '@nightshift/config';
import type { Model } from '../model/model';
import { blocks, shown, type Attributes } from '../model/value';
import { rule, type Finding } from '../rule';

/** Where each type says which capacity tasks run on. */
const STRATEGIES: Readonly<Record<string, string>> = {
  aws_ecs_service: 'capacity_provider_strategy',
  aws_ecs_cluster_capacity_providers: 'default_capacity_provider_strategy',
};

interface Share {
  readonly provider: string;
  readonly weight: number;
  readonly base: number;
}

export const spotShare = rule({
  id: 'spot-share',
  severity: 'error',
  what: 'tasks are shared between Spot and on-demand capacity by the weights that are configured',
  why: 'A launch type turns the shares off, and another share costs more or can lose more tasks at once than was decided.',
  sources: [
    'R5.2',
    'R3.2',
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html',
  ],
  appliesTo: (model) => model.all(...Object.keys(STRATEGIES)),
  check({ type, attributes }, model) {
    const attribute = String(STRATEGIES[type]);
    const shares = blocks(attributes[attribute]).map(shareOf);
    return [...launchTypeOf(attributes), ...sharesOf(attribute, shares, model), ...basesOf(attribute, shares)];
  },
});

function shareOf(block: Attributes): Share {
  return {
    provider: shown(block['capacity_provider']),
    weight: Number(block['weight'] ?? 0),
    base: Number(block['base'] ?? 0),
  };
}

function launchTypeOf({ launch_type: type }: Attributes): Finding[] {
  return type ? [{ got: `launch_type ${shown(type)}`, fix: 'remove it: it takes the place of the strategy' }] : [];
}

function sharesOf(attribute: string, shares: readonly Share[], { environment }: Model): Finding[] {
  const got = described(shares);
  const wanted = environment && described(configured(environment));
  if (wanted === undefined ? shares.length > 0 : got === wanted) return [];
  return [{ got: `${attribute} ${got}`, fix: wanted === undefined ? 'add one' : `make it ${wanted}` }];
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html */
function basesOf(attribute: string, shares: readonly Share[]): Finding[] {
  const bases = shares.filter(({ base }) => base > 0).length;
  return bases > 1 ? [{ got: `${attribute} with ${bases} bases`, fix: 'leave a base on one: AWS allows no more' }] : [];
}

function configured({ service: { capacity } }: Environment): Share[] {
  return [
    { provider: 'FARGATE_SPOT', weight: capacity.spotWeight, base: 0 },
    { provider: 'FARGATE', weight: capacity.onDemandWeight, base: capacity.onDemandBase },
  ];
}

/** The same text for the same shares, in whatever order. A provider without weight gets no tasks. */
function described(shares: readonly Share[]): string {
  const parts = shares
    .filter(({ weight }) => weight > 0)
    .map(({ provider, weight, base }) => `${provider} ${weight}${base > 0 ? ` after ${base}` : ''}`);
  return parts.sort().join(', ') || 'none';
}
