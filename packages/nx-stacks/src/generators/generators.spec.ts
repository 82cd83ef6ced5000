import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { logger } from '@nx/devkit';
import { FsTree } from 'nx/src/generators/tree';
import knobGenerator from './knob';
import { type Edit, follow } from './recipe';
import ruleGenerator from './rule';
import stackGenerator from './stack';
import verbGenerator from './verb';

const root = join(__dirname, '../../../..');
const rule = { resource: 'aws_sns_topic', attribute: 'fifo_topic' };
const summary = 'print the suffix of an environment';
const knob = { default: '5', description: 'time between two runs' };

let tree: FsTree;
let printed: string[];

/** The files of this repository. Changes stay in memory. */
beforeEach(() => {
  tree = new FsTree(root, false);
  printed = [];
  jest.spyOn(logger, 'info').mockImplementation((text: string) => printed.push(text));
});

/** The lines that an edit adds to each file, after checking that it removes none; and the new files. */
function changes() {
  const created: string[] = [];
  const added: Record<string, string[]> = {};
  for (const { type, path, content } of tree.listChanges()) {
    if (type === 'CREATE') created.push(path);
    else added[path] = addedLines(readFileSync(join(root, path), 'utf8'), String(content));
  }
  return { created: created.sort(), added };
}

function addedLines(before: string, after: string): string[] {
  const rest = before.split('\n');
  return after.split('\n').filter((line) => {
    if (line !== rest[0]) return true;
    rest.shift();
    return false;
  });
}

function text(path: string): string {
  return String(tree.read(path, 'utf8'));
}

describe('nx g @nightshift/nx-stacks:rule', () => {
  const run = (name = 'example-rule') => {
    ruleGenerator(tree, { name, ...rule });
  };

  it('creates the rule, its spec and its cases, and lists it', () => {
    run();
    expect(changes()).toEqual({
      created: [
        'packages/policy/cases/example-rule.json',
        'packages/policy/src/rules/example-rule.spec.ts',
        'packages/policy/src/rules/example-rule.ts',
      ],
      added: {
        'packages/policy/src/rules.ts': ["import { exampleRule } from './rules/example-rule';", '  exampleRule,'],
      },
    });
    expect(text('packages/policy/src/rules.ts')).toMatch(/\n {2}exampleRule,\n\];\n$/);
    expect(text('packages/policy/src/rules/example-rule.ts')).toBe(`import { attributeIs, rule } from '../rule';

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
    expect(JSON.parse(text('packages/policy/cases/example-rule.json'))).toMatchObject({
      violates: { finds: ['aws_sns_topic.main: fifo_topic false - set it to true'] },
      unknown: { finds: ['aws_sns_topic.main: not checked: fifo_topic is unknown until apply'] },
    });
  });

  it('keeps the imports in order, also after the last one', () => {
    run('zones-named');
    expect(text('packages/policy/src/rules.ts')).toMatch(/\nimport \{ zonesNamed \} from '.\/rules\/zones-named';\n\n/);
  });

  it('prints what remains', () => {
    run();
    expect(printed).toEqual([
      `To do by hand (CONTRIBUTING.md):
  packages/policy/src/rules/example-rule.ts: the condition, the reason and the sources, then its spec and its cases
  packages/policy/src/rules.ts: the position of exampleRule, which is the position in reports
  apps/platform/src/policy/*-mutations.fixture.ts: a mutation 'example-rule' that the rule refuses
  npm run docs: writes the table of docs/policy.md
  npm run format and npm run check`,
    ]);
  });

  it('refuses a name that is no id, and a rule that exists', () => {
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

describe('nx g @nightshift/nx-stacks:verb', () => {
  const run = (name: string, phrase = summary) => {
    verbGenerator(tree, { name, summary: phrase });
  };

  it('creates the verb and its spec, and lists it', () => {
    run('example-verb');
    expect(changes()).toEqual({
      created: ['packages/cli/src/commands/example-verb.spec.ts', 'packages/cli/src/commands/example-verb.ts'],
      added: {
        'packages/cli/src/program.ts': [
          "  'example-verb': {",
          "    summary: 'print the suffix of an environment',",
          "    load: () => import('./commands/example-verb'),",
          '  },',
        ],
      },
    });
    expect(text('packages/cli/src/commands/example-verb.ts')).toContain('interface ExampleVerbOptions extends');
    expect(text('packages/cli/src/commands/example-verb.ts')).toContain(
      ".description('Print the suffix of an environment.')",
    );
    expect(printed).toEqual([
      `To do by hand (CONTRIBUTING.md):
  packages/cli/src/commands/example-verb.ts: options, help and action, then its spec
  packages/cli/src/program.ts: the position of example-verb, which is the position in the help
  packages/cli/README.md: files, exit codes and fields of --json, if the verb has its own
  README.md: the verb, if users need it every day
  npm run format and npm run check`,
    ]);
  });

  it('refuses a bad name, a bad summary and a verb that exists', () => {
    expect(() => {
      run('Example');
    }).toThrow(
      'nx g @nightshift/nx-stacks:verb: the name is not valid, got "Example" - use lower-case letters, digits and single hyphens, such as push-state',
    );
    expect(() => {
      run('example', "Print the user's URL.");
    }).toThrow(
      'nx g @nightshift/nx-stacks:verb: the summary is not valid, got "Print the user\'s URL." - write a phrase that begins with a lower-case letter, without quotes and full stop',
    );
    run('example');
    for (const name of ['example', 'rollback', 'push-state']) {
      expect(() => {
        run(name);
      }).toThrow(
        `packages/cli/src/program.ts: the verb exists already, got ${name} - choose another name, or delete its line`,
      );
    }
  });
});

describe('nx g @nightshift/nx-stacks:stack', () => {
  const run = (name: string) => {
    stackGenerator(tree, { name });
  };

  it('creates the stack, and makes it part of the platform, the pipeline and the end-to-end tests', () => {
    run('example');
    const { created, added } = changes();
    expect(created).toEqual(
      [
        'README.md',
        'jest.config.js',
        'package.json',
        'src/example-stack.spec.ts',
        'src/example-stack.ts',
        'src/index.ts',
      ].map((file) => `apps/example/${file}`),
    );
    expect(added).toMatchObject({
      'apps/platform/src/build-platform.ts': [
        "import { ExampleStack } from '@nightshift/example';",
        "  new ExampleStack(app, 'example', { environment });",
      ],
      'apps/platform/package.json': ['    "@nightshift/example": "*",'],
    });
    expect(text('.github/workflows/deploy.yml')).toMatch(/options: \[network, .*, example\]\n/);
    expect(text('apps/platform-e2e/src/requirements/shape.ts')).toMatch(/const STACKS = \['.*', 'example'\];\n/);
    expect(text('apps/example/src/example-stack.ts')).toContain('export class ExampleStack extends PlatformStack {}');
    expect(JSON.parse(text('apps/platform/package.json'))).toMatchObject({
      dependencies: { '@nightshift/example': '*' },
    });
    expect(printed).toEqual([
      `To do by hand (CONTRIBUTING.md):
  apps/example/src/example-stack.ts: the resources, then its spec and apps/example/README.md
  apps/example/package.json: the dependencies; stacks whose values it reads deploy first
  docs/policies/deploy-example.json: the actions of the deploy role
  docs/deployment.md: example in the create_role command
  packages/local-cloud/python/tests/authorization/test_pipeline_roles.py: example in DEPLOY
  npm install, npm run references and npm run docs: write the lock file, tsconfig.json and README.md
  npm run format and npm run check`,
    ]);
  });

  it('refuses a bad name, and a stack that exists', () => {
    expect(() => {
      run('1st');
    }).toThrow(
      'nx g @nightshift/nx-stacks:stack: the name is not valid, got "1st" - use lower-case letters, digits and single hyphens, such as audit',
    );
    expect(() => {
      run('registry');
    }).toThrow('apps/registry/package.json: the file exists already - choose another name, or delete the file');
  });
});

describe('nx g @nightshift/nx-stacks:knob', () => {
  const run = (name: string, options: Partial<typeof knob> = {}) => {
    knobGenerator(tree, { name, ...knob, ...options });
  };

  it('adds a number to a section', () => {
    run('service.exampleSeconds');
    expect(changes()).toEqual({
      created: [],
      added: {
        'packages/config/src/schema/service.ts': [
          "  exampleSeconds: whole(0, 9999).default(5).describe('time between two runs'),",
        ],
      },
    });
    expect(printed).toEqual([
      `To do by hand (CONTRIBUTING.md):
  packages/config/src/schema/service.ts: the range of exampleSeconds, its unit in the name, and .meta({ requirement })
  apps/<stack>/src/<construct>.ts: a prop that uses it, then its spec
  apps/<stack>/src/<stack>-stack.ts: the prop, unless the construct takes the whole section
  npm run schema -w packages/config and npm run docs: write environments/schema.json and docs/environment-reference.md
  npm run format and npm run check`,
    ]);
  });

  it('imports the type of a number', () => {
    run('network.example');
    expect(text('packages/config/src/schema/network.ts')).toContain(
      "import { cidr, description, port, whole } from './primitives';",
    );
    run('gates.example');
    expect(text('packages/config/src/schema/gates.ts')).toContain(
      "import { alarm, optionalAlarm, shareAlarm } from './alarm';\nimport { whole } from './primitives';\n",
    );
  });

  it('adds a switch to a section with two parts in its name', () => {
    run('loadBalancer.example', { default: 'true' });
    expect(changes().added).toEqual({
      'packages/config/src/schema/load-balancer.ts': [
        "  example: z.boolean().default(true).describe('time between two runs'),",
      ],
    });
  });

  it.each([
    [
      'Service',
      {},
      'nx g @nightshift/nx-stacks:knob: the name is not valid, got "Service" - use <section>.<key>, both in camel case, such as service.desiredCount',
    ],
    [
      'service.example',
      { default: '1.5' },
      'nx g @nightshift/nx-stacks:knob: the default is not valid, got "1.5" - use true, false or a whole number from 0 to 9999; add a key of another type by hand',
    ],
    [
      'service.example',
      { description: 'Time' },
      'nx g @nightshift/nx-stacks:knob: the description is not valid, got "Time" - write a phrase that begins with a lower-case letter, without quotes and full stop',
    ],
    [
      'service.desiredCount',
      {},
      'packages/config/src/schema/service.ts: the key exists already, got desiredCount - choose another name',
    ],
    [
      'logs.example',
      {},
      'nx g @nightshift/nx-stacks:knob: the section has no file, got logs - add the key to packages/config/src/schema/sections.ts by hand',
    ],
    [
      'tags.example',
      { default: 'true' },
      'packages/config/src/schema/tags.ts: cannot insert "example: z.boolean().default(true).describe(\'time between two runs\'),": the file must have one place "export const tags = z.strictObject({", got 0 - follow the recipe of CONTRIBUTING.md by hand, or correct the place in packages/nx-stacks/src/generators',
    ],
  ])('refuses %s %j', (name, options, message) => {
    expect(() => {
      run(name, options);
    }).toThrow(message);
  });

  it('refuses the same key twice', () => {
    run('service.example');
    expect(() => {
      run('service.example');
    }).toThrow('packages/config/src/schema/service.ts: the key exists already, got example - choose another name');
  });
});

describe('an edit of a list', () => {
  const edit = (path: string, place: Edit['place']) => {
    follow(tree, { files: {}, edits: [{ path, insert: 'a', place }], byHand: [] });
  };
  const todo =
    'follow the recipe of CONTRIBUTING.md by hand, or correct the place in packages/nx-stacks/src/generators';

  it.each<[Edit['place'], string]>([
    [{ before: 'x\n' }, '"x", got 2'],
    [{ after: 'z' }, '"z", got 0'],
    [{ among: /^y/ }, '"/^y/", got 0'],
  ])('needs one place %o', (place, problem) => {
    tree.write('list.ts', 'x\nx\n');
    expect(() => {
      edit('list.ts', place);
    }).toThrow(`list.ts: cannot insert "a": the file must have one place ${problem} - ${todo}`);
  });

  it('needs its file', () => {
    expect(() => {
      edit('lost.ts', { before: 'x' });
    }).toThrow(
      'lost.ts: the file does not exist - restore it, or correct the path in packages/nx-stacks/src/generators',
    );
  });
});
