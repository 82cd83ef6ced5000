import { isDeepStrictEqual } from 'node:util';
import type { Change, ResourceChange, TerraformPlan } from '@nightshift/terraform';
import type { Immutable } from '@nightshift/console/json';
import { z } from 'zod';
import { isValues, maskedValue, mergedMarks, Unknown, valuesByName, valueText } from './masked-value';

/** The changes of a plan, or changes outside of Terraform (drift). */
export interface PlanChanges {
  readonly kind: 'plan' | 'drift';
  readonly resources: readonly PlannedChange[];
  readonly outputs: readonly AttributeChange[];
}

export const noChanges: PlanChanges = { kind: 'plan', resources: [], outputs: [] };

interface PlannedResource extends ResourceChange {
  /** The address before a move. */
  readonly previous_address?: string;
  readonly change: Change & ValueChange & { readonly importing?: object };
}

const KNOWN_LATER = new Unknown().toJSON();

/** Reads a plan, or with `drift` what has changed outside of Terraform. Data sources and unchanged resources are omitted. */
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
      if (action === undefined) return [];
      const change = plannedChange(resource, action, constructPath);
      return [{ ...change, reason: recreatedReason(resource, resources) ?? change.reason }];
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
    // All computed attributes of a new resource are unknown, so they are left out.
    attributes: attributes.filter(
      ({ after, forcesReplacement }) => action !== 'replace' || forcesReplacement || after !== KNOWN_LATER,
    ),
  };
}

/**
 * For a resource that is destroyed and created again at another address, as after a rename of its construct. Terraform
 * calls that a destroy and a create; a reader needs to know that both are the same resource.
 */
function recreatedReason({ type, change }: PlannedResource, resources: readonly PlannedResource[]): string | undefined {
  if (actionKey(change) !== 'delete') return undefined;
  const ofType = (action: string) =>
    resources.filter((other) => other.type === type && actionKey(other.change) === action);
  const created = ofType('create');
  const again =
    created.find((other) => isSameConfiguration(change.before, other.change.after)) ??
    (ofType('delete').length === 1 && created.length === 1 ? created[0] : undefined);
  if (again === undefined) return undefined;
  return `and created again as ${again.address}: was its construct renamed? Keep it with moveTo (CONTRIBUTING.md)`;
}

function actionKey({ actions }: Change): string {
  return actions.join();
}

/** Whether each known value equals the value of the deployed resource. */
function isSameConfiguration(before: unknown, after: unknown): boolean {
  if (!isValues(before) || !isValues(after)) return false;
  return Object.entries(after).every(([key, value]) => value === null || isDeepStrictEqual(value, before[key]));
}

/** An output is a single value. As an attribute with its name, it is compared like other attributes. */
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

export const attributeChange = z
  .object({
    path: z.string().describe('Such as `tags.Owner` or `container_definitions[0].image`.'),
    before: z.string(),
    after: z.string(),
    forcesReplacement: z.boolean(),
  })
  .describe('A value that changes, as text for people: shortened, secrets hidden.');

export type AttributeChange = Immutable<z.output<typeof attributeChange>>;

const plannedAction = z.enum(['create', 'update', 'replace', 'delete', 'remove', 'import', 'move']);

export type PlannedAction = z.output<typeof plannedAction>;

export const plannedChangeSchema = z
  .object({
    address: z.string().describe('Address of Terraform, such as `aws_vpc.Vpc_1A2B`.'),
    constructPath: z
      .string()
      .optional()
      .describe('Such as `network/Vpc/Resource`; absent if it is not in the configuration.'),
    action: plannedAction,
    reason: z.string().optional().describe('A phrase that begins with "because", "from" or "and".'),
    attributes: z.array(attributeChange).describe('Of updates and replacements; empty for others.'),
  })
  .describe('One resource that a plan would touch, or that has drifted.');

export type PlannedChange = Immutable<z.output<typeof plannedChangeSchema>>;

/**
 * Why Terraform plans an action, by `action_reason`;
 * https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
 */
const reasons: Readonly<Record<string, string>> = {
  replace_because_tainted: 'because a failed run has left it incomplete',
  replace_by_request: 'because it was asked for',
  replace_by_triggers: 'because something that it depends on changes',
  delete_because_no_resource_config: 'because the configuration no longer has it',
  delete_because_no_move_target: 'because it was moved to an address that the configuration does not have',
};

/** A phrase, or undefined without a reason. */
export function reasonText(reason: string | undefined, forcing: readonly string[]): string | undefined {
  if (reason === 'replace_because_cannot_update') {
    return forcing.length === 0
      ? 'because it cannot be changed in place'
      : `because ${forcing.join(', ')} cannot be changed in place`;
  }
  return reason === undefined ? undefined : reasons[reason];
}

/** A change in Terraform's plan; https://developer.hashicorp.com/terraform/internals/json-format#change-representation */
export interface ValueChange {
  readonly before: unknown;
  readonly after: unknown;
  readonly after_unknown?: unknown;
  readonly before_sensitive?: unknown;
  readonly after_sensitive?: unknown;
  /** The attributes that cannot change in place. */
  readonly replace_paths?: readonly (readonly (string | number)[])[];
}

type Difference = Omit<AttributeChange, 'forcesReplacement'>;

/** The differences between before and after, down to the innermost values, also in JSON texts. */
export function attributeChanges(change: ValueChange): readonly AttributeChange[] {
  const sensitive = mergedMarks(change.before_sensitive, change.after_sensitive);
  const before = maskedValue(change.before, sensitive, undefined);
  const after = maskedValue(change.after, sensitive, change.after_unknown);
  const forcing = (change.replace_paths ?? []).map((steps) => steps.reduce<string>(joined, ''));
  const shown = differences('', before, after).filter(
    (difference) => !isEmptyOnBothSides(difference) || forcing.includes(difference.path),
  );
  return shown.map((difference) => ({
    ...difference,
    forcesReplacement: forcing.some((path) => isAtOrBelow(difference.path, path)),
  }));
}

const EMPTY = ['(none)', '""', '[]', '{}'];

/** AWS returns an empty value for one that is not set, and Terraform replaces it with none. */
function isEmptyOnBothSides({ before, after }: Difference): boolean {
  return EMPTY.includes(before) && EMPTY.includes(after);
}

function differences(path: string, before: unknown, after: unknown): readonly Difference[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (isValues(before) && isValues(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => differences(joined(path, key), before[key], after[key]));
  }
  if (Array.isArray(before) && Array.isArray(after) && [...before, ...after].some(isValues)) {
    const [valuesBefore, valuesAfter] = [valuesByName(before), valuesByName(after)];
    if (valuesBefore && valuesAfter) return differences(path, valuesBefore, valuesAfter);
    return listDifferences(path, before, after);
  }
  return [{ path, before: valueText(before), after: valueText(after) }];
}

/** Terraform's sets have no order: equal elements are removed, and the others are compared in order. */
function listDifferences(path: string, before: readonly unknown[], after: readonly unknown[]): readonly Difference[] {
  const gone = before.filter((one) => !after.some((other) => isDeepStrictEqual(one, other)));
  const come = [...after.entries()].filter(([, one]) => !before.some((other) => isDeepStrictEqual(one, other)));
  const length = Math.max(gone.length, come.length);
  const pairs = Array.from({ length }, (_, index) => {
    const [position, value] = come[index] ?? [before.indexOf(gone[index]), undefined];
    return differences(joined(path, position), gone[index], value);
  });
  return pairs.flat();
}

/** `tags`, `tags.Owner`, `tags["a b"]`, `ingress[0]` */
function joined(path: string, step: string | number): string {
  if (typeof step === 'number') return `${path}[${String(step)}]`;
  if (!/^[\w:-]+$/.test(step)) return `${path}[${JSON.stringify(step)}]`;
  return path === '' ? step : `${path}.${step}`;
}

function isAtOrBelow(path: string, ancestor: string): boolean {
  return path === ancestor || path.startsWith(`${ancestor}.`) || path.startsWith(`${ancestor}[`);
}
