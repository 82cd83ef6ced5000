import { GeneratorRun } from '../testing/generator-run';
import ruleGenerator from './rule';

const rule = { resource: 'aws_sns_topic', attribute: 'fifo_topic' };

describe('nx g @nightshift/nx-stacks:rule', () => {
  let generator: GeneratorRun;
  beforeEach(() => {
    generator = new GeneratorRun();
  });

  const run = (name = 'example-rule') => {
    ruleGenerator(generator.tree, { name, ...rule });
  };

  it('creates the rule, its spec and its cases, and lists it', () => {
    run();
    expect(generator.changes()).toEqual({
      created: [
        'packages/policy/cases/example-rule.json',
        'packages/policy/src/rules/example-rule.spec.ts',
        'packages/policy/src/rules/example-rule.ts',
      ],
      added: {
        'packages/policy/src/rules.ts': ["import { exampleRule } from './rules/example-rule';", '  exampleRule,'],
      },
    });
    expect(generator.text('packages/policy/src/rules.ts')).toMatch(/\n {2}exampleRule,\n\];\n$/);
    expect(generator.text('packages/policy/src/rules/example-rule.ts'))
      .toBe(`import { attributeIs, rule } from '../rule';

export const exampleRule = rule({
  id: 'example-rule',
  severity: 'error',
  what: 'fifo_topic of aws_sns_topic is true',
  why: 'Nightshift needs it.',
  sources: ['https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/sns_topic'],
  appliesTo: (model) => model.all('aws_sns_topic'),
  check: ({ attributes }) => attributeIs(attributes, 'fifo_topic', true),
});
`);
    expect(JSON.parse(generator.text('packages/policy/cases/example-rule.json'))).toMatchObject({
      violates: { finds: ['aws_sns_topic.main: fifo_topic false - set it to true'] },
      unknown: { finds: ['aws_sns_topic.main: not checked: fifo_topic is unknown until apply'] },
    });
  });

  it('keeps the imports in order, also after the last one', () => {
    run('zones-named');
    expect(generator.text('packages/policy/src/rules.ts')).toMatch(
      /\nimport \{ zonesNamed \} from '.\/rules\/zones-named';\n\n/,
    );
  });

  it('prints the remaining steps', () => {
    run();
    expect(generator.printed).toEqual([
      `To do by hand (CONTRIBUTING.md):
  packages/policy/src/rules/example-rule.ts: the condition, the reason and the sources, then its spec and its cases
  packages/policy/src/rules.ts: the position of exampleRule, which is the position in reports
  apps/platform/src/policy/*-mutations.fixture.ts: a mutation 'example-rule' that the rule refuses
  npm run docs: writes the table of docs/policy.md
  npm run format and npm run check`,
    ]);
  });

  it('refuses an invalid id and an existing rule', () => {
    expect(() => {
      run('Example_Rule');
    }).toThrow(
      'nx g @nightshift/nx-stacks:rule: the name is not valid, got "Example_Rule" - use lower-case letters, digits and single hyphens, such as topic-encrypted',
    );
    run();
    expect(() => {
      run();
    }).toThrow(
      'packages/policy/src/rules/example-rule.ts: the file exists already - choose another name, or delete the file',
    );
  });
});
