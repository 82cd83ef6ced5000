import { FakeEffects } from '../testing/fake-effects';
import { cloudEnvironment } from './cloud-environment';

describe('the variables of a program that acts in a cloud', () => {
  it("are the user's own in AWS, a foreign endpoint included", async () => {
    const effects = new FakeEffects();
    effects.env = { AWS_PROFILE: 'risk', AWS_ENDPOINT_URL: 'http://127.0.0.1:5000' };
    expect(await cloudEnvironment({ cloud: 'aws', region: 'us-east-1' }, effects)).toBe(effects.env);
  });

  it('are those of the local cloud where it is meant, with the region of the environment', async () => {
    const effects = new FakeEffects();
    effects.env = { AWS_PROFILE: 'risk' };
    expect(await cloudEnvironment({ cloud: 'local', region: 'eu-west-1' }, effects)).toEqual({
      AWS_ENDPOINT_URL: 'http://127.0.0.1:45660',
      AWS_REGION: 'eu-west-1',
    });
  });
});
