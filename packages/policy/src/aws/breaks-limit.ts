import { isAttributes, shown, type Value } from '../model/value';
import type { Finding } from '../rule';
import type { ServiceLimit } from './service-limits.json';

/** A limit with its pattern as a program. AWS's patterns are for the whole text, with or without saying so. */
export interface UsableLimit extends ServiceLimit {
  readonly expression: RegExp | undefined;
}

/** Letters of other scripts need another mode. */
export function usableLimit(limit: ServiceLimit): UsableLimit {
  const { pattern } = limit;
  if (pattern === undefined) return { ...limit, expression: undefined };
  return { ...limit, expression: new RegExp(`^(?:${pattern})$`, /\\[pu]\{/.test(pattern) ? 'su' : 's') };
}

/** What is wrong with one value; texts that are only known after apply are not. */
export function breaksLimit(value: Value, limit: UsableLimit): Finding[] {
  if (typeof value === 'string' && value.includes('${')) return [];
  const { kind, path, min = -Infinity, max = Infinity, pattern, expression, words, source } = limit;
  const broken = (unit: string, fix: string) => [
    { got: `${path} ${cut(shown(value))}${unit}`, fix: `${fix} (${source})` },
  ];
  if (words && !words.some((word) => String(word) === String(value))) {
    return broken('', `use one of ${words.join(', ')}`);
  }
  const size = sizeOf(value, limit);
  if (size !== undefined && (size < min || size > max)) return broken(UNITS[kind](size), rangeOf(limit));
  if (typeof value !== 'string' || expression?.test(value) !== false) return [];
  return broken('', `use only what ${String(pattern)} matches`);
}

const UNITS: Readonly<Record<ServiceLimit['kind'], (size: number) => string>> = {
  length: (size) => `, ${String(size)} characters`,
  items: (size) => `, ${String(size)} items`,
  value: () => '',
};

const LONGEST = 60;

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** @returns undefined for a value of another type, which Terraform itself refuses */
function sizeOf(value: Value, { kind }: ServiceLimit): number | undefined {
  if (kind === 'length') return typeof value === 'string' ? value.length : undefined;
  if (kind === 'value') return Number(value);
  if (Array.isArray(value)) return value.length;
  return isAttributes(value) ? Object.keys(value).length : undefined;
}

function rangeOf({ min, max }: ServiceLimit): string {
  if (min === undefined) return `use ${String(max)} at most`;
  return max === undefined ? `use ${String(min)} at least` : `use ${String(min)} to ${String(max)}`;
}
