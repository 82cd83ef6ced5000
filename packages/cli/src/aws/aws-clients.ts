import type { KMSClient } from '@aws-sdk/client-kms';
import type { S3Client } from '@aws-sdk/client-s3';
import type { STSClient } from '@aws-sdk/client-sts';
import { clientConfig, type ConnectOptions } from './client-config';

/** The AWS services that the state bucket and the checks of `doctor` need. */
export interface AwsClients {
  readonly s3: S3Client;
  readonly kms: KMSClient;
  readonly sts: STSClient;
}

/** Makes the clients. The SDK is loaded here and not before: it takes a fifth of a second. */
export async function connectAws(options: ConnectOptions): Promise<AwsClients> {
  // Before the SDK is loaded: it looks at the process then.
  const config = clientConfig(options);
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
