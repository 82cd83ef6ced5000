import { sdkError } from '@nightshift/testing/aws';
import type { Occurrence } from '@nightshift/windows';
import { environmentFixture } from '@nightshift/testing/environment';
import { recordOverride } from './record-override';
import { BUCKET, stateBucketFixture } from './state-bucket.fixture';

describe('recordOverride', () => {
  const override = {
    verb: 'deploy',
    stack: { name: 'network', environment: environmentFixture() },
    occurrence: { window: { name: 'night' }, opens: new Date(0), closes: new Date(1000) } as Occurrence,
    reason: 'urgent fix',
    now: new Date(500),
  };

  it('records who overrides which window, when and why (R14.2)', async () => {
    const { aws, stored } = stateBucketFixture();
    const key = await recordOverride(aws.clients, override);
    expect(key).toBe('dev/during-window/1970-01-01T00:00:00.500Z-deploy-network.json');
    expect(JSON.parse(String(stored.objects.get(key)))).toEqual({
      at: '1970-01-01T00:00:00.500Z',
      by: 'arn:aws:iam::123456789012:user/deploy',
      verb: 'deploy',
      stack: 'network',
      reason: 'urgent fix',
      window: 'night',
      opens: '1970-01-01T00:00:00.000Z',
      closes: '1970-01-01T00:00:01.000Z',
    });
  });

  it('names the object that cannot be written', async () => {
    const { aws } = stateBucketFixture();
    aws.failures.set('PutObject', sdkError('AccessDenied', 'Access Denied', 403));
    await expect(recordOverride(aws.clients, override)).rejects.toThrow(
      `s3://${BUCKET}/dev/during-window/1970-01-01T00:00:00.500Z-deploy-network.json: AWS does not allow it, got AccessDenied: Access Denied - allow this action for the role that you use, then run the same command again`,
    );
  });
});
