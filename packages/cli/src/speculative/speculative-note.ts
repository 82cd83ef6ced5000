import type { MissingValues } from './missing-values';

/** What a person must know about a plan that was made without all values. */
export function speculativeNote(missing: readonly MissingValues[]): string {
  const absent = missing.filter(({ all }) => all).map(({ stack }) => stack);
  const assumptions = [
    ...(absent.length === 0 ? [] : [notDeployed(absent)]),
    ...missing.filter(({ all }) => !all).map(notPublished),
  ];
  return `speculative: ${assumptions.join('; ')}; this plan cannot be applied`;
}

function notDeployed(stacks: readonly string[]): string {
  return stacks.length === 1
    ? `${stacks.join()} is not deployed yet, its values count as known after apply`
    : `${stacks.join(' and ')} are not deployed yet, their values count as known after apply`;
}

function notPublished({ stack, values }: MissingValues): string {
  const count = values.length === 1 ? 'counts' : 'count';
  return `${stack} does not publish ${values.join(', ')} yet, which ${count} as known after apply`;
}
