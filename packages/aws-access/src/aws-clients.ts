import type { ECRClient } from '@aws-sdk/client-ecr';
import type { KMSClient } from '@aws-sdk/client-kms';
import type { S3Client } from '@aws-sdk/client-s3';
import type { STSClient } from '@aws-sdk/client-sts';
import type { Environment } from '@nightshift/config';
import { UserError } from '@nightshift/errors';
import type { ProcessVariables } from './aws-settings';
import { type CloudEffects, cloudEnvironment, type InCloud } from './cloud-environment';

/** The AWS services that the state bucket and the checks of `doctor` need. */
export interface AwsClients {
  readonly s3: S3Client;
  readonly kms: KMSClient;
  readonly sts: STSClient;
}

/**
 * Clients for the cloud of an environment. Imports the SDK on use, because loading takes 0.2 s.
 * @throws {UserError} when the local cloud of the environment is not running.
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

/** The AWS services that hold images and know whose they are. */
export interface RegistryClients {
  readonly ecr: ECRClient;
  readonly sts: STSClient;
}

/**
 * Clients for the cloud that an environment is in.
 * @throws {UserError} when the local cloud of the environment is not running.
 */
export async function connectRegistry(environment: InCloud, effects: CloudEffects): Promise<RegistryClients> {
  const config = await clientConfig(environment, effects);
  const [{ ECRClient }, { STSClient }] = await Promise.all([
    import('@aws-sdk/client-ecr'),
    import('@aws-sdk/client-sts'),
  ]);
  return { ecr: new ECRClient(config), sts: new STSClient(config) };
}

/** The configuration of an AWS client. Other settings come from the variables of the process. */
interface ClientConfig {
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
 * The configuration of all AWS clients, so that they and Terraform call the same cloud with the same credentials.
 * Call it before the SDK is loaded: the SDK reads the variables of the process.
 * @throws {UserError} when the local cloud of the environment is not running, or when the user's settings point to another endpoint.
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
    // An unreachable host must not look like a slow response.
    requestHandler: { connectionTimeout: 5000, requestTimeout: 30_000 },
    // Keys come before a profile in Terraform and in the AWS CLI; the SDK for JavaScript alone has it the other way round:
    // https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
    ...(accessKeyId && secretAccessKey
      ? { credentials: { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) } }
      : {}),
  };
}

/** The SDK reads its settings from variables of the process, and from the files that these variables name. */
function replaceAwsVariables(env: ProcessVariables['env']): void {
  for (const name of Object.keys(process.env)) {
    if (name.startsWith('AWS_')) Reflect.deleteProperty(process.env, name);
  }
  // Suppresses the SDK's warning that versions of 2027 will require a newer Node.js.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
  for (const [name, value] of Object.entries(env)) {
    if (name.startsWith('AWS_') && value !== undefined) process.env[name] = value;
  }
  // https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-envvars.html: the SDK for JavaScript does not know it.
  const profile = [env['AWS_PROFILE'], env['AWS_DEFAULT_PROFILE']].find(Boolean);
  if (profile !== undefined) process.env['AWS_PROFILE'] = profile;
}

/** Who the credentials belong to. */
export interface Caller {
  /** 12 digits. */
  readonly account: string;
  /** Such as `arn:aws:sts::123456789012:assumed-role/deploy/session`. */
  readonly arn: string;
  /** `aws`, `aws-cn` or `aws-us-gov`: the second part of every ARN. */
  readonly partition: string;
}

export async function callerOf(sts: STSClient): Promise<Caller> {
  const { GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
  const { Account: account = '', Arn: arn = '' } = await sts.send(new GetCallerIdentityCommand({}));
  return { account, arn, partition: arn.split(':')[1] ?? '' };
}

/** @throws {UserError} when the environment names an account and the credentials belong to another. */
export function guardAccount({ name, account }: Pick<Environment, 'name' | 'account'>, caller: Caller): void {
  if (account === undefined || account.id === caller.account) return;
  throw new UserError({
    where: `environments/${name}.yaml: account.id`,
    what: `only account ${account.id} is allowed`,
    got: `credentials of account ${caller.account} (${caller.arn})`,
    todo: `sign in to account ${account.id} (AWS_PROFILE), then run the same command again`,
  });
}
