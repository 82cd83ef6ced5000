import { environmentFixture } from '../testing/environment-fixture';
import { FakeEffects } from '../testing/fake-effects';
import { connectRegistry } from './connect-registry';

describe('connectRegistry', () => {
  it('asks the region of the environment', async () => {
    const environment = environmentFixture({ file: { region: 'eu-west-1' } });
    const { ecr, sts } = await connectRegistry(environment, new FakeEffects());
    for (const { config } of [ecr, sts]) expect(await config.region()).toBe('eu-west-1');
  });
});
