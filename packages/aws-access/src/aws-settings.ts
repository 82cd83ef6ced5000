import { join } from 'node:path';

/** The variables of a process, by name. */
export type Variables = Readonly<Record<string, string | undefined>>;

export interface ProcessVariables {
  /** The process's environment as it was at the start. */
  readonly env: Variables;
  /** The file that sets a variable of `env`, such as `.env.local`, by the variable's name. The shell sets the others. */
  readonly envFiles: Readonly<Record<string, string | undefined>>;
}

/** A value, and its variable or file in messages. */
export interface Setting {
  readonly value: string;
  readonly from: string;
}

/** The user's settings for AWS clients and Terraform, from variables and shared configuration files. */
export interface AwsSettings {
  /** @default - the profile `default` */
  readonly profile: Setting | undefined;
  /** The id of an access key in a variable, which takes precedence over the profile. */
  readonly accessKey: Setting | undefined;
  /** The role to assume with these credentials. @default - none */
  readonly role: Setting | undefined;
  /** Endpoints that replace AWS. Usually empty. */
  readonly endpoints: readonly Setting[];
  /** The names of all profiles in the files. */
  readonly profiles: readonly string[];
  readonly files: readonly string[];
}

/**
 * `AWS_ENDPOINT_URL` and `AWS_ENDPOINT_URL_<SERVICE>`: https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html,
 * and those of Terraform: https://developer.hashicorp.com/terraform/language/backend/s3#configuration,
 * https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/guides/custom-service-endpoints
 */
const ENDPOINT = /^(?:AWS_ENDPOINT_URL(?:_\w+)?|(?:TF_)?AWS_(?:S3|STS|IAM|DYNAMODB|SSO)_ENDPOINT)$/;

export async function awsSettings({ env, envFiles }: ProcessVariables): Promise<AwsSettings> {
  const variable = (...names: readonly string[]): Setting | undefined => {
    const name = names.find((one) => env[one]);
    return name === undefined ? undefined : { value: String(env[name]), from: sourceOf(name, envFiles[name]) };
  };
  const home = [env['HOME'], env['USERPROFILE']].find(Boolean) ?? '/';
  const config = variable('AWS_CONFIG_FILE')?.value ?? join(home, '.aws', 'config');
  const credentials = variable('AWS_SHARED_CREDENTIALS_FILE')?.value ?? join(home, '.aws', 'credentials');
  // Imported on use, because local environments do not need it.
  const { loadSharedConfigFiles } = await import('@smithy/core/config');
  const files = await loadSharedConfigFiles({ configFilepath: config, filepath: credentials, ignoreCache: true });

  const profile = variable('AWS_PROFILE', 'AWS_DEFAULT_PROFILE');
  const name = profile?.value ?? 'default';
  const section: Variables = { ...files.configFile[name], ...files.credentialsFile[name] };
  const inFile = (key: string, among: Variables = section, where = `profile ${name}`): Setting[] => {
    const value = among[key];
    return value === undefined ? [] : [{ value, from: `${key.replace('.', ' ')} of ${where} in ${config}` }];
  };
  const services = `services ${String(section['services'])}`;
  const ofServices: Variables = files.configFile[services.replace(' ', '.')] ?? {};
  const accessKey = variable('AWS_ACCESS_KEY_ID');
  return {
    profile,
    accessKey,
    role: accessKey ? undefined : (variable('AWS_ROLE_ARN') ?? [...inFile('role_arn'), ...inFile('sso_role_name')][0]),
    endpoints: [
      ...Object.keys(env).flatMap((key) => (ENDPOINT.test(key) ? (variable(key) ?? []) : [])),
      ...inFile('endpoint_url'),
      ...Object.keys(ofServices)
        .filter((key) => key.endsWith('.endpoint_url'))
        .flatMap((key) => inFile(key, ofServices, services)),
    ],
    profiles: [...new Set([...Object.keys(files.configFile), ...Object.keys(files.credentialsFile)])].filter(
      (key) => !/^(?:sso-session|services)\./.test(key),
    ),
    files: [config, credentials],
  };
}

/** `AWS_PROFILE`, or `AWS_PROFILE in .env.local`. */
function sourceOf(name: string, file: string | undefined): string {
  return file === undefined ? name : `${name} in ${file}`;
}
