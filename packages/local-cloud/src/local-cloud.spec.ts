import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@nightshift/files/temporary-directory';
import type { LocalEnvironment } from './server-health';
import { LocalCloud } from './local-cloud';
import { thisMachine } from './this-machine';
import { cloudOnFakeMachine, FREE_PORT, STARTED_AT, type CloudOnFakeMachine } from './testing/fake-machine';

const UP = 'npm start';
const DOWN = 'npm run stop';

describe('LocalCloud', () => {
  const root = temporaryDirectory();
  let { fake, cloud, make, messages, onProgress, local } = {} as CloudOnFakeMachine;
  beforeEach(async () => {
    ({ fake, cloud, make, messages, onProgress, local } = await cloudOnFakeMachine(root()));
  });

  const running = (port = 45660) => ({
    running: true,
    url: `http://127.0.0.1:${String(port)}`,
    port,
    pid: 1001,
    startedAt: STARTED_AT,
    outdated: false,
    timeScale: 60,
    environments: [] as LocalEnvironment[],
  });

  describe('makeImage', () => {
    it('stores the workload of an image in the directory of the server', async () => {
      const bundle = Buffer.from('// the workload');
      const { digest, bundleDigest } = await cloud.makeImage({ tag: '1', behaves: 'healthy', bundle });
      expect(digest).not.toBe(bundleDigest);
      const file = `${bundleDigest.replace('sha256:', '')}.js`;
      expect(existsSync(local('bundles', file))).toBe(true);
    });
  });

  describe('up', () => {
    it('deletes the workloads of previous servers', async () => {
      await cloud.makeImage({ tag: '1', behaves: 'healthy', bundle: Buffer.from('// the workload') });
      await cloud.up();
      expect(existsSync(local('bundles'))).toBe(false);
    });

    it('prepares Python, starts a server and prints its URL', async () => {
      expect(await cloud.up({ onProgress })).toEqual({ started: true, ...running() });
      expect(messages.at(0)).toContain('making a Python 3.11.7 environment');
      expect(messages.at(-1)).toBe('starting the local cloud on http://127.0.0.1:45660');
      expect(fake.servers).toHaveLength(1);
    });

    it('accepts calls without a progress listener', async () => {
      expect(await cloud.up()).toMatchObject({ started: true });
    });

    it('finds a running server', async () => {
      await cloud.up();
      expect(await cloud.up({ port: 45660, onProgress })).toEqual({ started: false, ...running() });
      expect(messages).toEqual(['the local cloud is running on http://127.0.0.1:45660']);
      expect(fake.servers).toHaveLength(1);
    });

    it('keeps a server with older code and its environments, and explains how to replace it', async () => {
      await cloud.up();
      await writeFile(join(root(), 'packages/local-cloud/python/nightshift_cloud/ecs.py'), 'new');
      expect(await cloud.up({ onProgress })).toEqual({ started: false, ...running(), outdated: true });
      expect(messages).toEqual([
        'the local cloud is running on http://127.0.0.1:45660',
        `it runs older code than this checkout; to restart it: ${DOWN}, then ${UP}`,
      ]);
    });

    it('starts one server for two simultaneous calls', async () => {
      fake.onSleep = () => new Promise(setImmediate);
      const results = await Promise.all([cloud.up({ onProgress }), make().up({ onProgress })]);
      expect(results.map(({ started }) => started).sort()).toEqual([false, true]);
      expect(fake.servers).toHaveLength(1);
      expect(messages).toContain('waiting for process 1000, which uses the local cloud');
    });

    it('starts a new server after a crash, reports that it is empty, and keeps the log', async () => {
      await cloud.up();
      fake.end(1001);
      writeFileSync(local('server.log'), 'last words');
      expect(await cloud.up({ onProgress })).toMatchObject({ started: true, pid: 1002 });
      expect(messages[0]).toBe(
        `the previous local cloud ended unexpectedly and everything deployed to it is lost: this one starts empty (log: ${local('server.previous.log')})`,
      );
      expect(readFileSync(local('server.previous.log'), 'utf8')).toBe('last words');
      fake.end(1002);
      rmSync(local('server.log'));
      expect(await cloud.up()).toMatchObject({ started: true, pid: 1003 });
    });

    it('uses a free port if the default port is in use', async () => {
      fake.portProblems.set(45660, 'EADDRINUSE');
      expect(await cloud.up()).toEqual({ started: true, ...running(FREE_PORT) });
    });

    it('uses a free port if another program occupies the default port during the installation', async () => {
      const takePort = (): void => void fake.portProblems.set(45660, 'EADDRINUSE');
      expect(await cloud.up({ onProgress: takePort })).toEqual({ started: true, ...running(FREE_PORT) });
    });

    it('refuses a port in use before it installs anything', async () => {
      fake.portProblems.set(5000, 'EADDRINUSE');
      await expect(cloud.up({ port: 5000 })).rejects.toThrow('local cloud: the port is in use by another program');
      expect(fake.requests).toEqual([]);
    });

    it('starts with the given time scale', async () => {
      expect(await cloud.up({ timeScale: 600 })).toEqual({ started: true, ...running(), timeScale: 600 });
      expect(await cloud.up({ timeScale: 600 })).toMatchObject({ started: false });
      expect(await cloud.up()).toMatchObject({ started: false, timeScale: 600 });
    });

    it('starts with the given quotas and IAM', async () => {
      await cloud.up({ quotas: { newAccount: true }, enforceIam: true });
      expect(fake.servers[0]?.args).toEqual(expect.arrayContaining(['--new-account', '--enforce-iam']));
    });

    it.each([
      ['move to another port', { port: 5000 }, ' on http://127.0.0.1:45660, got --port 5000'],
      ['change the time scale', { timeScale: 1 }, ' with time scale 60, got --time-scale 1'],
      ['change the quotas', { quotas: { newAccount: true } }, ', with the quotas of its start'],
      ['enforce IAM', { enforceIam: true }, ', got --enforce-iam'],
    ])('refuses to %s while it runs', async (_, options, reason) => {
      await cloud.up();
      await expect(cloud.up(options)).rejects.toThrow(
        `local cloud: already runs${reason} - stop it first, with all that is deployed to it: ${DOWN}`,
      );
    });

    it('runs a second server next to the first in its own folder', async () => {
      await cloud.up();
      fake.portProblems.set(45660, 'EADDRINUSE');
      const second = make({ NIGHTSHIFT_LOCAL_DIRECTORY: 'second' });
      expect(await second.up()).toMatchObject({ started: true, port: FREE_PORT, pid: 1002 });
      await second.down();
      expect(await cloud.status()).toEqual(running());
    });
  });

  describe('down', () => {
    it('stops the server and removes its record', async () => {
      await cloud.up();
      expect(await cloud.down()).toEqual({ stopped: true });
      expect(fake.terminated).toEqual([1001]);
      expect(await cloud.status()).toEqual({ running: false });
    });

    it('refuses while another command uses the local cloud', async () => {
      await cloud.up();
      const other = new LocalCloud({ root: root(), env: {}, machine: { ...fake.machine, pid: 5000 } });
      fake.alive.add(5000);
      await other.use('deploy of compute in local', async () => {
        await expect(cloud.down()).rejects.toThrow(
          'local cloud: in use, got deploy of compute in local, process 5000 - wait until it ends, or stop it (kill -INT 5000), then run this command again',
        );
      });
      expect(fake.terminated).toEqual([]);
      expect(await cloud.down()).toEqual({ stopped: true });
    });

    it('succeeds if nothing is running', async () => {
      expect(await cloud.down(onProgress)).toEqual({ stopped: false });
      expect(messages).toEqual([]);
    });

    it('does not stop a process that has the ID of a crashed server', async () => {
      await cloud.up();
      fake.end(1001);
      fake.alive.add(1001);
      expect(await cloud.down()).toEqual({ stopped: false });
      expect(fake.terminated).toEqual([]);
      expect(existsSync(local('server.json'))).toBe(false);
    });

    it('does not stop another local cloud on the same port', async () => {
      await cloud.up();
      fake.end(1001);
      fake.serve(45660, 2002);
      expect(await cloud.down()).toEqual({ stopped: false });
      expect(fake.terminated).toEqual([]);
    });
  });

  describe('status', () => {
    it('reports that it was never started', async () => {
      expect(await cloud.status()).toEqual({ running: false });
    });

    it('reports that it is running', async () => {
      await cloud.up();
      expect(await make().status()).toEqual(running());
    });

    it('shows the URL of each environment', async () => {
      const environment = {
        suffix: 'dev',
        region: 'us-east-1',
        loadBalancer: 'alb-dev',
        url: 'http://127.0.0.1:20001',
        testUrl: 'http://127.0.0.1:20002',
      };
      fake.environments = [environment];
      await cloud.up();
      expect(await cloud.status()).toEqual({ ...running(), environments: [environment] });
    });

    it('shows the log of a crashed server', async () => {
      await cloud.up();
      fake.end(1001);
      expect(await cloud.status()).toEqual({ running: false, diedLog: local('server.log') });
    });
  });

  describe('prepare', () => {
    it('returns the Python of the server', async () => {
      expect(await cloud.prepare()).toBe(local('venv', 'bin', 'python'));
      expect(await cloud.prepare(onProgress)).toBe(local('venv', 'bin', 'python'));
      expect(messages).toEqual([]);
    });
  });

  it('uses this machine by default', async () => {
    const real = new LocalCloud({ root: root(), env: {} });
    expect(await real.status()).toEqual({ running: false });
    expect(thisMachine.pid).toBe(process.pid);
  });
});
