import { UserError } from '@nightshift/errors';
import { names, type Tree } from '@nx/devkit';
import { checkName, checkPhrase, follow, textOf } from './recipe';

export interface VerbOptions {
  readonly name: string;
  readonly summary: string;
}

/** A verb that prints the suffix of an environment. The author replaces the action. */
export default function verbGenerator(tree: Tree, { name, summary }: VerbOptions): void {
  checkName('verb', name, 'push-state');
  checkPhrase('verb', 'summary', summary);
  const program = 'packages/cli/src/program.ts';
  const key = keyOf(name);
  if (textOf(tree, program).includes(`\n  ${key}: {`)) {
    throw new UserError({
      where: program,
      what: 'the verb exists already',
      got: name,
      todo: 'choose another name, or delete its line',
    });
  }
  follow(tree, {
    files: {
      [`packages/cli/src/commands/${name}.ts`]: moduleText(name, summary),
      [`packages/cli/src/commands/${name}.spec.ts`]: specText(name),
    },
    edits: [
      {
        path: program,
        insert: `  ${key}: {\n    summary: '${summary}',\n    load: () => import('./commands/${name}'),\n  },\n`,
        place: { before: '  completion: {\n' },
      },
    ],
    byHand: [
      `packages/cli/src/commands/${name}.ts: options, help and action, then its spec`,
      `${program}: the position of ${name}, which is the position in the help`,
      'packages/cli/README.md: files and exit codes, if the verb has its own',
      'npm run docs: writes packages/cli/schema and docs/json-output.md',
      'README.md: the verb, if users need it every day',
    ],
  });
}

function keyOf(name: string): string {
  return name.includes('-') ? `'${name}'` : name;
}

function moduleText(name: string, summary: string): string {
  const { className } = names(name);
  const key = keyOf(name);
  const output = name.includes('-') ? `output['${name}']` : `output.${name}`;
  return `import { ExitCode } from '@nightshift/errors';
import type { Command } from 'commander';
import type { Effects } from '../effects';
import { environmentResult, resultOf } from '../json-result';
import { addConfigurationOption, chosenEnvironment, type ConfigurationOption } from '../verb-options';

interface ${className}Options extends ConfigurationOption {
  readonly json?: boolean;
}

/** What --json prints: each field with its unit and a description. */
export const output = { ${key}: environmentResult('${name}', {}) };

export function register(command: Command, effects: Effects): void {
  addConfigurationOption(command)
    .description('${summary.slice(0, 1).toUpperCase()}${summary.slice(1)}.')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\\nExample:\\n  npx nightshift ${name} -c dev')
    .action(({ json = false, ...options }: ${className}Options) => {
      const environment = chosenEnvironment('${name}', options, effects);
      const result = { ...resultOf({ verb: '${name}', environment }), exitCode: ExitCode.done };
      if (json) effects.stdout.json(${output}, result);
      else effects.stdout.write(\`\${environment.suffix}\\n\`);
    });
}
`;
}

function specText(name: string): string {
  return `import { forEachTest } from '@nightshift/stack-run/testing';
import { VerbRun } from '../testing/run-verb';

describe('nightshift ${name}', () => {
  const verb = forEachTest(() => new VerbRun());

  it('prints the suffix of the environment', async () => {
    expect((await verb.run('${name} -c dev')).stdout).toBe('dev\\n');
  });

  it('prints one JSON object', async () => {
    const { stdout } = await verb.run('${name} -c dev --json');
    expect(JSON.parse(stdout)).toMatchObject({ verb: '${name}', suffix: 'dev', exitCode: 0 });
  });
});
`;
}
