import { connectRelease } from './release-context';

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

describe('connectRelease', () => {
  it('creates clients for one region and endpoint that retry throttled calls', async () => {
    const { s3, ecs, codedeploy } = connectRelease({
      region: 'eu-west-1',
      endpoint: 'http://127.0.0.1:1',
      credentials,
    });
    expect(await s3.config.region()).toBe('eu-west-1');
    expect(await ecs.config.endpoint?.()).toMatchObject({ hostname: '127.0.0.1', port: 1 });
    expect(await codedeploy.config.maxAttempts()).toBe(10);
    expect((await (codedeploy.config.retryStrategy as () => Promise<{ mode?: string }>)()).mode).toBe('adaptive');
  });

  it('creates each client once, on first use', () => {
    const clients = connectRelease({ region: 'eu-west-1', credentials });
    expect(Object.getOwnPropertyDescriptor(clients, 'ecs')?.get).toBeDefined();
    expect(Object.keys(clients)).toContain('ecs');
    for (const [name, client] of Object.entries(clients)) expect(clients[name as keyof typeof clients]).toBe(client);
    expect(clients.once.ecs).not.toBe(clients.ecs);
  });

  it('disables SDK retries of calls that must not be repeated', async () => {
    const { once } = connectRelease({ region: 'eu-west-1', credentials });
    expect(await once.ecs.config.maxAttempts()).toBe(1);
    expect(await once.codedeploy.config.maxAttempts()).toBe(1);
  });
});
