import type { ListedEnvironment } from '@nightshift/config';
import { UserError } from '@nightshift/errors';

/** One job of the pipeline. */
export interface MatrixEntry {
  /** The name of the file, of the Nx configuration and of the GitHub Environment. */
  readonly environment: string;
  readonly suffix: string;
  readonly region: string;
  /** Lowest first; 0 for an environment that was asked for by name and has none. */
  readonly order: number;
}

/**
 * The jobs for GitHub Actions, in the order of delivery (R0.6). Profiles make no job: their environments come and go with
 * pull requests.
 * @param only the one environment to take, whether the pipeline deploys it by itself or not.
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
      what: 'is no environment that a pipeline can deploy',
      got: only,
      todo: `use one of ${inAws.map(({ name }) => name).join(', ')}`,
    });
  }
  const include = chosen
    .map(({ name, region, deliveryOrder = 0 }) => ({ environment: name, suffix: name, region, order: deliveryOrder }))
    .sort((one, other) => one.order - other.order);
  return { include };
}
