import { breaksLimit, usableLimit, type UsableLimit } from '../aws/breaks-limit';
import table, { type ServiceLimit } from '../aws/service-limits.json';
import taggableTypes from '../aws/taggable-types.json';
import type { Resource } from '../model/subject';
import type { Value } from '../model/value';
import { valuesAt } from '../model/values-at';
import { rule } from '../rule';

const TAGGING = 'https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html';

/** Of every service; some narrow it. */
const TAGS: readonly ServiceLimit[] = [
  { path: 'tags', kind: 'items', max: 50, source: TAGGING },
  { path: 'tags#key', kind: 'length', min: 1, max: 128, pattern: '(?![aA][wW][sS]:).*', source: TAGGING },
  { path: 'tags#value', kind: 'length', max: 256, source: TAGGING },
];

const taggable: ReadonlySet<string> = new Set(taggableTypes);
const usableTags = TAGS.map(usableLimit);
const usable = new Map(Object.entries(table.limits).map(([type, limits]) => [type, limits.map(usableLimit)]));

export const withinServiceLimits = rule({
  id: 'within-service-limits',
  severity: 'error',
  what: "names, tags, texts, numbers and lists are within the limits of AWS's service models",
  why: 'Terraform checks few of them: AWS refuses the rest in the middle of an apply, or of a deployment months later.',
  sources: [
    'R0.8',
    'R0.9',
    `packages/policy/src/aws/service-limits.json, where each limit has its source (${table.source})`,
  ],
  appliesTo: (model) => model.managed.filter(({ type }) => limitsOf(type).length > 0),
  check: ({ type, attributes }: Resource, { source }) => {
    // A plan writes out what is not set, texts as empty ones.
    const findings = limitsOf(type).flatMap((limit) =>
      valuesAt(attributes, limit.path)
        .flatMap((value) => (limit.kind === 'items' ? [value] : items(value)))
        .filter((value) => value !== '' || source !== 'plan')
        .flatMap((value) => breaksLimit(value, limit)),
    );
    return findings.filter(({ got }, index) => findings.findIndex((other) => other.got === got) === index);
  },
});

function limitsOf(type: string): readonly UsableLimit[] {
  return [...(usable.get(type) ?? []), ...(taggable.has(type) ? usableTags : [])];
}

function items(value: Value): readonly Value[] {
  return Array.isArray(value) ? value : [value];
}
