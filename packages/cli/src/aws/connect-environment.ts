import type { Environment } from '@nightshift/config';
import type { Effects } from '../effects';
import { cloudEnvironment } from '../environment/cloud-environment';
import { connectAws, type AwsClients } from './aws-clients';

/**
 * Clients for the cloud that an environment is in.
 * @throws {UserError} when it is in the local cloud and that does not run.
 */
export async function connectEnvironment(
  environment: Environment,
  effects: Pick<Effects, 'env' | 'localCloud'>,
): Promise<AwsClients> {
  const overrides = environment.cloud === 'local' ? await cloudEnvironment(environment, effects) : {};
  return await connectAws({ region: environment.region, overrides });
}
