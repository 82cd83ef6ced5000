import { names, type Tree } from '@nx/devkit';
import { checkName, follow } from './recipe';

export interface RuleOptions {
  readonly name: string;
  readonly resource: string;
  readonly attribute: string;
}

/** A policy rule: an attribute of a resource must be true. The author replaces this condition. */
export default function ruleGenerator(tree: Tree, { name, resource, attribute }: RuleOptions): void {
  checkName('rule', name, 'topic-encrypted');
  const { propertyName: variable } = names(name);
  const rules = 'packages/policy/src/rules.ts';
  follow(tree, {
    files: {
      [`packages/policy/src/rules/${name}.ts`]: moduleText({ name, variable, resource, attribute }),
      [`packages/policy/src/rules/${name}.spec.ts`]: specText({ name, variable, resource, attribute }),
      [`packages/policy/cases/${name}.json`]: casesText({ resource, attribute }),
    },
    edits: [
      {
        path: rules,
        insert: `import { ${variable} } from './rules/${name}';`,
        place: { among: /^import \{ \w+ \} from '\.\/rules\/[a-z0-9-]+';$/ },
      },
      { path: rules, insert: `  ${variable},\n`, place: { before: '];\n' } },
    ],
    byHand: [
      `packages/policy/src/rules/${name}.ts: the condition, the reason and the sources, then its spec and its cases`,
      `${rules}: the position of ${variable}, which is the position in reports`,
      `apps/platform/src/policy/*-mutations.fixture.ts: a mutation '${name}' that the rule refuses`,
      'npm run docs: writes the table of docs/policy.md',
    ],
  });
}

interface Template extends RuleOptions {
  readonly variable: string;
}

function moduleText({ name, variable, resource, attribute }: Template): string {
  return `import { attributeIs, rule } from '../rule';

export const ${variable} = rule({
  id: '${name}',
  severity: 'error',
  what: '${attribute} of ${resource} is true',
  why: 'Nightshift needs it.',
  sources: ['https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/${resource.replace('aws_', '')}'],
  appliesTo: (model) => model.all('${resource}'),
  check: ({ attributes }) => attributeIs(attributes, '${attribute}', true),
});
`;
}

function specText({ name, variable, resource, attribute }: Template): string {
  return `import { findingsIn, modelWith } from '../model.fixture';
import type { Attributes } from '../model/value';
import { ${variable} } from './${name}';

const checked = (attributes: Attributes) =>
  findingsIn(${variable}, modelWith({ ${resource}: { Main: attributes } }));

describe('${name}', () => {
  it('refuses a resource without ${attribute}', () => {
    expect(checked({})).toEqual(['${resource}.Main: ${attribute} none - set it to true']);
  });

  it('accepts a resource with ${attribute}', () => {
    expect(checked({ ${attribute}: true })).toEqual([]);
  });

  it('does not apply to other resources', () => {
    expect(findingsIn(${variable}, modelWith({ aws_route: { Public: {} } }))).toBe('not applicable');
  });
});
`;
}

function casesText({ resource, attribute }: Pick<RuleOptions, 'resource' | 'attribute'>): string {
  const main = (attributes: object) => ({ resources: { [resource]: { main: attributes } } });
  const finds = (finding: string) => [`${resource}.main: ${finding}`];
  const cases = {
    violates: { ...main({ [attribute]: false }), finds: finds(`${attribute} false - set it to true`) },
    complies: main({ [attribute]: true }),
    notApplicable: { resources: { aws_route: { public: {} } } },
    unknown: {
      ...main({ [attribute]: '${unknown}' }),
      finds: finds(`not checked: ${attribute} is unknown until apply`),
    },
  };
  // Short lists are on one line, as Prettier writes them.
  return `${JSON.stringify(cases, null, 2).replace(/\[\n\s+(".*")\n\s+\]/g, '[$1]')}\n`;
}
