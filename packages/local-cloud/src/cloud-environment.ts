/** The variables of a process, as in `process.env`. */
export type ProcessEnvironment = Readonly<Record<string, string | undefined>>;

/** Any values do: moto knows no secrets. */
const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };

/**
 * What would lead a client past the local cloud or to other credentials.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html,
 * https://developer.hashicorp.com/terraform/language/backend/s3
 */
const MISLEADING = [
  /^AWS_(DEFAULT_)?PROFILE$/,
  /^AWS_(SESSION|SECURITY)_TOKEN$/,
  /^AWS_ROLE_ARN$/,
  /^AWS_WEB_IDENTITY_TOKEN_FILE$/,
  /^AWS_CONTAINER_CREDENTIALS_/,
  /^AWS_ENDPOINT_URL_/,
  /^AWS_(S3|STS|IAM|SSO|DYNAMODB)_ENDPOINT$/,
  /^AWS_IGNORE_CONFIGURED_ENDPOINT_URLS$/,
  /^AWS_USE_(FIPS|DUALSTACK)_ENDPOINT$/,
];

/** The variables that lead an AWS client to the local cloud at `url`. */
export function cloudVariables(url: string, region?: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: url,
    ...CREDENTIALS,
    AWS_EC2_METADATA_DISABLED: 'true',
    ...(region === undefined ? {} : { AWS_REGION: region, AWS_DEFAULT_REGION: region }),
  };
}

/** `env` with `variables`, without what would mislead an AWS client, and past a proxy. */
export function withCloudVariables(
  env: ProcessEnvironment,
  variables: Readonly<Record<string, string>>,
): Record<string, string> {
  const kept = Object.entries(env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && !MISLEADING.some((pattern) => pattern.test(entry[0])),
  );
  const past = [env['no_proxy'] ?? env['NO_PROXY'], '127.0.0.1'].filter(Boolean).join(',');
  return { ...Object.fromEntries(kept), no_proxy: past, NO_PROXY: past, ...variables };
}
