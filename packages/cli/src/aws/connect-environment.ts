import type { KMSClient } from '@aws-sdk/client-kms';
import type { S3Client } from '@aws-sdk/client-s3';
import type { STSClient } from '@aws-sdk/client-sts';
import type { CloudEffects, InCloud } from '../environment/cloud-environment';
import { clientConfig } from './client-config';

/** The AWS services that the state bucket and the checks of `doctor` need. */
export interface AwsClients {
  readonly s3: S3Client;
  readonly kms: KMSClient;
  readonly sts: STSClient;
}

/**
 * Clients for the cloud that an environment is in. The SDK is loaded here and not before: it takes a fifth of a second.
 * @throws {UserError} when it is in the local cloud and that does not run.
 */
export async function connectEnvironment(environment: InCloud, effects: CloudEffects): Promise<AwsClients> {
  const config = await clientConfig(environment, effects);
  const [{ S3Client }, { KMSClient }, { STSClient }] = await Promise.all([
    import('@aws-sdk/client-s3'),
    import('@aws-sdk/client-kms'),
    import('@aws-sdk/client-sts'),
  ]);
  return {
    s3: new S3Client({ ...config, followRegionRedirects: true }),
    kms: new KMSClient(config),
    sts: new STSClient(config),
  };
}
