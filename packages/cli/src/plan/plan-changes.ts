import type { Change, ResourceChange, TerraformPlan } from '@nightshift/terraform';
import { reasonText } from './action-reasons';
import { attributeChanges, type ValueChange } from './attribute-changes';
import type { AttributeChange, PlannedAction, PlannedChange } from './planned-change';
import { Unknown } from './masked-value';

/** What a plan would do, or what others have done. */
export interface PlanChanges {
  readonly kind: 'plan' | 'drift';
  readonly resources: readonly PlannedChange[];
  readonly outputs: readonly AttributeChange[];
}

export const noChanges: PlanChanges = { kind: 'plan', resources: [], outputs: [] };

interface PlannedResource extends ResourceChange {
  /** Where it was before a move. */
  readonly previous_address?: string;
  readonly change: Change & ValueChange & { readonly importing?: object };
}

const KNOWN_LATER = new Unknown().toJSON();

/** Reads a plan, or with `drift` what has changed outside of Terraform. Data sources and what stays the same are left out. */
export function planChanges(
  plan: TerraformPlan,
  constructPath: (address: string) => string | undefined,
  { drift = false }: { readonly drift?: boolean } = {},
): PlanChanges {
  const resources = (drift ? plan.resource_drift : plan.resource_changes) ?? [];
  return {
    kind: drift ? 'drift' : 'plan',
    resources: resources.flatMap((resource) => {
      const action = actionOf(resource);
      return action === undefined ? [] : [plannedChange(resource, action, constructPath)];
    }),
    outputs: Object.entries<ValueChange>(plan.output_changes ?? {}).flatMap(([name, change]) =>
      attributeChanges({ ...change, ...inside(name, change) }),
    ),
  };
}

function actionOf({ mode, change, previous_address: moved }: PlannedResource): PlannedAction | undefined {
  if (mode === 'data') return undefined;
  if (change.actions.length === 2) return 'replace';
  if (change.importing) return 'import';
  const [action] = change.actions;
  switch (action) {
    case 'create':
    case 'update':
    case 'delete':
      return action;
    case 'forget':
      return 'remove';
    case 'no-op':
    case 'read':
    case undefined:
      return moved === undefined ? undefined : 'move';
  }
}

function plannedChange(
  { address, change, action_reason: reason, previous_address: moved }: PlannedResource,
  action: PlannedAction,
  constructPath: (address: string) => string | undefined,
): PlannedChange {
  const attributes = action === 'update' || action === 'replace' ? attributeChanges(change) : [];
  const forcing = attributes.filter(({ forcesReplacement }) => forcesReplacement).map(({ path }) => path);
  return {
    address,
    constructPath: constructPath(address),
    action,
    reason: moved === undefined ? reasonText(reason, forcing) : `from ${moved}`,
    // Of a new resource everything that AWS gives is unknown: that says nothing.
    attributes: attributes.filter(
      ({ after, forcesReplacement }) => action !== 'replace' || forcesReplacement || after !== KNOWN_LATER,
    ),
  };
}

/** An output is a value of its own; as an attribute of that name it is compared like one. */
function inside(name: string, change: ValueChange): ValueChange {
  const wrap = (value: unknown) => ({ [name]: value });
  return {
    before: wrap(change.before),
    after: wrap(change.after),
    after_unknown: wrap(change.after_unknown),
    before_sensitive: wrap(change.before_sensitive),
    after_sensitive: wrap(change.after_sensitive),
  };
}
