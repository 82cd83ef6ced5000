import { GeneratorRun } from '../testing/generator-run';
import knobGenerator from './knob';

const knob = { default: '5', description: 'time between two runs' };

describe('nx g @nightshift/nx-stacks:knob', () => {
  let generator: GeneratorRun;
  beforeEach(() => {
    generator = new GeneratorRun();
  });

  const run = (name: string, options: Partial<typeof knob> = {}) => {
    knobGenerator(generator.tree, { name, ...knob, ...options });
  };

  it('adds a number to a section', () => {
    run('service.exampleSeconds');
    expect(generator.changes()).toEqual({
      created: [],
      added: {
        'packages/config/src/schema/service.ts': [
          "  exampleSeconds: whole(0, 9999).default(5).describe('time between two runs'),",
        ],
      },
    });
    expect(generator.printed).toEqual([
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
    expect(generator.text('packages/config/src/schema/network.ts')).toContain(
      "import { cidr, description, port, whole } from './primitives';",
    );
    run('gates.example');
    expect(generator.text('packages/config/src/schema/gates.ts')).toContain(
      "import { alarm, optionalAlarm, shareAlarm } from './alarm';\nimport { whole } from './primitives';\n",
    );
  });

  it('adds a switch to a section with two parts in its name', () => {
    run('loadBalancer.example', { default: 'true' });
    expect(generator.changes().added).toEqual({
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
