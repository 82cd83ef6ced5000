import table, { type ServiceLimit } from '../aws/service-limits.json';
import taggableTypes from '../aws/taggable-types.json';
import type { Resource } from '../model/model';
import { oncePerText } from '../model/once-per-text';
import { type Attributes, isAttributes, shown, type Value, valuesAt } from '../model/value';
import { type Fault, rule } from '../rule';

const TAGGING = 'https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html';

/** The limits of tags in all services; some services have stricter ones. */
const TAGS: readonly ServiceLimit[] = [
  { path: 'tags', kind: 'items', max: 50, source: TAGGING },
  { path: 'tags#key', kind: 'length', min: 1, max: 128, pattern: '(?![aA][wW][sS]:).*', source: TAGGING },
  { path: 'tags#value', kind: 'length', max: 256, source: TAGGING },
];

const taggable: ReadonlySet<string> = new Set(taggableTypes);

export const withinServiceLimits = rule({
  id: 'within-service-limits',
  severity: 'error',
  everyType: true,
  what: "names, tags, texts, numbers and lists are within the limits of AWS's service models",
  why: 'Terraform checks few of these limits. AWS rejects the other values during the apply, or during a deployment months later.',
  sources: [
    'R0.8',
    'R0.9',
    `packages/policy/src/aws/service-limits.json, where each limit has its source (${table.source})`,
  ],
  appliesTo: (model) => model.managed.filter(({ type }) => limitsOf(type).length > 0),
  check: ({ type, attributes }: Resource, { source }) => {
    const findings = limitsOf(type).flatMap((limit) =>
      valuesFor(limit, attributes)
        // A plan writes out what is not set, texts as empty ones.
        .filter((value) => value !== '' || source !== 'plan')
        .flatMap((value) => breaksLimit(value, limit)),
    );
    return findings.filter(({ got }, index) => findings.findIndex((other) => other.got === got) === index);
  },
});

const limitsOf = oncePerText((type): readonly UsableLimit[] =>
  [...(table.limits[type] ?? []), ...(taggable.has(type) ? TAGS : [])].map(usableLimit),
);

/** The values of a limit. A limit of single values applies to each item of a list. */
function valuesFor({ attribute, path, kind }: UsableLimit, attributes: Attributes): readonly Value[] {
  if (attributes[attribute] === undefined) return [];
  const values = valuesAt(attributes, path);
  return kind === 'items' ? values : values.flat();
}

/** A limit with a compiled pattern. AWS's patterns match the whole text, even without anchors. */
interface UsableLimit extends ServiceLimit {
  /** The attribute at the start of its path. */
  readonly attribute: string;
  readonly expression: RegExp | undefined;
}

/** Patterns with other scripts need Unicode mode. */
function usableLimit(limit: ServiceLimit): UsableLimit {
  const { path, pattern } = limit;
  const attribute = path.replace(/\W.*$/, '');
  if (pattern === undefined) return { ...limit, attribute, expression: undefined };
  return { ...limit, attribute, expression: new RegExp(`^(?:${pattern})$`, /\\[pu]\{/.test(pattern) ? 'su' : 's') };
}

/** The fault of one value; none for texts known after apply. */
function breaksLimit(value: Value, limit: UsableLimit): Fault[] {
  if (typeof value === 'string' && value.includes('${')) return [];
  const { kind, min = -Infinity, max = Infinity, pattern, expression, words } = limit;
  if (words && !words.some((word) => String(word) === String(value))) {
    return broken(value, limit, '', `use one of ${words.join(', ')}`);
  }
  const size = sizeOf(value, limit);
  if (size !== undefined && (size < min || size > max)) return broken(value, limit, UNITS[kind](size), rangeOf(limit));
  if (typeof value !== 'string' || expression?.test(value) !== false) return [];
  return broken(value, limit, '', `use a value that matches ${String(pattern)}`);
}

function broken(value: Value, { path, source }: ServiceLimit, unit: string, fix: string): Fault[] {
  return [{ got: `${path} ${cut(shown(value))}${unit}`, fix: `${fix} (${source})` }];
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

/** @returns undefined for a value of another type, which Terraform refuses */
function sizeOf(value: Value, { kind }: ServiceLimit): number | undefined {
  if (kind === 'length') return typeof value === 'string' ? value.length : undefined;
  if (kind === 'value') return Number(value);
  if (Array.isArray(value)) return value.length;
  return isAttributes(value) ? Object.keys(value).length : undefined;
}

function rangeOf({ min, max }: ServiceLimit): string {
  if (min === undefined) return `use at most ${String(max)}`;
  return max === undefined ? `use at least ${String(min)}` : `use ${String(min)} to ${String(max)}`;
}
