import { existsSync, writeFileSync } from 'node:fs';
import { cloudFiles } from './cloud-files';
import { readServerRecord } from './server-record';
import { startServer } from './start-server';
import { FakeMachine, makeWorkspace, STARTED_AT } from './testing/fake-machine';
import { temporaryDirectory } from '@nightshift/files/temporary-directory';

describe('startServer', () => {
  const root = temporaryDirectory();
  let machine: FakeMachine;
  beforeEach(async () => {
    machine = new FakeMachine();
    await makeWorkspace(root());
  });
  const files = () => cloudFiles(root(), {});
  const start = () =>
    startServer({
      files: files(),
      env: { PATH: '/bin', PYTHONPATH: '/x' },
      effects: machine.effects,
      python: '/venv/python',
      port: 45660,
      fingerprint: 'abc',
    });

  it('starts our module with the code of this workspace, and gives what it says', async () => {
    expect(await start()).toMatchObject({ pid: 1001, fingerprint: 'abc', startedAt: STARTED_AT });
    const record = await readServerRecord(files().record);
    expect(record).toMatchObject({ pid: 1001, port: 45660, controlToken: expect.any(String) as string });
    expect(machine.servers).toEqual([
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

  it('starts with the quotas that are asked for', async () => {
    const quotas = { newAccount: true, values: { 'L-3032A538': 100, 'L-F678F1CE': 5 } };
    const given = { files: files(), env: {}, effects: machine.effects, python: 'p', port: 45660, fingerprint: 'abc' };
    await startServer({ ...given, quotas });
    expect(machine.servers[0]?.args.slice(8)).toEqual([
      '--new-account',
      ...['--quota', 'L-3032A538=100', '--quota', 'L-F678F1CE=5'],
    ]);
    await startServer({ ...given, quotas: {} });
    expect(machine.servers[1]?.args.slice(8)).toEqual([]);
  });

  it('has another key at each start', async () => {
    await start();
    const first = await readServerRecord(files().record);
    await start();
    expect((await readServerRecord(files().record))?.accessKeyId).not.toBe(first?.accessKeyId);
  });

  it('waits until it answers', async () => {
    machine.behaviour = 'hangs';
    machine.onSleep = () => {
      if (machine.time === 300) machine.serve(45660, 1001);
    };
    expect(await start()).toMatchObject({ pid: 1001 });
    expect(machine.time).toBe(400);
  });

  it('does not take the answer of another local cloud for its own', async () => {
    machine.behaviour = 'ends';
    machine.serve(45660, 77);
    await expect(start()).rejects.toThrow('local cloud: ended while starting');
  });

  it('says the last words of one that ends, and forgets it', async () => {
    machine.behaviour = 'ends';
    const { ask } = machine.effects;
    const effects = {
      ...machine.effects,
      ask: (url: string) => {
        writeFileSync(files().log, 'Traceback\nAddress already in use\n');
        return ask(url);
      },
    };
    await expect(
      startServer({ files: files(), env: {}, effects, python: 'p', port: 45660, fingerprint: 'abc' }),
    ).rejects.toThrow(`local cloud: ended while starting, got Address already in use - see ${files().log}`);
    expect(existsSync(files().record)).toBe(false);
  });

  it('says when one ends without a word', async () => {
    machine.behaviour = 'ends';
    await expect(start()).rejects.toThrow(
      `local cloud: ended while starting, got nothing in its log - see ${files().log}`,
    );
  });

  it('ends one that does not answer in a minute, and forgets it', async () => {
    machine.behaviour = 'hangs';
    await expect(start()).rejects.toThrow(
      `local cloud: does not start, got no answer from http://127.0.0.1:45660 in 60 s - see ${files().log}`,
    );
    expect(machine.terminated).toEqual([1001]);
    expect(existsSync(files().record)).toBe(false);
  });
});
