import { BUCKET, stateBucketFixture } from './state-bucket.fixture';
import { environmentStates, readStoredState, stateObject } from './stored-state';

const KEY = 'dev/network.tfstate';

const read = ({ target }: ReturnType<typeof stateBucketFixture>) => readStoredState(target.s3, target.request, KEY);

describe('readStoredState', () => {
  it('reads serial, outputs, the number of existing resources, and those with data', async () => {
    const fixture = stateBucketFixture();
    const state = {
      version: 4,
      serial: 7,
      outputs: { vpc_id: { value: 'vpc-1', type: 'string' }, ids: { value: ['a'], type: ['list', 'string'] } },
      resources: [
        { mode: 'managed', type: 'aws_subnet', instances: [{}, {}] },
        ...['aws_s3_bucket', 'aws_ecr_repository', 'aws_cloudwatch_log_group', 'aws_kms_key'].map((type) => ({
          mode: 'managed',
          type,
          instances: [{ attributes: { id: `of-${type}` } }],
        })),
        { mode: 'managed', type: 'aws_kms_key', instances: [{ attributes: { id: 'd798d232' } }] },
        {
          mode: 'managed',
          type: 'aws_kms_alias',
          instances: [{}, { attributes: { name: 'alias/kms-key-logs-dev', target_key_id: 'd798d232' } }],
        },
        { mode: 'data', type: 'aws_kms_key', instances: [{}] },
      ],
    };
    fixture.stored.put(KEY, JSON.stringify(state));
    expect(await read(fixture)).toEqual({
      serial: 7,
      outputs: { vpc_id: 'vpc-1', ids: ['a'] },
      resources: 9,
      data: [
        'S3 bucket of-aws_s3_bucket',
        'ECR repository of-aws_ecr_repository',
        'log group of-aws_cloudwatch_log_group',
        'KMS key of-aws_kms_key',
        'KMS key alias/kms-key-logs-dev',
      ],
    });
  });

  it('returns undefined before the first deployment', async () => {
    expect(await read(stateBucketFixture())).toBeUndefined();
  });

  it('throws if the bucket does not exist', async () => {
    const fixture = stateBucketFixture();
    fixture.aws.s3.buckets.clear();
    await expect(read(fixture)).rejects.toThrow('The specified bucket does not exist');
  });

  it.each(['not JSON', '{"version":3}', 'null'])('refuses an invalid state: %s', async (text) => {
    const fixture = stateBucketFixture();
    fixture.stored.put(KEY, text);
    await expect(read(fixture)).rejects.toThrow(
      `s3://${BUCKET}/${KEY}: not a Terraform state of version 4, got ${JSON.stringify(text)} - restore a previous version of the object (the bucket is versioned), or delete it`,
    );
  });
});

describe('stateObject', () => {
  it('recognizes the keys of the stacks in their backend, and their lock files (R0.1)', () => {
    const [key, suffix, stack] = ['pr-1/network.tfstate', 'pr-1', 'network'];
    expect(stateObject(key)).toEqual({ key, suffix, stack, isLock: false });
    expect(stateObject(`${key}.tflock`)).toEqual({ key: `${key}.tflock`, suffix, stack, isLock: true });
  });

  it.each(['network.tfstate', 'a/b/network.tfstate', 'dev/notes.txt'])('does not recognize %s', (key) => {
    expect(stateObject(key)).toBeUndefined();
  });
});

describe('environmentStates', () => {
  it('reads the state of every stack of one environment, from all pages of the bucket', async () => {
    const { aws, stored, target } = stateBucketFixture();
    aws.s3.pageSize = 2;
    const state = (serial: number) => JSON.stringify({ version: 4, serial, outputs: {}, resources: [] });
    stored.put('dev/network.tfstate', state(3));
    stored.put('dev/network.tfstate.tflock', 'lock');
    stored.put('dev/compute.tfstate', state(5));
    stored.put('pr-1/network.tfstate', state(7));
    stored.put('notes.txt', 'x');
    expect([...(await environmentStates(target.s3, target.request, 'dev'))]).toEqual([
      ['network', { serial: 3, outputs: {}, resources: 0, data: [] }],
      ['compute', { serial: 5, outputs: {}, resources: 0, data: [] }],
    ]);
  });

  it('omits a state that is deleted in the meantime', async () => {
    const { stored, target } = stateBucketFixture();
    stored.put('dev/network.tfstate', 'x');
    const { s3 } = target;
    const send = s3.send.bind(s3) as (command: object) => Promise<never>;
    s3.send = async (command: object) => {
      const answer = send(command);
      await answer;
      stored.delete('dev/network.tfstate');
      return await answer;
    };
    expect([...(await environmentStates(s3, target.request, 'dev'))]).toEqual([]);
  });
});
