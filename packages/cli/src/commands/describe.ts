import { join } from 'node:path';
import { type DescribedValue, describeEnvironment, requestedSuffix } from '@nightshift/config';
import type { Command } from 'commander';
import { stringify } from 'yaml';
import { addConfigurationOption, chosenEnvironment, type ConfigurationOption } from '../verb-options';
import { z } from 'zod';
import { environmentResult, resultOf } from '../json-result';
import type { Effects } from '../effects';
import { ExitCode } from '@nightshift/errors';

const value = z.object({
  key: z.string().describe('Path of the value in the file, such as `network.cidr`.'),
  value: z.unknown().describe('A list is one value.'),
  from: z
    .string()
    .describe('The file that sets it, `default`, or `name` if it follows from the name of the environment.'),
});

export const output = { describe: environmentResult('describe', { values: z.array(value) }) };

interface DescribeOptions extends ConfigurationOption {
  readonly json?: boolean;
}

export function register(command: Command, effects: Effects): void {
  addConfigurationOption(command)
    .description(
      'Print every value of an environment as YAML, and where it comes from: a file, its base or the default.',
    )
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  npx nightshift describe -c prod')
    .action(({ json = false, ...options }: DescribeOptions) => {
      const environment = chosenEnvironment('describe', options, effects);
      const directory = join(effects.root, 'environments');
      const values = describeEnvironment({ directory, name: environment.name, suffix: requestedSuffix(effects.env) });
      if (!json) effects.stdout.write(yamlOf(values));
      else {
        const entries = values.map(({ key, value: given, from }) => ({ key, value: given, from }));
        const result = resultOf({ verb: 'describe', environment });
        effects.stdout.json(output.describe, { ...result, values: entries, exitCode: ExitCode.done });
      }
    });
}

/** Each value on one line, with its origin as a comment. */
function yamlOf(values: readonly DescribedValue[]): string {
  let open: readonly string[] = [];
  return values
    .flatMap(({ path, value, from }) => {
      const parents = path.slice(0, -1);
      const known = parents.findIndex((key, depth) => open[depth] !== key);
      const opened = known < 0 ? [] : parents.slice(known);
      open = parents;
      return [
        ...opened.map((key, index) => `${indent(known + index)}${inline(key)}:\n`),
        `${indent(parents.length)}${inline(path.at(-1))}: ${inline(value)} # ${from}\n`,
      ];
    })
    .join('');
}

function indent(depth: number): string {
  return '  '.repeat(depth);
}

function inline(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow', blockQuote: false, lineWidth: 0, singleQuote: true }).trimEnd();
}
