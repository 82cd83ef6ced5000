import { isAttributes, shown, type Value } from '../model/value';
import type { Finding } from '../rule';
import type { ServiceLimit } from './service-limits.json';

/** What is wrong with one value; texts that are only known after apply are not. */
export function breaksLimit(value: Value, limit: ServiceLimit): Finding[] {
  if (typeof value === 'string' && value.includes('${')) return [];
  const { path, min = -Infinity, max = Infinity, words, source } = limit;
  const got = `${path} ${cut(shown(value))}`;
  if (words && !words.some((word) => String(word) === String(value))) {
    return [{ got, fix: `use one of ${words.join(', ')} (${source})` }];
  }
  const size = sizeOf(value, limit);
  if (size !== undefined && (size < min || size > max)) {
    return [{ got: `${got}${UNITS[limit.kind](size)}`, fix: `${rangeOf(limit)} (${source})` }];
  }
  return typeof value === 'string' && !matches(value, limit)
    ? [{ got, fix: `use only what ${String(limit.pattern)} matches (${source})` }]
    : [];
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

/** AWS's patterns are for the whole text, with or without saying so. Letters of other scripts need another mode. */
function matches(text: string, { pattern }: ServiceLimit): boolean {
  if (pattern === undefined) return true;
  return new RegExp(`^(?:${pattern})$`, /\\[pu]\{/.test(pattern) ? 'su' : 's').test(text);
}
