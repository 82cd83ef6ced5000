import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import type { LocalCloud } from '@nightshift/local-cloud';
import { environmentFixture } from '@nightshift/testing/environment';
import { accountRequirements, releaseContext, testListenerOf } from './environment-context';

describe('releaseContext', () => {
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

  const machine = { env: {}, envFiles: {}, now: () => new Date(0), newId: () => 'fresh-id' };

  let server: HttpServer;
  let url: string;
  beforeAll(async () => {
    server = createHttpServer((_request, response) => response.end(CALLER));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });
  afterAll(() => {
    server.close();
  });

  it.each([
    [{ running: true, timeScale: 60 }, 60],
    [{ running: false }, 1],
  ])('uses the time scale of the local cloud: %j', async (status, timeScale) => {
    const effects = { ...machine, localCloud: localCloud(url, status) };
    const context = await releaseContext(environmentFixture({ name: 'local', file: { cloud: 'local' } }), effects);
    expect(context).toMatchObject({ timeScale, target: { suffix: 'local', service: 'ecs-service-local' } });
    expect(context.clock.now()).toEqual(machine.now());
    expect(context.newId()).toBe('fresh-id');
    expect(await context.clients.ecs.config.region()).toBe('us-east-1');
  });

  it('uses real time in AWS, and only the account of the environment', async () => {
    const credentials = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
    const env = { AWS_ENDPOINT_URL: url, NIGHTSHIFT_ALLOW_ENDPOINT_URL: '1', ...credentials };
    const effects = { ...machine, env, localCloud: localCloud(url, {}) };
    const context = await releaseContext(environmentFixture(), effects);
    expect(context.timeScale).toBe(1);
    const other = environmentFixture({ file: { account: { id: '999999999999' } } });
    await expect(releaseContext(other, effects)).rejects.toThrow(
      'environments/dev.yaml: account.id: only account 999999999999 is allowed, got credentials of account 123456789012',
    );
  });

  it('connects to AWS for the first check of the account', async () => {
    const effects = { ...machine, localCloud: localCloud(url, { running: false }) };
    const checks = accountRequirements(environmentFixture({ name: 'local', file: { cloud: 'local' } }), effects);
    expect(checks[0]?.title).toBe('quota VPCs per Region');
    expect(checks.at(-1)?.title).toBe('images in use');
    expect((await checks[0]?.run())?.mark).toBe('SKIP');
  });

  it('has a clock whose sleep a signal ends early, without an error', async () => {
    const effects = { ...machine, localCloud: localCloud(url, { running: false }) };
    const { clock } = await releaseContext(environmentFixture({ file: { cloud: 'local' } }), effects);
    await clock.sleep(1);
    const stop = new AbortController();
    const sleeping = clock.sleep(3_600_000, stop.signal);
    stop.abort();
    await expect(sleeping).resolves.toBeUndefined();
  });
});

const localCloud = (status: object) => () =>
  Promise.resolve({ status: () => Promise.resolve(status) } as unknown as LocalCloud);

const local = environmentFixture({ name: 'local', file: { cloud: 'local' } });

describe('the test listener', () => {
  it.each([
    [{ suffix: 'local', region: 'us-east-1', testUrl: 'http://127.0.0.1:45999' }, 'http://127.0.0.1:45999'],
    [{ suffix: 'local', region: 'us-east-1', testUrl: null }, undefined],
    [{ suffix: 'other', region: 'us-east-1', testUrl: 'http://127.0.0.1:45999' }, undefined],
    [{ suffix: 'local', region: 'eu-west-1', testUrl: 'http://127.0.0.1:45999' }, undefined],
  ])('is on this machine in the local cloud: %j', async (environment, url) => {
    const status = { running: true, environments: [environment] };
    expect(await testListenerOf(local, { localCloud: localCloud(status) }).localUrl()).toBe(url);
  });

  it('has no local URL in AWS, and if the local cloud is not running', async () => {
    const never = { localCloud: () => Promise.reject(new Error('not asked for')) };
    expect(await testListenerOf(environmentFixture(), never).localUrl()).toBeUndefined();
    const stopped = { localCloud: localCloud({ running: false }) };
    expect(await testListenerOf(local, stopped).localUrl()).toBeUndefined();
  });
});

describe('a test request', () => {
  let service: HttpServer;
  let silent: Server;
  const portOf = (server: Server) => String((server.address() as AddressInfo).port);
  const send = async (path: string, body?: string, timeoutSeconds = 5) =>
    await testListenerOf(local, { localCloud: localCloud({}) }, 100).send({
      method: body === undefined ? 'GET' : 'POST',
      url: path.includes(':') ? path : `http://127.0.0.1:${portOf(service)}${path}`,
      body,
      timeoutSeconds,
    });

  beforeAll(async () => {
    service = createHttpServer((request, response) => {
      if (request.url === '/silent') return;
      if (request.url === '/broken') {
        response.writeHead(200, { 'content-length': '10' }).write('abc', () => response.destroy());
        return;
      }
      let text = '';
      request.on('data', (chunk: Buffer) => (text += chunk.toString()));
      request.on('end', () => {
        const { method, headers } = request;
        response.statusCode = 202;
        response.end(JSON.stringify([method, headers['content-type'], text]));
      });
    });
    silent = createServer();
    await Promise.all([service, silent].map((one) => new Promise<void>((done) => one.listen(0, '127.0.0.1', done))));
  });
  afterAll(() => {
    service.closeAllConnections();
    service.close();
    silent.close();
  });

  it('returns status and body of the response', async () => {
    expect(await send('/health')).toEqual({ status: 202, body: '["GET","application/json",""]' });
    expect(await send('/jobs', '{}')).toEqual({ status: 202, body: '["POST","application/json","{}"]' });
  });

  it('returns the reason if there is no response', async () => {
    expect(await send('/silent', undefined, 0.05)).toEqual({ problem: 'no answer within 0.05 s' });
    expect(await send('/broken')).toEqual({ problem: 'aborted' });
    expect(await send('http://127.0.0.1:1/')).toEqual({ problem: 'connect ECONNREFUSED 127.0.0.1:1' });
    // Nobody answers the handshake.
    expect(await send(`https://127.0.0.1:${portOf(silent)}/`)).toEqual({ problem: 'no connection within 0.1 s' });
  });
});
