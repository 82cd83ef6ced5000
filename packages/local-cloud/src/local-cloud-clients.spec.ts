import { readFileSync } from 'node:fs';
import { temporaryDirectory } from '@nightshift/files/temporary-directory';
import { LocalCloud } from './local-cloud';
import type { Machine } from './machine';
import type { ServerRecord } from './server-record';
import { cloudOnFakeMachine, type CloudOnFakeMachine } from './testing/fake-machine';

const UP = 'npm start';

describe('LocalCloud for the programs that use it', () => {
  const root = temporaryDirectory();
  let { fake, cloud, make, messages, onProgress, local } = {} as CloudOnFakeMachine;
  beforeEach(async () => {
    ({ fake, cloud, make, messages, onProgress, local } = await cloudOnFakeMachine(root()));
  });

  it.each<[string, () => Promise<unknown>]>([
    ['environment', () => cloud.environment()],
    ['childEnvironment', () => cloud.childEnvironment()],
    ['control', () => cloud.control({ method: 'GET', path: 'faults' })],
  ])('explains how to start it when %s needs it', async (_, call) => {
    await expect(call()).rejects.toThrow(`local cloud: is not running - start it and deploy: ${UP}`);
  });

  describe('environment', () => {
    it('points to the server, in the given region', async () => {
      await cloud.up({ port: 5001 });
      expect(await cloud.environment()).toMatchObject({ AWS_ENDPOINT_URL: 'http://127.0.0.1:5001' });
      expect(await cloud.environment()).not.toHaveProperty('AWS_REGION');
      expect(await cloud.environment({ region: 'eu-west-1' })).toMatchObject({ AWS_REGION: 'eu-west-1' });
    });

    it('reports that a server crash lost the environments', async () => {
      await cloud.up();
      fake.end(1001);
      await expect(cloud.environment()).rejects.toThrow(
        'local cloud: no longer answers, and its resources are lost, ' +
          `got no reply; its log is ${local('server.log')} - start it again and deploy: ${UP}`,
      );
    });
  });

  describe('childEnvironment', () => {
    it('is the caller’s, with the endpoint of the server', async () => {
      const mine = make({ PATH: '/bin', AWS_PROFILE: 'prod', AWS_ENDPOINT_URL_S3: 'https://elsewhere' });
      await mine.up();
      const environment = await mine.childEnvironment({ region: 'us-east-1' });
      expect(environment).toMatchObject({
        PATH: '/bin',
        AWS_ENDPOINT_URL: 'http://127.0.0.1:45660',
        AWS_ACCESS_KEY_ID: expect.stringMatching(/^NSLC/) as string,
        AWS_REGION: 'us-east-1',
      });
      expect(environment).not.toHaveProperty('AWS_PROFILE');
      expect(environment).not.toHaveProperty('AWS_ENDPOINT_URL_S3');
    });
  });

  describe('useAlone', () => {
    it('lets one process deploy at a time, and reports the one that it waits for', async () => {
      const order: string[] = [];
      let end: () => void = () => undefined;
      let first = Promise.resolve();
      await new Promise<void>((started) => {
        first = cloud.useAlone('first', onProgress, async () => {
          started();
          await new Promise<void>((resolve) => {
            end = resolve;
          });
          order.push('first');
        });
      });
      fake.onSleep = () => {
        end();
        return new Promise(setImmediate);
      };
      await make().useAlone('second', onProgress, () => Promise.resolve(order.push('second')));
      await first;
      expect(order).toEqual(['first', 'second']);
      expect(messages).toEqual(['waiting for process 1000, which deploys to the local cloud']);
    });
  });

  describe('control', () => {
    it('calls the control API with the token', async () => {
      await cloud.up();
      fake.asked.length = 0;
      const answer = await cloud.control({ method: 'POST', path: 'faults', body: { actions: ['*'] } });
      expect(answer).toMatchObject({ pid: 1001 });
      expect(fake.asked[1]).toEqual({
        url: 'http://127.0.0.1:45660/nightshift/faults',
        method: 'POST',
        body: { actions: ['*'] },
        headers: {
          'X-Nightshift-Token': (JSON.parse(readFileSync(local('server.json'), 'utf8')) as ServerRecord).controlToken,
        },
      });
    });

    it.each([
      [{ message: 'share: a number above 0 and up to 1' }, 'share: a number above 0 and up to 1'],
      [null, 'no answer'],
    ])('reports the error if the response is %j', async (content, reason) => {
      await cloud.up();
      const { ask } = fake.machine;
      const machine: Machine = {
        ...fake.machine,
        ask: (url, question) =>
          url.endsWith('faults') ? Promise.resolve({ status: 400, content }) : ask(url, question),
      };
      const asking = new LocalCloud({ root: root(), env: {}, machine }).control({ method: 'GET', path: 'faults' });
      await expect(asking).rejects.toThrow(
        `local cloud: refused the request, got ${reason} - see npx nightshift local fault --help`,
      );
    });
  });
});
