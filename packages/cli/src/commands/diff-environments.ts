import { join } from 'node:path';
import { describeEnvironment, differencesBetween } from '@nightshift/config';
import { tableLines } from '@nightshift/console';
import type { Command } from 'commander';
import { z } from 'zod';
import { plainResult, plainResultOf } from '../json-result';
import type { Effects } from '../effects';
import { ExitCode } from '@nightshift/errors';

const difference = z.object({
  key: z.string().describe('Path of the value in the file, such as `network.cidr`.'),
  values: z
    .array(z.unknown())
    .describe('The value in each environment, in the order of `environments`; null if it does not have the key.'),
});

export const output = {
  'diff-environments': plainResult('diff-environments', {
    environments: z.array(z.string()).describe('The names of both environments.'),
    differences: z.array(difference),
  }),
};

export function register(command: Command, { root, stdout }: Effects): void {
  command
    .usage('<environment> <other> [options]')
    .argument('<environment>', 'name of a file in environments/')
    .argument('<other>', 'name of the file to compare it with')
    .description('Show the values that differ between two environments, with the defaults.')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  npx nightshift diff-environments staging prod')
    .action((one: string, other: string, { json = false }: { readonly json?: boolean }) => {
      const directory = join(root, 'environments');
      const valuesOf = (name: string) => describeEnvironment({ directory, name });
      const differences = differencesBetween(valuesOf(one), valuesOf(other));
      if (json) {
        const entries = differences.map(({ key, values }) => ({ key, values: values.map((value) => value ?? null) }));
        const result = { ...plainResultOf('diff-environments'), environments: [one, other] };
        const { 'diff-environments': schema } = output;
        stdout.json(schema, { ...result, differences: entries, exitCode: ExitCode.done });
      } else if (differences.length === 0) stdout.write(`${one} and ${other} do not differ\n`);
      else {
        const rows = differences.map(({ key, values }) => [key, ...values.map(shown)]);
        stdout.write(
          tableLines([['key', one, other], ...rows])
            .map((line) => `${line}\n`)
            .join(''),
        );
      }
    });
}

function shown(value: unknown): string {
  if (value === undefined) return '-';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
