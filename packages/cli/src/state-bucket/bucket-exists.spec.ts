import { FakeBucket } from '../testing/fake-s3';
import { sdkError } from '../testing/fake-service';
import { BUCKET, stateBucketFixture } from '../testing/state-bucket-fixture';
import { bucketExists } from './bucket-exists';

function ask({ target }: ReturnType<typeof stateBucketFixture>) {
  return bucketExists(target.s3, target.request, { name: 'dev', region: 'us-east-1' });
}

describe('bucketExists', () => {
  it("finds the environment's bucket", async () => {
    expect(await ask(stateBucketFixture())).toBe(true);
  });

  it('takes a bucket whose region S3 does not tell for one in the right region', async () => {
    const fixture = stateBucketFixture();
    fixture.aws.s3.buckets.set(BUCKET, new FakeBucket(undefined));
    Object.assign(fixture.aws.s3.buckets.get(BUCKET)!, { region: undefined });
    expect(await ask(fixture)).toBe(true);
  });

  it('finds none', async () => {
    const fixture = stateBucketFixture();
    fixture.aws.s3.buckets.clear();
    expect(await ask(fixture)).toBe(false);
  });

  it("refuses another account's bucket", async () => {
    const fixture = stateBucketFixture();
    fixture.aws.s3.buckets.set(BUCKET, new FakeBucket('us-east-1', 'another'));
    await expect(ask(fixture)).rejects.toThrow(
      'environments/dev.yaml: state.bucket: a bucket of this name belongs to another AWS account, or your role may not see it, got s3-tfstate-nightshift-dev - choose another bucketQualifier or state.bucket, or have s3:ListBucket allowed to the role that you run as',
    );
  });

  it('refuses a bucket in another region', async () => {
    const fixture = stateBucketFixture();
    fixture.aws.s3.buckets.set(BUCKET, new FakeBucket('eu-west-1'));
    await expect(ask(fixture)).rejects.toThrow(
      'environments/dev.yaml: region: the state bucket s3-tfstate-nightshift-dev is in eu-west-1, got us-east-1 - write region: eu-west-1, or choose another bucketQualifier or state.bucket',
    );
  });

  it('passes every other error on', async () => {
    const fixture = stateBucketFixture();
    fixture.aws.failures.set('HeadBucket', sdkError('SlowDown', 'slow', 503));
    await expect(ask(fixture)).rejects.toThrow('slow');
  });
});
