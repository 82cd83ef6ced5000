import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { fakeWorkspace } from '@nightshift/stack-run/testing';
import type { RunningCloud } from '@nightshift/local-cloud';
import { FakeLocalCloud } from '../../testing/fake-local-cloud';
import { localRegion, register } from './local';
import { FakeEffects } from '../../testing/fake-effects';

const root = fakeWorkspace();

async function local(args: string[], cloud = new FakeLocalCloud()) {
  const effects = Object.assign(new FakeEffects(), { localCloud: cloud.provide, root });
  const command = new Command('nightshift local').exitOverride().configureOutput({ writeErr: () => undefined });
  register(command, effects);
  await command.parseAsync(args, { from: 'user' });
  return { ...effects.printed, exitCode: effects.exitCode };
}

const RUNS =
  'The local cloud is running at http://127.0.0.1:45660 since 2025-01-01T00:00:00.000Z (process 4711).\nOne second is 60 s of AWS time.\n';
const EMPTY = `${RUNS}No environment responds yet. Next step, to deploy one: npm start\n`;

describe('nightshift local', () => {
  it('up starts it and prints its progress, and finds it running the second time', async () => {
    const cloud = new FakeLocalCloud();
    expect(await local(['up'], cloud)).toMatchObject({ stdout: `Started. ${EMPTY}`, stderr: 'installing moto\n' });
    expect(await local(['up', '--port', '5000'], cloud)).toMatchObject({ stdout: EMPTY, stderr: '' });
    await local(['up', '--time-scale', '0.5'], cloud);
    expect(cloud.upOptions).toEqual([{}, { port: 5000 }, { timeScale: 0.5 }]);
  });

  it.each(['0', '-1', 'x', '', 'Infinity'])('up refuses a time scale of "%s"', async (scale) => {
    await expect(local(['up', '--time-scale', scale])).rejects.toThrow(
      'nightshift local up --time-scale: must be a number above 0, got ' +
        `${scale} - use a number such as 60: one minute of AWS time passes in one second`,
    );
  });

  it.each(['0', '65536', 'x', '1.5'])('up refuses %s, which is not a port', async (port) => {
    await expect(local(['up', '--port', port])).rejects.toThrow(
      `nightshift local up --port: invalid port, got ${port} - use a number from 1 to 65535`,
    );
  });

  it('up sets the quotas of a new account, or other quotas', async () => {
    const cloud = new FakeLocalCloud();
    await local(['up', '--new-account', '--quota', 'L-3032A538=100', '--quota', 'L-F678F1CE=9'], cloud);
    expect(cloud.upOptions).toEqual([{ quotas: { newAccount: true, values: { 'L-3032A538': 100, 'L-F678F1CE': 9 } } }]);
  });

  it('up enforces IAM policies', async () => {
    const cloud = new FakeLocalCloud();
    await local(['up', '--enforce-iam'], cloud);
    expect(cloud.upOptions).toEqual([{ enforceIam: true }]);
  });

  it.each(['6', 'L-3032A538', 'L-3032A538=x', 'vcpu=6'])('up refuses "%s" as a quota', async (quota) => {
    await expect(local(['up', '--quota', quota])).rejects.toThrow(
      `nightshift local up --quota: invalid quota, got ${quota} - use a quota code and a whole number, such as L-3032A538=100`,
    );
  });

  it('down stops it, and succeeds if it is not running', async () => {
    const cloud = new FakeLocalCloud();
    await cloud.up();
    expect((await local(['down'], cloud)).stdout).toBe('The local cloud is stopped.\n');
    expect((await local(['down'], cloud)).stdout).toBe('The local cloud was not running.\n');
  });

  it('status shows whether and where it runs', async () => {
    const cloud = new FakeLocalCloud();
    expect((await local(['status'], cloud)).stdout).toBe(
      'The local cloud is not running. Start it and deploy: npm start\n',
    );
    cloud.current = { running: false, diedLog: '.nightshift/local/log' };
    expect((await local(['status'], cloud)).stdout).toBe(
      'The local cloud is not running. Start it and deploy: npm start\nIt stopped unexpectedly. Log: .nightshift/local/log\n',
    );
    const running = await cloud.up();
    expect((await local(['status'], cloud)).stdout).toBe(EMPTY);
    cloud.current = { ...running, outdated: true };
    expect((await local(['status'], cloud)).stdout).toBe(
      `${EMPTY}It runs code from another version of this checkout. Restart it: npm run stop, then npm start\n`,
    );
  });

  it('status shows the URL of each environment', async () => {
    const cloud = new FakeLocalCloud();
    const environment = { suffix: 'dev', region: 'us-east-1', loadBalancer: 'alb-dev', url: 'http://127.0.0.1:20001' };
    const environments = [
      { ...environment, testUrl: 'http://127.0.0.1:20002' },
      { ...environment, suffix: 'pr-1', url: 'http://127.0.0.1:20003', testUrl: null },
    ];
    await cloud.up();
    cloud.current = { ...(cloud.current as RunningCloud), environments };
    expect((await local(['status'], cloud)).stdout).toBe(
      `${RUNS}  dev in us-east-1: http://127.0.0.1:20001 (test listener: http://127.0.0.1:20002)\n` +
        '  pr-1 in us-east-1: http://127.0.0.1:20003\n',
    );
    expect(JSON.parse((await local(['status', '--json'], cloud)).stdout)).toMatchObject({
      timeScale: 60,
      environments,
    });
  });

  it('status --json prints one object', async () => {
    const cloud = new FakeLocalCloud();
    expect(JSON.parse((await local(['status', '--json'], cloud)).stdout)).toEqual({
      type: 'result',
      verb: 'local status',
      status: 'succeeded',
      problems: [],
      running: false,
      exitCode: 0,
    });
    await cloud.up();
    expect(JSON.parse((await local(['status', '--json'], cloud)).stdout)).toMatchObject({
      running: true,
      url: 'http://127.0.0.1:45660',
      pid: 4711,
    });
  });

  it('exec runs a program with its options, and exits with its exit code', async () => {
    const script = 'process.exit(process.env[process.argv[1]] === process.argv[2] ? 5 : 6)';
    const program = [process.execPath, '-e', script, '--', 'AWS_ENDPOINT_URL', 'http://127.0.0.1:45660', '--help'];
    expect(await local(['exec', '--', ...program])).toMatchObject({ exitCode: 5 });
    const allowed = [process.execPath, '-e', script, '--', 'NIGHTSHIFT_ALLOW_ENDPOINT_URL', '1'];
    expect(await local(['exec', '--', ...allowed])).toMatchObject({ exitCode: 5 });
    const region = [process.execPath, '-e', script, '--', 'AWS_REGION', 'us-east-1'];
    expect(await local(['exec', '--', ...region])).toMatchObject({ exitCode: 5 });
  });

  it('push requires an environment', async () => {
    await expect(local(['push', '4f1c2e9'])).rejects.toThrow(
      'nightshift local push: no environment specified - use -c with one of dev, local, preview',
    );
  });

  it('exec reports that the program does not exist', async () => {
    await expect(local(['exec', '--', 'no-such-program'])).rejects.toThrow(
      'nightshift local exec: there is no such program, got no-such-program - use a program on PATH, for example: npx nightshift local exec -- aws s3 ls',
    );
  });

  it('exec requires a program', async () => {
    await expect(local(['exec'])).rejects.toThrow("error: missing required argument 'program'");
  });

  it('requires an action', async () => {
    await expect(local(['sideways'])).rejects.toThrow(
      'nightshift local: unknown action, got sideways - use one of up, down, status, push, fault, exec',
    );
    await expect(local([])).rejects.toThrow(
      'nightshift local: no action specified - use one of up, down, status, push, fault, exec',
    );
  });
});

describe('localRegion', () => {
  it.each(['AWS_REGION', 'AWS_DEFAULT_REGION'])('is the region of the user: %s', (name) => {
    expect(localRegion({ env: { [name]: 'eu-west-1' }, root: fakeWorkspace() })).toBe('eu-west-1');
  });

  it('is the region of the environment on the local cloud', () => {
    expect(localRegion({ env: {}, root: fakeWorkspace() })).toBe('us-east-1');
  });

  it('is undefined if an environment file is invalid', () => {
    const root = fakeWorkspace();
    writeFileSync(join(root, 'environments', 'bad.yaml'), 'tags: 1\n');
    expect(localRegion({ env: {}, root })).toBeUndefined();
  });

  it('throws a defect', () => {
    expect(() => localRegion({ env: {}, root: undefined as unknown as string })).toThrow('must be of type string');
  });
});
