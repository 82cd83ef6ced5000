import { devNull } from 'node:os';
import type { CloudKey } from './server-record';

/** The variables of a process, as in `process.env`. */
export type ProcessEnvironment = Readonly<Record<string, string | undefined>>;

/** The variables that point an AWS client to the local cloud at `url`, with its key. */
export function cloudVariables(
  url: string,
  { accessKeyId, secretAccessKey }: Pick<CloudKey, 'accessKeyId' | 'secretAccessKey'>,
  region?: string,
): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_EC2_METADATA_DISABLED: 'true',
    // Profiles and settings in the user's files: https://docs.aws.amazon.com/sdkref/latest/guide/file-location.html
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    ...(region === undefined ? {} : { AWS_REGION: region, AWS_DEFAULT_REGION: region }),
  };
}

/** AWS clients read these, and so does the AWS provider of Terraform. */
const AWS_SETTING = /^(?:TF_)?AWS_/i;

/** `env` with `variables` as its only AWS settings, and without a proxy for this machine. */
export function withCloudVariables(
  env: ProcessEnvironment,
  variables: Readonly<Record<string, string>>,
): Record<string, string> {
  const kept = Object.entries(env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !AWS_SETTING.test(entry[0]),
  );
  const direct = [env['no_proxy'] ?? env['NO_PROXY'], '127.0.0.1'].filter(Boolean).join(',');
  return { ...Object.fromEntries(kept), no_proxy: direct, NO_PROXY: direct, ...variables };
}
