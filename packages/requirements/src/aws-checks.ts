import {
  type Caller,
  callerOf,
  guardAccount,
  AwsError,
  awsError,
  awsSettings,
  type AwsSettings,
  type CloudEffects,
  cloudEnvironment,
} from '@nightshift/aws-access';
import type { Environment } from '@nightshift/config';
import { everydayCommands } from '@nightshift/errors';
import type { Check, Finding } from '@nightshift/release';
import { isChange, type EnsuredBucket, ensureStateBucket } from '@nightshift/state-bucket';
import type { RequirementsContext } from './requirements-context';

const SETTINGS = 'AWS settings';

const CREDENTIALS = 'AWS credentials';

const ACCOUNT = 'account';

const REGION = 'region';

const STATE_BUCKET = 'state bucket';

/** The requirements of a deployment in the environment's cloud. */
export function awsChecks(
  environment: Environment,
  { connect, effects, finishEnded }: RequirementsContext,
  narrowEnvFiles: () => readonly NarrowEnvFile[],
): Check[] {
  const { account, region, cloud } = environment;
  let found: Promise<EnvironmentCaller> | undefined;
  const caller = () => (found ??= environmentCaller(environment, connect));
  return [
    {
      title: SETTINGS,
      needs: cloud === 'local' ? [LOCAL_CLOUD] : [],
      run: () => awsSettingsFinding(environment, effects, narrowEnvFiles),
    },
    {
      title: CREDENTIALS,
      needs: [SETTINGS],
      run: async () => ({ mark: 'OK', detail: (await caller()).caller.arn }),
    },
    {
      title: ACCOUNT,
      needs: [CREDENTIALS],
      run: async () => {
        const { caller: identity } = await caller();
        guardAccount(environment, identity);
        const guard =
          account === undefined
            ? `any account is accepted (environments/${environment.name}.yaml has no account.id)`
            : 'the account of the environment';
        return { mark: 'OK', detail: `${identity.account}, ${guard}` };
      },
    },
    {
      title: REGION,
      needs: [CREDENTIALS],
      run: async () => {
        const { regionFailure } = await caller();
        if (regionFailure === undefined)
          return { mark: 'OK', detail: `${region} from environments/${environment.name}.yaml is available` };
        return {
          mark: 'FAIL',
          detail: `${region} does not exist, is not enabled for this account, or is not reachable (${String(regionFailure.problems[0]?.got)})`,
          remedy: `correct region in environments/${environment.name}.yaml, or enable it: aws account enable-region --region-name ${region}`,
        };
      },
    },
    {
      title: STATE_BUCKET,
      needs: [ACCOUNT, REGION],
      run: async () =>
        bucketFinding(
          await ensureStateBucket({ aws: await connect(environment), environment, check: true }),
          environment,
        ),
    },
    {
      title: 'unfinished release',
      needs: [STATE_BUCKET],
      run: async () => {
        const { remainsText } = await import('@nightshift/release');
        const remains = await finishEnded(environment);
        if (remains.kind === 'suspended')
          return { mark: 'WARN', detail: remains.problem.what, remedy: remains.problem.todo };
        return { mark: 'OK', detail: remainsText(remains) ?? 'none' };
      },
    },
  ];
}

/** Whether the account meets the requirements of the environment: quotas, and the images in use. */
export async function accountChecks(environment: Environment, context: RequirementsContext): Promise<Check[]> {
  const checks = await context.accountRequirements(environment);
  return checks.map((check) => ({ ...check, needs: [ACCOUNT, REGION] }));
}

function bucketFinding({ bucket, settings, changed }: EnsuredBucket, environment: Environment): Finding {
  if (!changed) return { mark: 'OK', detail: `${bucket} exists and is up to date` };
  const bootstrap = everydayCommands(environment).nightshift('bootstrap');
  if (settings.some(({ setting, outcome }) => setting === 'bucket' && outcome === 'would be created')) {
    return { mark: 'FAIL', detail: `${bucket} does not exist`, remedy: `create it: ${bootstrap}` };
  }
  // Without a key, do not list its alias, rotation and tags.
  const off = settings
    .filter((report) => isChange(report) && (report.was !== undefined || report.setting === 'KMS key'))
    .map(({ setting, was = 'missing' }) => `${setting} is ${was}`);
  return { mark: 'FAIL', detail: `${bucket} has drifted: ${off.join(', ')}`, remedy: `repair it: ${bootstrap}` };
}

interface EnvironmentCaller {
  readonly caller: Caller;
  /** The error in the environment's region, if AWS responds in another one. @default - no error */
  readonly regionFailure?: AwsError;
}

/** Every account can use this region: https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html */
const ALWAYS_ENABLED = 'us-east-1';

/**
 * The identity of the credentials. In a region that does not exist or is not enabled, AWS does not respond or refuses valid credentials. A
 * call to another region distinguishes this from invalid credentials.
 * @throws {AwsError} when the credentials are invalid.
 */
export async function environmentCaller(
  environment: Environment,
  connect: RequirementsContext['connect'],
): Promise<EnvironmentCaller> {
  const answer = await ask(environment, connect);
  if (!(answer instanceof AwsError)) return { caller: answer };
  const suspicious = answer.failure === 'unreachable' || answer.failure === 'credentials-refused';
  if (!suspicious || environment.region === ALWAYS_ENABLED) throw answer;
  const elsewhere = await ask({ ...environment, region: ALWAYS_ENABLED }, connect);
  if (elsewhere instanceof AwsError) throw answer;
  return { caller: elsewhere, regionFailure: answer };
}

async function ask(environment: Environment, connect: RequirementsContext['connect']): Promise<Caller | AwsError> {
  const { sts } = await connect(environment);
  try {
    return await callerOf(sts);
  } catch (error) {
    const explained = awsError(error, `AWS in ${environment.region}`);
    if (explained instanceof AwsError) return explained;
    throw explained;
  }
}

/** A file with AWS settings for only some tasks of an environment. */
export interface NarrowEnvFile {
  readonly file: string;
  readonly names: readonly string[];
}

/**
 * The settings of the user that take effect for an environment, and their origin.
 * @throws {UserError} when the profile does not exist or an endpoint is not AWS.
 */
export async function awsSettingsFinding(
  environment: Environment,
  effects: CloudEffects,
  narrowEnvFiles: () => readonly NarrowEnvFile[],
): Promise<Finding> {
  await cloudEnvironment(environment, effects);
  if (environment.cloud === 'local') {
    return { mark: 'OK', detail: 'settings of the local cloud; AWS_* variables and files in ~/.aws are not used' };
  }
  const narrow = narrowEnvFiles();
  if (narrow.length > 0) {
    return {
      mark: 'FAIL',
      detail: narrow.map(({ file, names }) => `${file} sets ${names.join(', ')} for some commands only`).join('; '),
      remedy: `move it to .env.${environment.name}.local, which applies to all commands of ${environment.name}`,
    };
  }
  const settings = await awsSettings(effects);
  return { mark: 'OK', detail: [credentialsOf(settings), endpointOf(settings)].join('; ') };
}

function credentialsOf({ profile, accessKey, role }: AwsSettings): string {
  if (accessKey)
    return `access key ${accessKey.value} (${accessKey.from})${profile ? `, which takes precedence over profile ${profile.value}` : ''}`;
  const named = profile ? `profile ${profile.value} (${profile.from})` : 'profile default';
  return role ? `${named}, role ${role.value} (${role.from})` : named;
}

function endpointOf({ endpoints }: AwsSettings): string {
  if (endpoints.length === 0) return 'default AWS endpoint';
  return endpoints.map(({ value, from }) => `endpoint ${value} (${from})`).join(', ');
}

const LOCAL_CLOUD = 'local cloud';

/** Whether the local cloud runs; skipped for an environment in AWS. */
export function localCloudCheck({ cloud }: Pick<Environment, 'cloud'>, { effects }: RequirementsContext): Check {
  return {
    title: LOCAL_CLOUD,
    run: async () => {
      if (cloud === 'aws') return { mark: 'SKIP', detail: 'the environment is in AWS' };
      const status = await (await effects.localCloud()).status();
      if (!status.running) {
        const { diedLog } = status;
        const detail = diedLog === undefined ? 'is not running' : `stopped unexpectedly, see the log ${diedLog}`;
        return { mark: 'FAIL', detail, remedy: 'start it and deploy: npm start' };
      }
      if (!status.outdated) return { mark: 'OK', detail: `is running at ${status.url}` };
      return {
        mark: 'FAIL',
        detail: `is running at ${status.url} with code from another version of this checkout`,
        remedy: 'restart it: npm run stop, then npm start (deletes what is deployed to it)',
      };
    },
  };
}
