import type { TerraformPlan } from '@nightshift/terraform';
import { planChanges, type PlanChanges } from '../plan/plan-changes';
import type { AttributeChange, PlannedChange } from '../plan/planned-change';

export interface Drift {
  /** What others have changed and a deploy would put right. */
  readonly changes: PlanChanges;
  /** How many resources a deploy would touch for another reason: the configuration has changed. */
  readonly pending: number;
}

/**
 * Tells drift from all else that differs between the state and the world. AWS fills in values after a resource was made
 * (addresses, attachments, empty lists): those differ as well, but nobody has to act on them. So only that counts which a plan
 * would change back.
 */
export function driftChanges(plan: TerraformPlan, constructPath: (address: string) => string | undefined): Drift {
  const planned = new Map(planChanges(plan, constructPath).resources.map((change) => [change.address, change]));
  const changes = planChanges(plan, constructPath, { drift: true });
  const resources = changes.resources.flatMap((drifted) => putRight(drifted, planned.get(drifted.address)) ?? []);
  const addresses = new Set(resources.map(({ address }) => address));
  return {
    changes: { ...changes, resources, outputs: [] },
    pending: [...planned.keys()].filter((address) => !addresses.has(address)).length,
  };
}

/** The part of a difference that a plan would change back. */
function putRight(drifted: PlannedChange, planned: PlannedChange | undefined): PlannedChange | undefined {
  if (!planned) return undefined;
  if (drifted.action !== 'update') return drifted;
  const attributes = drifted.attributes.filter((one) => planned.attributes.some((other) => overlap(one, other)));
  return attributes.length === 0 ? undefined : { ...drifted, attributes };
}

/** Whether one is the other or a part of it: `ingress` and `ingress[0].from_port`. */
function overlap({ path: one }: AttributeChange, { path: other }: AttributeChange): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return long.startsWith(short) && /^$|^[.[]/.test(long.slice(short.length));
}
