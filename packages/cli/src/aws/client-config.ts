export interface ConnectOptions {
  readonly region: string;
  /** The local cloud's variables (`AWS_ENDPOINT_URL`, `AWS_ACCESS_KEY_ID`, …). @default - those of the process, as the SDK finds them */
  readonly overrides?: Readonly<Record<string, string | undefined>>;
}

/** What the clients of all AWS services are made with. */
export function clientConfig({ region, overrides = {} }: ConnectOptions) {
  // Else the SDK warns on standard error that versions of 2027 will need a newer Node.js.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  } = overrides;
  return {
    region,
    // A name that leads nowhere must not look like a slow answer.
    requestHandler: { connectionTimeout: 5000, requestTimeout: 30_000 },
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(accessKeyId && secretAccessKey ? { credentials: { accessKeyId, secretAccessKey } } : {}),
  };
}
