import type { Effects } from '../effects';
import { cloudEnvironment, type CloudEffects, type InCloud } from '../environment/cloud-environment';

/** A client of any AWS service is made with it. The rest of its settings comes from the variables of the process. */
export interface ClientConfig {
  readonly region: string;
  readonly requestHandler: { readonly connectionTimeout: number; readonly requestTimeout: number };
  /** @default - those that the SDK finds */
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
}

/**
 * What the clients of all AWS services are made with, so that they and Terraform ask the same cloud with the same credentials.
 * Call it before the SDK is loaded: the SDK reads the variables of the process.
 * @throws {UserError} when the environment is in the local cloud and that does not run, or the user's settings lead past its cloud.
 */
export async function clientConfig(environment: InCloud, effects: CloudEffects): Promise<ClientConfig> {
  const env = await cloudEnvironment(environment, effects);
  replaceAwsVariables(env);
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = env;
  return {
    region: environment.region,
    // A name that leads nowhere must not look like a slow answer.
    requestHandler: { connectionTimeout: 5000, requestTimeout: 30_000 },
    // Keys come before a profile in Terraform and in the AWS CLI; the SDK for JavaScript alone has it the other way round:
    // https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
    ...(accessKeyId && secretAccessKey
      ? { credentials: { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) } }
      : {}),
  };
}

/** The SDK has dozens of settings, and reads each of them from a variable of the process or from the files that such variables name. */
function replaceAwsVariables(env: Effects['env']): void {
  for (const name of Object.keys(process.env)) {
    if (name.startsWith('AWS_')) Reflect.deleteProperty(process.env, name);
  }
  // Else the SDK warns on standard error that versions of 2027 will need a newer Node.js.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
  for (const [name, value] of Object.entries(env)) {
    if (name.startsWith('AWS_') && value !== undefined) process.env[name] = value;
  }
  // https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-envvars.html: the SDK for JavaScript does not know it.
  const profile = [env['AWS_PROFILE'], env['AWS_DEFAULT_PROFILE']].find(Boolean);
  if (profile !== undefined) process.env['AWS_PROFILE'] = profile;
}
