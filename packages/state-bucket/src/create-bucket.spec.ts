import { FAKE_ACCOUNT, sdkError } from '@nightshift/testing/aws';
import { bucketExists, createBucket } from './create-bucket';
import { BUCKET, stateBucketFixture } from './state-bucket.fixture';
import { FakeAws } from './testing/fake-aws';
import { FakeBucket } from './testing/fake-s3';

const request = { Bucket: 'b', ExpectedBucketOwner: FAKE_ACCOUNT };

describe('createBucket', () => {
  it.each(['us-east-1', 'eu-central-1'])('creates it in %s and waits until it exists', async (region) => {
    const aws = new FakeAws();
    const inputs: unknown[] = [];
    const { s3 } = aws.clients;
    const send = s3.send.bind(s3) as (command: object) => Promise<never>;
    s3.send = (command: { readonly input: object }) => {
      inputs.push(command.input);
      return send(command);
    };
    await createBucket(s3, request, { name: 'dev', region });
    expect(aws.calls).toEqual(['CreateBucket', 'HeadBucket']);
    expect(inputs[0]).toEqual({
      Bucket: 'b',
      ObjectOwnership: 'BucketOwnerEnforced',
      ...(region !== 'us-east-1' && { CreateBucketConfiguration: { LocationConstraint: region } }),
    });
    expect(aws.s3.bucket('b').region).toBe(region);
  });

  it('reports that the name is taken, if S3 reports that only now', async () => {
    const aws = new FakeAws();
    aws.failures.set('CreateBucket', sdkError('BucketAlreadyExists', 'taken', 409));
    await expect(createBucket(aws.clients.s3, request, { name: 'dev', region: 'us-east-1' })).rejects.toThrow(
      'environments/dev.yaml: state.bucket: a bucket of this name belongs to another AWS account, or your role has no access to it, got b - ',
    );
  });

  it('throws every other error', async () => {
    const aws = new FakeAws();
    aws.failures.set('CreateBucket', sdkError('OperationAborted', 'again', 409));
    await expect(createBucket(aws.clients.s3, request, { name: 'dev', region: 'us-east-1' })).rejects.toThrow('again');
  });
});

function ask({ target }: ReturnType<typeof stateBucketFixture>) {
  return bucketExists(target.s3, target.request, { name: 'dev', region: 'us-east-1' });
}

describe('bucketExists', () => {
  it("finds the environment's bucket", async () => {
    expect(await ask(stateBucketFixture())).toBe(true);
  });

  it('accepts a bucket whose region S3 does not return', async () => {
    const fixture = stateBucketFixture();
    fixture.aws.s3.buckets.set(BUCKET, new FakeBucket(undefined));
    Object.assign(fixture.aws.s3.buckets.get(BUCKET)!, { region: undefined });
    expect(await ask(fixture)).toBe(true);
  });

  it('returns false without a bucket', async () => {
    const fixture = stateBucketFixture();
    fixture.aws.s3.buckets.clear();
    expect(await ask(fixture)).toBe(false);
  });

  it("refuses another account's bucket", async () => {
    const fixture = stateBucketFixture();
    fixture.aws.s3.buckets.set(BUCKET, new FakeBucket('us-east-1', 'another'));
    await expect(ask(fixture)).rejects.toThrow(
      'environments/dev.yaml: state.bucket: a bucket of this name belongs to another AWS account, or your role has no access to it, got s3-tfstate-nightshift-dev - choose another bucketQualifier or state.bucket, or allow s3:ListBucket for the role that you use',
    );
  });

  it('refuses a bucket in another region', async () => {
    const fixture = stateBucketFixture();
    fixture.aws.s3.buckets.set(BUCKET, new FakeBucket('eu-west-1'));
    await expect(ask(fixture)).rejects.toThrow(
      'environments/dev.yaml: region: the state bucket s3-tfstate-nightshift-dev is in eu-west-1, got us-east-1 - write region: eu-west-1, or choose another bucketQualifier or state.bucket',
    );
  });

  it('throws every other error', async () => {
    const fixture = stateBucketFixture();
    fixture.aws.failures.set('HeadBucket', sdkError('SlowDown', 'slow', 503));
    await expect(ask(fixture)).rejects.toThrow('slow');
  });
});
