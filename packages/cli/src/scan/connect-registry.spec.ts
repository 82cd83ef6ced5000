import { environmentFixture } from '../testing/environment-fixture';
import { FakeEffects } from '../testing/fake-effects';
import { connectRegistry } from './connect-registry';

describe('connectRegistry', () => {
  it('goes to AWS as the SDK finds it, in the region of the environment', async () => {
    const environment = environmentFixture({ file: { region: 'eu-west-1' } });
    const { ecr, sts } = await connectRegistry(environment, new FakeEffects());
    for (const { config } of [ecr, sts]) expect(await config.region()).toBe('eu-west-1');
    expect(ecr.config.endpoint).toBeUndefined();
  });

  it('goes to the local cloud, whatever the user has set', async () => {
    const { ecr } = await connectRegistry(environmentFixture({ file: { cloud: 'local' } }), new FakeEffects());
    expect(await ecr.config.endpoint?.()).toMatchObject({ hostname: '127.0.0.1', port: 45660 });
  });
});
