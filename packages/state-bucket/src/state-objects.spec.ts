import { BUCKET, stateBucketFixture } from './state-bucket.fixture';
import { stateObjects } from './state-objects';

describe('the objects of a state bucket', () => {
  it('are read and written, each write with a new version', async () => {
    const { read, write } = stateObjects(stateBucketFixture().aws.clients);
    expect(await read(BUCKET, 'dev/applied/network.json')).toBeUndefined();
    await write(BUCKET, 'dev/applied/network.json', '{}');
    const first = await read(BUCKET, 'dev/applied/network.json');
    await write(BUCKET, 'dev/applied/network.json', '{}');
    const second = await read(BUCKET, 'dev/applied/network.json');
    expect([first?.text, second?.text]).toEqual(['{}', '{}']);
    expect(second?.version).not.toBe(first?.version);
  });

  it('know the identity of their credentials', async () => {
    const { caller } = stateObjects(stateBucketFixture().aws.clients);
    expect(await caller()).toMatch(/^arn:aws:iam::\d{12}:user\/deploy$/);
  });
});
