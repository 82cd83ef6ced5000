import { environmentFixture } from '../testing/environment-fixture';
import { FakeEffects } from '../testing/fake-effects';
import { connectEnvironment } from './connect-environment';

const local = environmentFixture({ name: 'local', file: { cloud: 'local' } });

describe('connectEnvironment', () => {
  it('goes to AWS as the SDK finds it', async () => {
    const { s3 } = await connectEnvironment(environmentFixture({ file: { region: 'eu-west-1' } }), new FakeEffects());
    expect(await s3.config.region()).toBe('eu-west-1');
    expect(s3.config.endpoint).toBeUndefined();
  });

  it('goes to the local cloud, whatever the user has set', async () => {
    const { s3 } = await connectEnvironment(local, new FakeEffects());
    expect(await s3.config.endpoint?.()).toMatchObject({ hostname: '127.0.0.1', port: 45660 });
  });
});
