import type { Environment } from '@nightshift/config';
import type { AwsClients } from '../aws/connect-environment';
import { awsError } from '../aws/aws-error';
import { callerOf, guardAccount } from '../aws/caller';
import { bucketExists } from './bucket-exists';
import { bucketSettings } from './bucket-settings';
import { createBucket } from './create-bucket';
import { ensureStateKey } from './ensure-state-key';
import { isChange, type SettingReport } from './setting-report';
import { settle } from './settle';
import type { StateBucket } from './state-bucket';

export interface EnsureOptions {
  readonly aws: AwsClients;
  readonly environment: Environment;
  /** Changes nothing, only says what would be. @default - false */
  readonly check?: boolean;
  /** Called for each setting as soon as it is settled. */
  readonly onSetting?: (report: SettingReport) => void;
}

export interface EnsuredBucket {
  readonly bucket: string;
  readonly region: string;
  readonly account: string;
  readonly settings: readonly SettingReport[];
  /** Whether anything changed, or would. */
  readonly changed: boolean;
}

/**
 * Creates and hardens the bucket and the key for an environment's Terraform state, and puts right what has drifted. May be
 * repeated at any time; goes on where an interrupted run left off.
 * @throws {UserError} before anything is changed when account, owner or region are not the environment's.
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
    const exists = await bucketExists(s3, request, environment);
    const key = await ensureStateKey({ s3, kms, request, exists, tags, check, report });
    if (!exists && !check) await createBucket(s3, request, environment);
    report({ setting: 'bucket', outcome: exists ? 'already so' : created(check) });
    const bucket: StateBucket = { s3, request, partition: caller.partition, keyArn: String(key?.arn), tags };
    if (exists) await settle({ settings: bucketSettings, target: bucket, check, report });
    else {
      for (const { title, set } of bucketSettings) {
        if (!check) await set(bucket);
        report({ setting: title, outcome: created(check) });
      }
    }
    return { bucket: state.bucket, region, account: caller.account, settings, changed: settings.some(isChange) };
  } catch (error) {
    throw awsError(error, `state bucket ${state.bucket}`);
  }
}

function created(check: boolean): SettingReport['outcome'] {
  return check ? 'would be created' : 'created';
}
