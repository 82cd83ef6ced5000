import type { KMSClient } from '@aws-sdk/client-kms';
import type { S3Client } from '@aws-sdk/client-s3';
import type { STSClient } from '@aws-sdk/client-sts';

/** The AWS services that the state bucket and the checks of `doctor` need. */
export interface AwsClients {
  readonly s3: S3Client;
  readonly kms: KMSClient;
  readonly sts: STSClient;
}

export interface ConnectOptions {
  readonly region: string;
  /** The local cloud's variables (`AWS_ENDPOINT_URL`, `AWS_ACCESS_KEY_ID`, …). @default - those of the process, as the SDK finds them */
  readonly overrides?: Readonly<Record<string, string | undefined>>;
}

/** Makes the clients. The SDK is loaded here and not before: it takes a fifth of a second. */
export async function connectAws({ region, overrides = {} }: ConnectOptions): Promise<AwsClients> {
  // Else the SDK warns on standard error that versions of 2027 will need a newer Node.js.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const [{ S3Client }, { KMSClient }, { STSClient }] = await Promise.all([
    import('@aws-sdk/client-s3'),
    import('@aws-sdk/client-kms'),
    import('@aws-sdk/client-sts'),
  ]);
  const {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  } = overrides;
  const config = {
    region,
    // A name that leads nowhere must not look like a slow answer.
    requestHandler: { connectionTimeout: 5000, requestTimeout: 30_000 },
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(accessKeyId && secretAccessKey ? { credentials: { accessKeyId, secretAccessKey } } : {}),
  };
  return {
    s3: new S3Client({ ...config, followRegionRedirects: true }),
    kms: new KMSClient(config),
    sts: new STSClient(config),
  };
}
