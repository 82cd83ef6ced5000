import { GeneratorRun } from '../testing/generator-run';
import verbGenerator from './verb';

const summary = 'print the suffix of an environment';

describe('nx g @nightshift/nx-stacks:verb', () => {
  let generator: GeneratorRun;
  beforeEach(() => {
    generator = new GeneratorRun();
  });

  const run = (name: string, phrase = summary) => {
    verbGenerator(generator.tree, { name, summary: phrase });
  };

  it('creates the verb and its spec, and lists it', () => {
    run('example-verb');
    expect(generator.changes()).toEqual({
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
    expect(generator.text('packages/cli/src/commands/example-verb.ts')).toContain(
      'interface ExampleVerbOptions extends',
    );
    expect(generator.text('packages/cli/src/commands/example-verb.ts')).toContain(
      ".description('Print the suffix of an environment.')",
    );
    expect(generator.printed).toEqual([
      `To do by hand (CONTRIBUTING.md):
  packages/cli/src/commands/example-verb.ts: options, help and action, then its spec
  packages/cli/src/program.ts: the position of example-verb, which is the position in the help
  packages/cli/README.md: files and exit codes, if the verb has its own
  npm run docs: writes packages/cli/schema and docs/json-output.md
  README.md: the verb, if users need it every day
  npm run format and npm run check`,
    ]);
  });

  it('refuses an invalid name, an invalid summary and an existing verb', () => {
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
