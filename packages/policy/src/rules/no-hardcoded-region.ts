import type { Model, Resource } from '../model/model';
import { isAttributes, type Value } from '../model/value';
import { rule } from '../rule';

/** The patterns of literals. Names of regions: https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html */
const LITERALS = {
  region:
    /\b(?:[a-z]{2}(?:-iso[a-z]?|-gov)?-(?:north|south|east|west|central|northeast|northwest|southeast|southwest)-\d)[a-z]?\b/,
  account: /(?<![\w-])\d{12}(?![\w-])/,
  partition: /\barn:aws[a-z-]*:/,
} as const;

/** One search that excludes most texts. */
const ANY_LITERAL = new RegExp(
  Object.values(LITERALS)
    .map(({ source }) => source)
    .join('|'),
);

export const noHardcodedRegion = rule({
  id: 'no-hardcoded-region',
  severity: 'error',
  what: 'no text contains a literal region, account or partition of AWS',
  why: 'In another region or account, the same code would still refer to the first one.',
  sources: ['R0.11', 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html'],
  // In a plan, every known value is literal.
  appliesTo: (model) =>
    model.source === 'stacks' ? model.stacks.flatMap(({ resources }) => resources.filter(isOurs)) : [],
  check({ attributes }, model) {
    const configured = model.derive(configuredTexts);
    return Object.entries(attributes).flatMap(([attribute, value]) =>
      textsIn(value).flatMap((text) => {
        if (!ANY_LITERAL.test(text)) return [];
        const own = configured.reduce((rest, one) => rest.replaceAll(one, ''), text);
        return Object.entries(LITERALS).flatMap(([kind, pattern]) => {
          const [found] = pattern.exec(own) ?? [];
          return found === undefined
            ? []
            : [{ got: `${kind} ${found} in ${attribute}`, fix: `use ${kind} of PlatformStack` }];
        });
      }),
    );
  },
});

/** The backend configuration contains the region of the state. */
function isOurs({ type }: Resource): boolean {
  return type !== 'terraform_remote_state';
}

/** ARNs and similar values in the environment file, which may contain literals; as text and as JSON. */
function configuredTexts({ environment }: Model): readonly string[] {
  if (!environment) return [];
  const { task, container, loadBalancer, alarms, tags } = environment;
  const texts = textsIn({ task, container, loadBalancer, alarms, tags } as unknown as Value);
  const literal = texts.filter((text) => ANY_LITERAL.test(text));
  return literal.flatMap((text) => [text, JSON.stringify(text).slice(1, -1)]);
}

function textsIn(value: Value | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isAttributes(value) ? Object.values(value).flatMap(textsIn) : [];
}
