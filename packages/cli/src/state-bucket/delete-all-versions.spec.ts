import { BUCKET, stateBucketFixture } from '../testing/state-bucket-fixture';
import { deleteAllVersions } from './delete-all-versions';

describe('deleteAllVersions', () => {
  it('deletes every version and delete marker, however many there are', async () => {
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

  it('leaves an empty bucket alone', async () => {
    const { aws, target } = stateBucketFixture();
    await deleteAllVersions(target.s3, target.request);
    expect(aws.changes).toEqual([]);
  });

  it('stops at a version that may not be deleted', async () => {
    const { stored, target } = stateBucketFixture();
    stored.put('dev/network.tfstate', '1');
    const send = target.s3.send.bind(target.s3) as (command: object) => Promise<object>;
    target.s3.send = (async (command: object) => ({
      ...(await send(command)),
      Errors: [{ Key: 'dev/network.tfstate', Code: 'AccessDenied', Message: 'Access Denied' }],
    })) as typeof target.s3.send;
    await expect(deleteAllVersions(target.s3, target.request)).rejects.toThrow(
      `s3://${BUCKET}/dev/network.tfstate: could not be deleted, got AccessDenied: Access Denied - correct the cause, then run the same command again; what is deleted stays deleted`,
    );
  });
});
