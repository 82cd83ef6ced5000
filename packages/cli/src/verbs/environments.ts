import { join } from 'node:path';
import { listEnvironments, networkWarnings } from '@nightshift/config';
import { describeProblem } from '@nightshift/errors';
import { Option, type Command } from 'commander';
import type { Effects } from '../effects';
import { environmentTable } from '../environments/environment-table';
import { matrixOf } from '../environments/matrix-of';

interface Options {
  readonly json?: boolean;
  readonly matrix?: boolean;
  readonly only?: string;
}

export function register(command: Command, { root, stdout, stderr }: Effects): void {
  command
    .description('Lists the environments: one for each file in environments/.')
    .option('--json', 'print one JSON array')
    .addOption(
      new Option(
        '--matrix',
        'print the job matrix for GitHub Actions, on one line: what the pipeline deploys, in order',
      ).conflicts('json'),
    )
    .addOption(new Option('--only <environment>', 'a matrix of this one environment').implies({ matrix: true }))
    .addHelpText('after', '\nExample:\n  echo "matrix=$(npx nightshift environments --matrix)" >> "$GITHUB_OUTPUT"')
    .action(({ json, matrix, only }: Options) => {
      const directory = join(root, 'environments');
      const environments = listEnvironments(directory);
      for (const warning of networkWarnings(directory)) {
        stderr.write(`${stderr.colours.yellow('warning')} ${describeProblem(warning)}\n`);
      }
      if (matrix) stdout.write(`${JSON.stringify(matrixOf(environments, only))}\n`);
      else stdout.write(json ? `${JSON.stringify(environments)}\n` : environmentTable(environments));
    });
}
