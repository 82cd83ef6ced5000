import type { Environment } from '@nightshift/config';
import type { Effects } from '../effects';

/**
 * The variables for a program that acts in the environment's cloud. In AWS they are the user's own, so that profiles, SSO
 * and `AWS_ENDPOINT_URL` (`nightshift local exec`) mean what they always mean; for the local cloud nothing of the user's
 * AWS settings is left.
 * @throws {UserError} when the local cloud does not run.
 */
export async function cloudEnvironment(
  { cloud, region }: Pick<Environment, 'cloud' | 'region'>,
  { env, localCloud }: Pick<Effects, 'env' | 'localCloud'>,
): Promise<Effects['env']> {
  return cloud === 'aws' ? env : await (await localCloud()).childEnvironment({ region });
}
