import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { LocalCloud } from '@nightshift/local-cloud';
import { environmentFixture } from '@nightshift/testing/environment';
import { FakeEffects } from '../../testing/fake-effects';
import { releaseContext, releaseWorld } from './on-releases';

const CALLER = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Arn>arn:aws:iam::123456789012:user/night</Arn><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;

/** A local cloud that answers who calls. */
function localCloud(url: string, status: object) {
  const cloud = {
    childEnvironment: () =>
      Promise.resolve({ AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' }),
    status: () => Promise.resolve(status),
  };
  return () => Promise.resolve(cloud as unknown as LocalCloud);
}

describe('what the verbs on releases work with', () => {
  let server: Server;
  let url: string;
  beforeAll(async () => {
    server = createServer((_request, response) => response.end(CALLER));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });
  afterAll(() => {
    server.close();
  });

  it('is the engine', () => {
    expect(releaseWorld.engine).toMatchObject({
      preflight: expect.any(Function) as unknown,
      watchRelease: expect.any(Function) as unknown,
    });
    expect(releaseWorld.contextFor).toBe(releaseContext);
  });

  it.each([
    [{ running: true, timeScale: 60 }, 60],
    [{ running: false }, 1],
  ])('in the local cloud, is as fast as that says: %j', async (status, timeScale) => {
    const effects = Object.assign(new FakeEffects(), { localCloud: localCloud(url, status) });
    const context = await releaseContext(environmentFixture({ name: 'local', file: { cloud: 'local' } }), effects);
    expect(context).toMatchObject({ timeScale, target: { suffix: 'local', service: 'ecs-service-local' } });
    expect(context.clock.now()).toEqual(effects.now());
    expect(context.newId()).toBe('fresh-id');
    expect(await context.clients.ecs.config.region()).toBe('us-east-1');
  });

  it('in AWS, is in real time, and only in the account that the environment names', async () => {
    const effects = new FakeEffects();
    const credentials = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
    effects.env = { AWS_ENDPOINT_URL: url, NIGHTSHIFT_ALLOW_ENDPOINT_URL: '1', ...credentials };
    const context = await releaseContext(environmentFixture(), effects);
    expect(context.timeScale).toBe(1);
    const other = environmentFixture({ file: { account: { id: '999999999999' } } });
    await expect(releaseContext(other, effects)).rejects.toThrow(
      'environments/dev.yaml: account.id: only account 999999999999 is allowed, got credentials of account 123456789012',
    );
  });

  it('has a clock whose sleep a signal ends early, without an error', async () => {
    const effects = Object.assign(new FakeEffects(), { localCloud: localCloud(url, { running: false }) });
    const { clock } = await releaseContext(environmentFixture({ file: { cloud: 'local' } }), effects);
    await clock.sleep(1);
    const stop = new AbortController();
    const sleeping = clock.sleep(3_600_000, stop.signal);
    stop.abort();
    await expect(sleeping).resolves.toBeUndefined();
  });
});
