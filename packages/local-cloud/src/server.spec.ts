import { existsSync, writeFileSync } from 'node:fs';
import { temporaryDirectory } from '@nightshift/files/temporary-directory';
import { cloudFiles } from './cloud-files';
import { startServer, stopServer } from './server';
import { readServerRecord } from './server-record';
import { FakeMachine, makeWorkspace, STARTED_AT } from './testing/fake-machine';

describe('startServer', () => {
  const root = temporaryDirectory();
  let fake: FakeMachine;
  beforeEach(async () => {
    fake = new FakeMachine();
    await makeWorkspace(root());
  });
  const files = () => cloudFiles(root(), {});
  const start = () =>
    startServer({
      files: files(),
      env: { PATH: '/bin', PYTHONPATH: '/x' },
      machine: fake.machine,
      python: '/venv/python',
      port: 45660,
      fingerprint: 'abc',
    });

  it('starts the module with the code of this workspace, and returns its health', async () => {
    expect(await start()).toMatchObject({ pid: 1001, fingerprint: 'abc', startedAt: STARTED_AT });
    const record = await readServerRecord(files().record);
    expect(record).toMatchObject({ pid: 1001, port: 45660, controlToken: expect.any(String) as string });
    expect(fake.servers).toEqual([
      {
        file: '/venv/python',
        args: ['-m', 'nightshift_cloud', '--port', '45660', '--fingerprint', 'abc', '--record', files().record],
        cwd: files().python,
        env: {
          PATH: '/bin',
          PYTHONPATH: undefined,
          PYTHONHOME: undefined,
          PIP_USER: undefined,
          PIP_REQUIRE_VIRTUALENV: undefined,
          PYTHONPYCACHEPREFIX: files().byteCode,
          NIGHTSHIFT_ACCESS_KEY_ID: record?.accessKeyId,
          NIGHTSHIFT_CONTROL_TOKEN: record?.controlToken,
          NIGHTSHIFT_NODE: process.execPath,
          NIGHTSHIFT_BUNDLES: files().bundles,
        },
        logFile: files().log,
      },
    ]);
  });

  it('starts with the given quotas', async () => {
    const quotas = { newAccount: true, values: { 'L-3032A538': 100, 'L-F678F1CE': 5 } };
    const given = { files: files(), env: {}, machine: fake.machine, python: 'p', port: 45660, fingerprint: 'abc' };
    await startServer({ ...given, quotas });
    expect(fake.servers[0]?.args.slice(8)).toEqual([
      '--new-account',
      ...['--quota', 'L-3032A538=100', '--quota', 'L-F678F1CE=5'],
    ]);
    await startServer({ ...given, quotas: {} });
    expect(fake.servers[1]?.args.slice(8)).toEqual([]);
  });

  it('enforces IAM on request', async () => {
    const given = { files: files(), env: {}, machine: fake.machine, python: 'p', port: 45660, fingerprint: 'abc' };
    await startServer({ ...given, enforceIam: true });
    expect(fake.servers[0]?.args.slice(8)).toEqual(['--enforce-iam']);
  });

  it('has a new key at each start', async () => {
    await start();
    const first = await readServerRecord(files().record);
    await start();
    expect((await readServerRecord(files().record))?.accessKeyId).not.toBe(first?.accessKeyId);
  });

  it('waits until it responds', async () => {
    fake.behaviour = 'hangs';
    fake.onSleep = () => {
      if (fake.time === 300) fake.serve(45660, 1001);
    };
    expect(await start()).toMatchObject({ pid: 1001 });
    expect(fake.time).toBe(400);
  });

  it('ignores the response of another local cloud', async () => {
    fake.behaviour = 'ends';
    fake.serve(45660, 77);
    await expect(start()).rejects.toThrow('local cloud: ended while starting');
  });

  it('reports the last output of a server that ends, and removes its record', async () => {
    fake.behaviour = 'ends';
    const { ask } = fake.machine;
    const machine = {
      ...fake.machine,
      ask: (url: string) => {
        writeFileSync(files().log, 'Traceback\nAddress already in use\n');
        return ask(url);
      },
    };
    await expect(
      startServer({ files: files(), env: {}, machine, python: 'p', port: 45660, fingerprint: 'abc' }),
    ).rejects.toThrow(`local cloud: ended while starting, got Address already in use - see ${files().log}`);
    expect(existsSync(files().record)).toBe(false);
  });

  it('reports a server that ends without output', async () => {
    fake.behaviour = 'ends';
    await expect(start()).rejects.toThrow(
      `local cloud: ended while starting, got nothing in its log - see ${files().log}`,
    );
  });

  it('stops a server that does not respond in a minute, and removes its record', async () => {
    fake.behaviour = 'hangs';
    await expect(start()).rejects.toThrow(
      `local cloud: does not start, got no answer from http://127.0.0.1:45660 in 60 s - see ${files().log}`,
    );
    expect(fake.terminated).toEqual([1001]);
    expect(existsSync(files().record)).toBe(false);
  });
});

const SERVER = 7;

describe('stopServer', () => {
  let fake: FakeMachine;
  beforeEach(() => {
    fake = new FakeMachine();
    fake.alive.add(SERVER);
  });

  it('sends a signal to the process', async () => {
    await stopServer(SERVER, fake.machine);
    expect(fake.terminated).toEqual([SERVER]);
    expect(fake.time).toBe(0);
  });

  it('waits until it has ended', async () => {
    fake.deaf = true;
    fake.onSleep = () => {
      if (fake.time === 200) fake.end(SERVER);
    };
    await stopServer(SERVER, fake.machine);
    expect(fake.time).toBe(250);
    expect(fake.terminated).toEqual([SERVER]);
  });

  it('names the process to end if the server does not stop', async () => {
    fake.deaf = true;
    await expect(stopServer(SERVER, fake.machine)).rejects.toThrow(
      'local cloud: does not stop, got process 7, asked 10 s ago - end it: kill -9 7',
    );
  });
});
