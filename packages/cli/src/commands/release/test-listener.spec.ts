import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import type { LocalCloud } from '@nightshift/local-cloud';
import { environmentFixture } from '@nightshift/testing/environment';
import { testListenerOf } from './test-listener';

const localCloud = (status: object) => () =>
  Promise.resolve({ status: () => Promise.resolve(status) } as unknown as LocalCloud);

const local = environmentFixture({ name: 'local', file: { cloud: 'local' } });

describe('the test listener', () => {
  it.each([
    [{ suffix: 'local', region: 'us-east-1', testUrl: 'http://127.0.0.1:45999' }, 'http://127.0.0.1:45999'],
    [{ suffix: 'local', region: 'us-east-1', testUrl: null }, undefined],
    [{ suffix: 'other', region: 'us-east-1', testUrl: 'http://127.0.0.1:45999' }, undefined],
    [{ suffix: 'local', region: 'eu-west-1', testUrl: 'http://127.0.0.1:45999' }, undefined],
  ])('in the local cloud, is on this machine: %j', async (environment, url) => {
    const status = { running: true, environments: [environment] };
    expect(await testListenerOf(local, { localCloud: localCloud(status) }).localUrl()).toBe(url);
  });

  it('is not on this machine in AWS, and where the local cloud does not run', async () => {
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

  it('gets status and body of the answer', async () => {
    expect(await send('/health')).toEqual({ status: 202, body: '["GET","application/json",""]' });
    expect(await send('/jobs', '{}')).toEqual({ status: 202, body: '["POST","application/json","{}"]' });
  });

  it('says why there is no answer', async () => {
    expect(await send('/silent', undefined, 0.05)).toEqual({ problem: 'no answer within 0.05 s' });
    expect(await send('/broken')).toEqual({ problem: 'aborted' });
    expect(await send('http://127.0.0.1:1/')).toEqual({ problem: 'connect ECONNREFUSED 127.0.0.1:1' });
    // Nobody answers the handshake.
    expect(await send(`https://127.0.0.1:${portOf(silent)}/`)).toEqual({ problem: 'no connection within 0.1 s' });
  });
});
