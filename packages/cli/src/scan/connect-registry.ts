import type { ECRClient } from '@aws-sdk/client-ecr';
import type { STSClient } from '@aws-sdk/client-sts';
import { clientConfig } from '../aws/client-config';
import type { CloudEffects, InCloud } from '../environment/cloud-environment';

/** The AWS services that hold images and know whose they are. */
export interface RegistryClients {
  readonly ecr: ECRClient;
  readonly sts: STSClient;
}

/**
 * Clients for the cloud that an environment is in.
 * @throws {UserError} when it is in the local cloud and that does not run.
 */
export async function connectRegistry(environment: InCloud, effects: CloudEffects): Promise<RegistryClients> {
  const config = await clientConfig(environment, effects);
  const [{ ECRClient }, { STSClient }] = await Promise.all([
    import('@aws-sdk/client-ecr'),
    import('@aws-sdk/client-sts'),
  ]);
  return { ecr: new ECRClient(config), sts: new STSClient(config) };
}
