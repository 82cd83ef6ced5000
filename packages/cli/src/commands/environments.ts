import { join } from 'node:path';
import { environmentWarnings, listedEnvironment, type ListedEnvironment, listEnvironments } from '@nightshift/config';
import type { Immutable } from '@nightshift/console/json';
import { describeProblem, UserError } from '@nightshift/errors';
import { type Command, Option } from 'commander';
import { z } from 'zod';
import { tableLines } from '@nightshift/console';
import type { Effects } from '../effects';

const job = z
  .object({
    environment: z.string().describe('Name of the file, of the Nx configuration and of the GitHub Environment.'),
    suffix: z.string(),
    region: z.string(),
    order: z
      .number()
      .describe('Lowest first; 0 for an environment that `--only` selects and that has no delivery order.'),
    image: z.string().describe('Tag or digest of the first image.'),
    platform: listedEnvironment.shape.platform,
  })
  .describe('One job of the pipeline.');

type MatrixEntry = Immutable<z.output<typeof job>>;

const list = z.array(listedEnvironment).describe('With `--json`: one array, sorted by name.');

const matrix = z.object({ include: z.array(job) }).describe('With `--matrix`: the matrix of a job of GitHub Actions.');

export const output = { environments: z.union([list, matrix]) };

interface Options {
  readonly json?: boolean;
  readonly matrix?: boolean;
  readonly only?: string;
}

export function register(command: Command, { root, stdout, stderr }: Effects): void {
  command
    .description('List the environments: one per file in environments/.')
    .option('--json', 'print one JSON array')
    .addOption(
      new Option(
        '--matrix',
        'print the job matrix for GitHub Actions on one line: the environments that the pipeline deploys, in order',
      ).conflicts('json'),
    )
    .addOption(
      new Option('--only <environment>', 'print a matrix with this environment only').implies({ matrix: true }),
    )
    .addHelpText('after', '\nExample:\n  echo "matrix=$(npx nightshift environments --matrix)" >> "$GITHUB_OUTPUT"')
    .action(({ json, matrix: asMatrix, only }: Options) => {
      const directory = join(root, 'environments');
      const environments = listEnvironments(directory);
      for (const warning of environmentWarnings(directory)) {
        stderr.write(`${stderr.colours.yellow('warning')} ${describeProblem(warning)}\n`);
      }
      if (asMatrix) stdout.json(matrix, matrixOf(environments, only));
      else if (json) stdout.json(list, environments);
      else stdout.write(environmentTable(environments));
    });
}

const HEADINGS = ['environment', 'suffix', 'cloud', 'region', 'delivery'];

/** The environments as a table. */
function environmentTable(environments: readonly ListedEnvironment[]): string {
  return tableLines([HEADINGS, ...environments.map(rowOf)])
    .map((line) => `${line}\n`)
    .join('');
}

function rowOf({ name, profile, cloud, region, deliveryOrder }: ListedEnvironment): string[] {
  const suffix = profile ? 'ENVIRONMENT_SUFFIX' : name;
  return [name, suffix, cloud, region, deliveryOrder === undefined ? 'manual' : `step ${String(deliveryOrder)}`];
}

/**
 * The jobs for GitHub Actions, in delivery order (R0.6). Profiles have no job: pull requests create and destroy their environments.
 * @param only one environment, even if it has no delivery order.
 * @throws {UserError} when `only` is no environment in AWS.
 * https://docs.github.com/en/actions/how-tos/write-workflows/choose-what-workflows-do/run-job-variations
 */
export function matrixOf(
  environments: readonly ListedEnvironment[],
  only?: string,
): { readonly include: readonly MatrixEntry[] } {
  const inAws = environments.filter(({ profile, cloud }) => !profile && cloud === 'aws');
  const chosen = inAws.filter(({ name, deliveryOrder }) =>
    only === undefined ? deliveryOrder !== undefined : name === only,
  );
  if (only !== undefined && chosen.length === 0) {
    throw new UserError({
      where: 'nightshift environments --only',
      what: 'not an environment that a pipeline can deploy',
      got: only,
      todo: `use one of ${inAws.map(({ name }) => name).join(', ')}`,
    });
  }
  const include = chosen
    .map(({ name, region, deliveryOrder: order = 0, image, platform }) => {
      return { environment: name, suffix: name, region, order, image, platform };
    })
    .sort((one, other) => one.order - other.order);
  return { include };
}
