import { environmentFixture } from '@nightshift/testing/environment';
import { sdkError } from '@nightshift/testing/aws';
import type { Occurrence } from '@nightshift/windows';
import { ensureStateBucket } from './ensure-state-bucket';
import { recordOverride } from './record-override';
import { deleteAllVersions, removedBucket, removeStateBucket } from './remove-state-bucket';
import { BUCKET, stateBucketFixture } from './state-bucket.fixture';
import { FakeAws } from './testing/fake-aws';

describe('removeStateBucket', () => {
  const environment = environmentFixture({ file: { encryption: { deletionWindowDays: 10 } } });

  const BUCKET = environment.state.bucket;

  const ALIAS = `alias/${BUCKET}`;

  const stateWith = (...instances: number[]) =>
    JSON.stringify({
      version: 4,
      serial: 1,
      outputs: {},
      resources: instances.map((length) => ({ mode: 'managed', instances: Array.from({ length }) })),
    });

  async function bootstrapped(objects: Record<string, string> = {}): Promise<FakeAws> {
    const aws = new FakeAws();
    await ensureStateBucket({ aws: aws.clients, environment });
    for (const [key, body] of Object.entries(objects)) aws.s3.bucket(BUCKET).put(key, body);
    aws.calls.length = 0;
    return aws;
  }

  it('empties and deletes the bucket, and schedules the deletion of its key (R0.10)', async () => {
    const aws = await bootstrapped({ 'dev/network.tfstate': stateWith() });
    aws.s3.bucket(BUCKET).put('dev/network.tfstate.tflock', 'lock');
    aws.s3.bucket(BUCKET).delete('dev/network.tfstate.tflock');
    expect(removedBucket.parse(await removeStateBucket(aws.clients, environment))).toEqual({
      bucket: { name: BUCKET, outcome: 'removed' },
      logs: { name: `${BUCKET}-logs`, outcome: 'removed' },
      key: { alias: ALIAS, outcome: 'due for deletion', deletedOn: '2030-01-11' },
    });
    expect(aws.s3.buckets.size).toBe(0);
    expect(aws.kms.keys[0]!.state).toBe('PendingDeletion');
    expect(aws.kms.aliases.size).toBe(0);
  });

  it('does nothing the second time', async () => {
    const aws = await bootstrapped();
    await removeStateBucket(aws.clients, environment);
    aws.calls.length = 0;
    expect(await removeStateBucket(aws.clients, environment)).toEqual({
      bucket: { name: BUCKET, outcome: 'already gone' },
      logs: { name: `${BUCKET}-logs`, outcome: 'already gone' },
      key: { alias: ALIAS, outcome: 'already gone' },
    });
    expect(aws.changes).toEqual([]);
  });

  it('continues after an interrupted run', async () => {
    const aws = await bootstrapped();
    aws.failures.set('DeleteAlias', sdkError('KMSInternalException', 'try again', 500));
    await expect(removeStateBucket(aws.clients, environment)).rejects.toThrow(
      `state bucket ${BUCKET}: AWS refused the call, got KMSInternalException: try again - fix the cause, then run the same command again; finished changes are kept`,
    );
    aws.failures.clear();
    aws.calls.length = 0;
    expect(await removeStateBucket(aws.clients, environment)).toMatchObject({
      bucket: { outcome: 'already gone' },
      key: { outcome: 'due for deletion', deletedOn: '2030-01-11' },
    });
    expect(aws.changes).toEqual(['DeleteAlias']);
  });

  /** Calls `arrive` before each deletion of the log bucket. */
  function beforeDeletionOfLogs(aws: FakeAws, arrive: () => void) {
    const { clients } = aws;
    const send = clients.s3.send.bind(clients.s3) as (command: object) => Promise<never>;
    clients.s3.send = async (command: { constructor: { name: string }; input: { Bucket?: string } }) => {
      if (command.constructor.name === 'DeleteBucketCommand' && command.input.Bucket === `${BUCKET}-logs`) arrive();
      return await send(command);
    };
    return clients;
  }

  it('deletes logs that arrive in the meantime', async () => {
    const aws = await bootstrapped();
    aws.s3.bucket(`${BUCKET}-logs`).put('access/first', 'log');
    const late = ['access/second', 'access/third'];
    const clients = beforeDeletionOfLogs(aws, () => {
      const key = late.shift();
      if (key) aws.s3.bucket(`${BUCKET}-logs`).put(key, 'log');
    });
    expect((await removeStateBucket(clients, environment)).logs).toEqual({
      name: `${BUCKET}-logs`,
      outcome: 'removed',
    });
  });

  it('gives up if logs keep arriving, and deletes the rest the next time', async () => {
    const aws = await bootstrapped();
    const clients = beforeDeletionOfLogs(aws, () => {
      aws.s3.bucket(`${BUCKET}-logs`).put('access/log', 'log');
    });
    await expect(removeStateBucket(clients, environment)).rejects.toThrow('got BucketNotEmpty');
    expect(await removeStateBucket(aws.clients, environment)).toMatchObject({
      bucket: { outcome: 'already gone' },
      logs: { outcome: 'removed' },
      key: { outcome: 'due for deletion' },
    });
  });

  it('refuses to delete a log bucket with other objects', async () => {
    const aws = await bootstrapped();
    aws.s3.bucket(`${BUCKET}-logs`).put('access/log', 'log');
    aws.s3.bucket(`${BUCKET}-logs`).put('invoice.pdf', '');
    await expect(removeStateBucket(aws.clients, environment)).rejects.toThrow(
      `log bucket ${BUCKET}-logs: holds 1 object not made by Nightshift, got invoice.pdf - move it elsewhere first`,
    );
    expect(aws.changes).toEqual([]);
  });

  it('keeps the key if a run wrote a state in the meantime', async () => {
    const aws = await bootstrapped();
    const { clients } = aws;
    const send = clients.s3.send.bind(clients.s3) as (command: object) => Promise<never>;
    clients.s3.send = async (command: object) => {
      if (command.constructor.name === 'DeleteBucketCommand') aws.s3.bucket(BUCKET).put('dev/network.tfstate', '{}');
      return await send(command);
    };
    await expect(removeStateBucket(clients, environment)).rejects.toThrow(
      `state bucket ${BUCKET}: AWS refused the call, got BucketNotEmpty: The bucket you tried to delete is not empty - fix the cause, then run the same command again; finished changes are kept`,
    );
    expect(aws.kms.keys[0]!.state).toBe('Enabled');
  });

  it('keeps a key of another owner behind the alias', async () => {
    const aws = await bootstrapped();
    aws.kms.create('the key of somebody else');
    aws.kms.aliases.set(ALIAS, 'key-2');
    expect((await removeStateBucket(aws.clients, environment)).key).toEqual({
      alias: ALIAS,
      outcome: 'kept, as it was not made for this bucket',
    });
    expect(aws.kms.key('key-2').state).toBe('Enabled');
  });

  it('reports no deletion date if KMS returns none', async () => {
    const aws = await bootstrapped();
    aws.kms.keys[0]!.state = 'PendingDeletion';
    expect((await removeStateBucket(aws.clients, environment)).key).toEqual({
      alias: ALIAS,
      outcome: 'due for deletion',
    });
  });

  it('deletes the records of releases and of overridden processing windows', async () => {
    const aws = await bootstrapped({ 'dev/releases/latest.json': '{}' });
    const [opens, closes, now] = [new Date(0), new Date(1), new Date(2)];
    await recordOverride(aws.clients, {
      verb: 'deploy',
      stack: { name: 'network', environment },
      occurrence: { window: { name: 'night' }, opens, closes } as Occurrence,
      reason: 'urgent',
      now,
    });
    expect((await removeStateBucket(aws.clients, environment)).bucket).toMatchObject({ outcome: 'removed' });
  });

  it('refuses states with resources, locks of runs and other objects, all at once', async () => {
    const aws = await bootstrapped({
      'dev/network.tfstate': stateWith(2, 1),
      'dev/registry.tfstate': stateWith(),
      'dev/compute.tfstate': stateWith(1),
      'dev/compute.tfstate.tflock': '{}',
      'pr-1/network.tfstate': stateWith(5),
      'dev/releases/2026-11-24T10:00:00.000Z-r1.json': '{}',
      'dev/releases/latest.json': '{}',
      'dev/applied/network.json': '{}',
      'notes.txt': 'x',
    });
    aws.s3.pageSize = 2;
    await expect(removeStateBucket(aws.clients, environment)).rejects.toThrow(
      [
        `state bucket ${BUCKET}: holds 1 object not made by Nightshift, got notes.txt - move it elsewhere first`,
        `s3://${BUCKET}/dev/compute.tfstate.tflock: a run holds this lock - wait until that run ends; if it crashed, unlock the state: npx nightshift unlock compute -c dev`,
        `state bucket ${BUCKET}: holds the state of deployed resources of dev, got network (3 resources), compute (1 resource) - destroy it first: npx nx run-many -t destroy -c dev`,
        `state bucket ${BUCKET}: holds the state of deployed resources of pr-1, got network (5 resources) - destroy it first: npx nx run-many -t destroy -c pr-1`,
      ].join('\n'),
    );
    expect(aws.changes).toEqual([]);
  });

  it('names ephemeral environments by their profile, and a limited number of other objects', async () => {
    const aws = await bootstrapped({ 'pr-1/network.tfstate': stateWith(5), a: '', b: '', c: '', d: '' });
    const preview = environmentFixture({ name: 'preview', suffix: 'pr-2', file: { state: { bucket: BUCKET } } });
    await expect(removeStateBucket(aws.clients, preview)).rejects.toThrow(
      [
        `state bucket ${BUCKET}: holds 4 objects not made by Nightshift, got a, b, c, … - move them elsewhere first`,
        `state bucket ${BUCKET}: holds the state of deployed resources of pr-1, got network (5 resources) - destroy it first: ENVIRONMENT_SUFFIX=pr-1 npx nx run-many -t destroy -c preview`,
      ].join('\n'),
    );
  });

  it('refuses an unreadable state', async () => {
    const aws = await bootstrapped({ 'dev/network.tfstate': 'gibberish' });
    await expect(removeStateBucket(aws.clients, environment)).rejects.toThrow('not a Terraform state of version 4');
    expect(aws.changes).toEqual([]);
  });

  it('changes nothing in the wrong account', async () => {
    const aws = await bootstrapped();
    const guarded = environmentFixture({ file: { account: { id: '999999999999' } } });
    await expect(removeStateBucket(aws.clients, guarded)).rejects.toThrow('only account 999999999999 is allowed');
    expect(aws.calls).toEqual(['GetCallerIdentity']);
  });
});

describe('deleteAllVersions', () => {
  it('deletes every version and delete marker, on all pages', async () => {
    const { aws, stored, target } = stateBucketFixture();
    aws.s3.pageSize = 2;
    stored.put('dev/network.tfstate', '1');
    stored.put('dev/network.tfstate', '2');
    stored.put('dev/network.tfstate.tflock', 'lock');
    stored.delete('dev/network.tfstate.tflock');
    stored.put('dev/compute.tfstate', '1');
    await deleteAllVersions(target.s3, target.request);
    expect(stored.versions).toEqual([]);
    expect(aws.changes).toEqual(['DeleteObjects', 'DeleteObjects', 'DeleteObjects']);
  });

  it('accepts an empty bucket', async () => {
    const { aws, target } = stateBucketFixture();
    await deleteAllVersions(target.s3, target.request);
    expect(aws.changes).toEqual([]);
  });

  it('stops at a version that it cannot delete', async () => {
    const { stored, target } = stateBucketFixture();
    stored.put('dev/network.tfstate', '1');
    const send = target.s3.send.bind(target.s3) as (command: object) => Promise<object>;
    target.s3.send = (async (command: object) => ({
      ...(await send(command)),
      Errors: [{ Key: 'dev/network.tfstate', Code: 'AccessDenied', Message: 'Access Denied' }],
    })) as typeof target.s3.send;
    await expect(deleteAllVersions(target.s3, target.request)).rejects.toThrow(
      `s3://${BUCKET}/dev/network.tfstate: could not be deleted, got AccessDenied: Access Denied - fix the cause, then run the same command again; deleted objects stay deleted`,
    );
  });
});
