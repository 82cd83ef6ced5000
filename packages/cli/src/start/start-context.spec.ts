import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FakeEffects } from '../testing/fake-effects';
import { startContext } from './start-context';

describe('startContext', () => {
  const { statusOf, sleep, nodeVersion } = startContext(new FakeEffects());

  it('is of this machine', () => {
    expect(nodeVersion).toBe(process.versions.node);
  });

  it('asks an address for its status', async () => {
    const server = createServer((_, response) => response.writeHead(503).end('not yet'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/health`;
    expect(await statusOf(url)).toBe(503);
    await new Promise((resolve) => server.close(resolve));
    expect(await statusOf(url)).toBeUndefined();
  });

  it('takes an answer without a body', async () => {
    const server = createServer((_, response) => response.writeHead(204).end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    expect(await statusOf(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`)).toBe(204);
    await new Promise((resolve) => server.close(resolve));
  });

  it('sleeps', async () => {
    const before = performance.now();
    await sleep(20);
    expect(performance.now() - before).toBeGreaterThan(15);
  });
});
