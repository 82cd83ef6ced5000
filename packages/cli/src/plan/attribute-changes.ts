import { isDeepStrictEqual } from 'node:util';
import { isValues, maskedValue, mergedMarks } from './masked-value';
import type { AttributeChange } from './planned-change';
import { valueText } from './value-text';

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

/** What differs between before and after, down to the innermost values, inside of JSON texts too. */
export function attributeChanges(change: ValueChange): readonly AttributeChange[] {
  const sensitive = mergedMarks(change.before_sensitive, change.after_sensitive);
  const before = maskedValue(change.before, sensitive, undefined);
  const after = maskedValue(change.after, sensitive, change.after_unknown);
  const forcing = (change.replace_paths ?? []).map((steps) => steps.reduce<string>(joined, ''));
  return differences('', before, after).map((difference) => ({
    ...difference,
    forcesReplacement: forcing.some((path) => isAtOrBelow(difference.path, path)),
  }));
}

function differences(path: string, before: unknown, after: unknown): readonly Difference[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (isValues(before) && isValues(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => differences(joined(path, key), before[key], after[key]));
  }
  if (Array.isArray(before) && Array.isArray(after) && [...before, ...after].some(isValues)) {
    return listDifferences(path, before, after);
  }
  return [{ path, before: valueText(before), after: valueText(after) }];
}

/** Terraform's sets come in any order: what stands in both is taken away, the rest is compared in order. */
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
