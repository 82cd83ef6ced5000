import { environmentFixture } from '@nightshift/testing/environment';
import { sdkError } from '@nightshift/testing/aws';
import type { SettingReport } from './bucket-settings';
import { ensuredBucket, ensureStateBucket } from './ensure-state-bucket';
import { FakeAws } from './testing/fake-aws';
import { FakeBucket } from './testing/fake-s3';

const environment = environmentFixture();

const BUCKET = environment.state.bucket;

const SETTINGS = [
  'KMS key',
  'key alias',
  'key rotation',
  'key tags',
  'log bucket',
  'log bucket: public access block',
  'log bucket: object ownership',
  'log bucket: TLS only',
  'log bucket: log delivery',
  'log bucket: encryption',
  'log bucket: versioning',
  'log bucket: lifecycle',
  'log bucket: tags',
  'bucket',
  'public access block',
  'object ownership',
  'TLS only',
  'encryption',
  'versioning',
  'lifecycle',
  'access logging',
  'tags',
];

const all = (outcome: SettingReport['outcome']) => SETTINGS.map((setting) => ({ setting, outcome }));

async function bootstrapped(): Promise<FakeAws> {
  const aws = new FakeAws();
  await ensureStateBucket({ aws: aws.clients, environment });
  aws.calls.length = 0;
  return aws;
}

describe('ensureStateBucket', () => {
  it('creates key and bucket, and hardens the bucket (R0.1)', async () => {
    const aws = new FakeAws();
    const reports: SettingReport[] = [];
    const result = await ensureStateBucket({
      aws: aws.clients,
      environment,
      onSetting: (report) => reports.push(report),
    });
    expect(ensuredBucket.parse(result)).toEqual({
      bucket: 's3-tfstate-nightshift-dev',
      region: 'us-east-1',
      account: '123456789012',
      changed: true,
      settings: all('created'),
    });
    expect(reports).toEqual(result.settings);
    expect(aws.kms.key(`alias/${BUCKET}`)).toMatchObject({ state: 'Enabled', rotation: true });
    expect([...aws.s3.bucket(BUCKET).settings.keys()]).toEqual([
      'PublicAccessBlock',
      'BucketOwnershipControls',
      'BucketPolicy',
      'BucketEncryption',
      'BucketVersioning',
      'BucketLifecycleConfiguration',
      'BucketLogging',
      'BucketTagging',
    ]);
  });

  it('repairs the log bucket too, and creates a missing one', async () => {
    const aws = await bootstrapped();
    const logs = aws.s3.bucket(`${BUCKET}-logs`);
    logs.settings.set('BucketEncryption', {
      Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
    });
    const repaired = await ensureStateBucket({ aws: aws.clients, environment });
    expect(repaired.settings.filter(({ outcome }) => outcome !== 'already so')).toEqual([
      { setting: 'log bucket: encryption', outcome: 'repaired', was: 'aws:kms' },
    ]);
    aws.s3.buckets.delete(`${BUCKET}-logs`);
    const { settings } = await ensureStateBucket({ aws: aws.clients, environment });
    expect(settings.filter(({ outcome }) => outcome === 'created')).toEqual(
      all('created').filter(({ setting }) => setting.startsWith('log bucket')),
    );
  });

  it('changes nothing the second time', async () => {
    const aws = await bootstrapped();
    const result = await ensureStateBucket({ aws: aws.clients, environment });
    expect(result).toMatchObject({ changed: false, settings: all('already so') });
    expect(aws.changes).toEqual([]);
  });

  it('repairs only settings that have drifted', async () => {
    const aws = await bootstrapped();
    aws.s3.bucket(BUCKET).settings.set('BucketVersioning', { Status: 'Suspended' });
    aws.kms.keys[0]!.rotation = false;
    const { settings, changed } = await ensureStateBucket({ aws: aws.clients, environment });
    expect(changed).toBe(true);
    expect(settings.filter(({ outcome }) => outcome !== 'already so')).toEqual([
      { setting: 'key rotation', outcome: 'repaired', was: 'off' },
      { setting: 'versioning', outcome: 'repaired', was: 'suspended' },
    ]);
    expect(aws.changes).toEqual(['EnableKeyRotation', 'PutBucketVersioning']);
  });

  it('continues after an interrupted run', async () => {
    const aws = new FakeAws();
    aws.failures.set('PutBucketLogging', sdkError('InternalError', 'try again', 500));
    await expect(ensureStateBucket({ aws: aws.clients, environment })).rejects.toThrow(
      'state bucket s3-tfstate-nightshift-dev: AWS refused the call, got InternalError: try again - fix the cause, then run the same command again; finished changes are kept',
    );
    aws.failures.clear();
    const { settings } = await ensureStateBucket({ aws: aws.clients, environment });
    expect(settings.find(({ setting }) => setting === 'TLS only')).toEqual({
      setting: 'TLS only',
      outcome: 'already so',
    });
    expect(settings.find(({ setting }) => setting === 'access logging')).toMatchObject({
      outcome: 'repaired',
      was: 'off',
    });
    expect(aws.kms.keys).toHaveLength(1);
  });

  it('only reports a bucket to create', async () => {
    const aws = new FakeAws();
    const result = await ensureStateBucket({ aws: aws.clients, environment, check: true });
    expect(result).toMatchObject({ changed: true, settings: all('would be created') });
    expect(aws.changes).toEqual([]);
  });

  it('only reports settings to repair, also encryption with a key that does not exist yet', async () => {
    const aws = await bootstrapped();
    aws.kms.keys.length = 0;
    aws.kms.aliases.clear();
    const { settings } = await ensureStateBucket({ aws: aws.clients, environment, check: true });
    expect(settings.slice(0, 4)).toEqual(all('would be created').slice(0, 4));
    expect(settings.find(({ setting }) => setting === 'encryption')).toEqual({
      setting: 'encryption',
      outcome: 'would be repaired',
      was: 'by arn:aws:kms:us-east-1:123456789012:key/key-1',
    });
    expect(aws.changes).toEqual([]);
  });

  it('finds the key of the bucket after its alias was deleted', async () => {
    const aws = await bootstrapped();
    aws.kms.aliases.clear();
    const { settings } = await ensureStateBucket({ aws: aws.clients, environment });
    expect(settings.slice(0, 3)).toEqual([
      { setting: 'KMS key', outcome: 'already so' },
      { setting: 'key alias', outcome: 'repaired', was: 'missing' },
      { setting: 'key rotation', outcome: 'already so' },
    ]);
    expect([...aws.kms.aliases]).toEqual([[`alias/${BUCKET}`, 'key-1']]);
  });

  it('tags the bucket with the name of the profile, since ephemeral environments share it (R0.9)', async () => {
    const aws = new FakeAws();
    const preview = (suffix: string) => environmentFixture({ name: 'preview', suffix, file: { profile: true } });
    await ensureStateBucket({ aws: aws.clients, environment: preview('pr-1') });
    expect(Object.fromEntries(aws.kms.keys[0]!.tags)).toEqual({
      Project: 'nightshift',
      CostCenter: '4711',
      Environment: 'preview',
    });
    expect(await ensureStateBucket({ aws: aws.clients, environment: preview('pr-2') })).toMatchObject({
      changed: false,
    });
  });

  it.each([
    ['encrypted by the key of somebody else', { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'key-1' }],
    ['encrypted without a key', { SSEAlgorithm: 'AES256' }],
    ['not encrypted', undefined],
  ])('creates a key for an existing bucket that is %s', async (_, byDefault) => {
    const aws = new FakeAws();
    aws.kms.create('the key of somebody else');
    const bucket = new FakeBucket();
    if (byDefault)
      bucket.settings.set('BucketEncryption', { Rules: [{ ApplyServerSideEncryptionByDefault: byDefault }] });
    aws.s3.buckets.set(BUCKET, bucket);
    const { settings } = await ensureStateBucket({ aws: aws.clients, environment });
    expect(settings[0]).toEqual({ setting: 'KMS key', outcome: 'created' });
    expect([...aws.kms.aliases]).toEqual([[`alias/${BUCKET}`, 'key-2']]);
    expect(await ensureStateBucket({ aws: aws.clients, environment })).toMatchObject({ changed: false });
  });

  it('changes nothing in the wrong account', async () => {
    const aws = new FakeAws();
    const guarded = environmentFixture({ file: { account: { id: '999999999999' } } });
    await expect(ensureStateBucket({ aws: aws.clients, environment: guarded })).rejects.toThrow(
      'environments/dev.yaml: account.id: only account 999999999999 is allowed, got credentials of account 123456789012 (arn:aws:iam::123456789012:user/deploy) - sign in to account 999999999999 (AWS_PROFILE), then run the same command again',
    );
    expect(aws.calls).toEqual(['GetCallerIdentity']);
  });

  it('creates no key if the name of the bucket is taken', async () => {
    const aws = new FakeAws();
    aws.s3.buckets.set(BUCKET, new FakeBucket('us-east-1', 'another'));
    await expect(ensureStateBucket({ aws: aws.clients, environment })).rejects.toThrow(
      'belongs to another AWS account',
    );
    expect(aws.changes).toEqual([]);
  });
});
