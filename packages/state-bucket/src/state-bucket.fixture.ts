import { FAKE_ACCOUNT } from '@nightshift/testing/aws';
import type { StateBucket } from './create-bucket';
import { FakeAws } from './testing/fake-aws';
import { FakeBucket } from './testing/fake-s3';

export const BUCKET = 's3-tfstate-nightshift-dev';

/** An AWS account with a new, unhardened state bucket in it. */
export function stateBucketFixture() {
  const aws = new FakeAws();
  const stored = new FakeBucket();
  aws.s3.buckets.set(BUCKET, stored);
  const target: StateBucket = {
    s3: aws.clients.s3,
    request: { Bucket: BUCKET, ExpectedBucketOwner: FAKE_ACCOUNT },
    partition: 'aws',
    keyArn: `arn:aws:kms:us-east-1:${FAKE_ACCOUNT}:key/key-1`,
    tags: { Environment: 'dev', Project: 'nightshift', CostCenter: '4711' },
  };
  return { aws, stored, target };
}
