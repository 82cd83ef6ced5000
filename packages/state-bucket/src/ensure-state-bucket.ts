import { type AwsClients, awsError, callerOf, guardAccount } from '@nightshift/aws-access';
import type { Environment } from '@nightshift/config';
import type { Immutable } from '@nightshift/console/json';
import { z } from 'zod';
import { tlsOnly } from './bucket-policy';
import {
  bucketTags,
  defaultEncryption,
  isChange,
  lifecycle,
  objectOwnership,
  publicAccessBlock,
  type Setting,
  settingReport,
  type SettingReport,
  settle,
  versioning,
} from './bucket-settings';
import { type Bucket, bucketExists, createBucket, type StateBucket } from './create-bucket';
import { accessLogging, logBucketName, logBucketSettings } from './log-bucket';
import { ensureStateKey } from './state-key';

/** The settings of a state bucket in the order of their application: access restrictions first. */
const bucketSettings: readonly Setting<StateBucket>[] = [
  publicAccessBlock,
  objectOwnership,
  tlsOnly,
  defaultEncryption,
  versioning,
  lifecycle,
  accessLogging,
  bucketTags,
];

interface EnsureOptions {
  readonly aws: AwsClients;
  readonly environment: Environment;
  /** Only reports, and changes nothing. @default - false */
  readonly check?: boolean;
  /** Called for each setting as soon as its outcome is known. */
  readonly onSetting?: (report: SettingReport) => void;
}

export const ensuredBucket = z.object({
  bucket: z.string(),
  region: z.string(),
  account: z.string(),
  settings: z.array(settingReport),
  changed: z.boolean().describe('Whether anything changed, or would with `--check`.'),
});

export type EnsuredBucket = Immutable<z.output<typeof ensuredBucket>>;

/**
 * Creates and hardens the bucket and the key for an environment's Terraform state and the bucket of its access logs, and repairs what
 * has drifted. Can be repeated at any time, also after an interruption.
 * @throws {UserError} before anything is changed when account, owner or region differ from the environment's.
 */
export async function ensureStateBucket(options: EnsureOptions): Promise<EnsuredBucket> {
  const { aws, environment, check = false } = options;
  const { s3, kms } = aws;
  const { region, state } = environment;
  // Ephemeral environments share the bucket of their profile.
  const tags = { ...environment.tags, Environment: environment.name };
  const settings: SettingReport[] = [];
  const report = (setting: SettingReport) => {
    settings.push(setting);
    options.onSetting?.(setting);
  };
  try {
    const caller = await callerOf(aws.sts);
    guardAccount(environment, caller);
    const request = { Bucket: state.bucket, ExpectedBucketOwner: caller.account };
    const logRequest = { ...request, Bucket: logBucketName(state.bucket) };
    const exists = await bucketExists(s3, request, environment);
    const logsExist = await bucketExists(s3, logRequest, environment);
    const key = await ensureStateKey({ s3, kms, request, exists, tags, check, report });
    const bucket = { s3, request, partition: caller.partition, tags };
    const logs = { ...bucket, request: logRequest, source: request.Bucket };
    const ensure = { environment, check, report };
    await ensureBucket({
      ...ensure,
      title: 'log bucket',
      exists: logsExist,
      target: logs,
      settings: logBucketSettings,
    });
    const states = { ...bucket, keyArn: String(key?.arn) };
    await ensureBucket({ ...ensure, title: 'bucket', exists, target: states, settings: bucketSettings });
    return { bucket: state.bucket, region, account: caller.account, settings, changed: settings.some(isChange) };
  } catch (error) {
    throw awsError(error, `state bucket ${state.bucket}`);
  }
}

interface EnsureBucketProps<Target extends Bucket> {
  readonly title: string;
  readonly exists: boolean;
  readonly target: Target;
  readonly settings: readonly Setting<Target>[];
  readonly environment: Environment;
  readonly check: boolean;
  readonly report: (report: SettingReport) => void;
}

async function ensureBucket<Target extends Bucket>(props: EnsureBucketProps<Target>): Promise<void> {
  const { title, exists, target, settings, environment, check, report } = props;
  if (!exists && !check) await createBucket(target.s3, target.request, environment);
  report({ setting: title, outcome: exists ? 'already so' : created(check) });
  if (exists) {
    await settle({ settings, target, check, report });
    return;
  }
  for (const { title: setting, set } of settings) {
    if (!check) await set(target);
    report({ setting, outcome: created(check) });
  }
}

function created(check: boolean): SettingReport['outcome'] {
  return check ? 'would be created' : 'created';
}
