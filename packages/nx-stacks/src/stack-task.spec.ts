import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takeExitCode, forgetStop, stopAtOnceFile } from './stop';
import { runId, runTask } from './testing/stack-task-run';

describe('the task of a stack', () => {
  afterEach(() => {
    forgetStop(runId);
    takeExitCode(runId);
  });

  it('runs the command with its arguments unchanged, and exits with its exit code', async () => {
    const args = ['3', 'deploy', 'a b', '$HOME', '"'];
    const { exitCode, said } = await runTask(args);
    expect(said).toMatchObject([{ arguments: args }]);
    expect(exitCode).toBe(3);
  });

  describe('for prepare', () => {
    const file = 'cdktf.out/dev/stacks/observability/run.json';
    const prepare = (others: Readonly<Record<string, unknown>>, more = {}) =>
      runTask(['prepare', 'observability', '-c', 'dev'], undefined, more, others);
    const deployed = { verb: 'deploy', status: 'succeeded' };
    const calls = [{ arguments: ['prepare', 'observability', '-c', 'dev'] }];

    it('does not run the command if this checkout has deployed the stack', async () => {
      expect(await prepare({ [file]: deployed })).toEqual({ exitCode: 0, said: [] });
    });

    it.each([
      ['nothing', {}],
      ['a failed deploy', { [file]: { ...deployed, status: 'failed' } }],
      ['a destroy', { [file]: { ...deployed, verb: 'destroy' } }],
      ['a deploy of another environment', { 'cdktf.out/prod/stacks/observability/run.json': deployed }],
      ['a deploy to an earlier local cloud', { [file]: deployed, '.nightshift/local/server.json': {} }],
    ])('runs it after %s', async (_, others) => {
      expect(await prepare(others)).toMatchObject({ exitCode: 0, said: calls });
    });

    it('uses the suffix of an ephemeral environment', async () => {
      const ENVIRONMENT_SUFFIX = 'pr-1';
      const suffixed = 'cdktf.out/pr-1/stacks/observability/run.json';
      expect(await prepare({ [suffixed]: deployed }, { ENVIRONMENT_SUFFIX })).toMatchObject({ said: [] });
      expect(await prepare({ [file]: deployed }, { ENVIRONMENT_SUFFIX })).toMatchObject({ said: calls });
    });
  });

  it('writes the exit code of a release to a file, because Nx replaces it with 1', async () => {
    expect(await runTask(['release', '10'])).toMatchObject({ said: [{ belowNx: true }] });
    expect(takeExitCode(runId)).toBe(10);
    await runTask(['10']);
    expect(takeExitCode(runId)).toBeUndefined();
  });

  it.each(['drift', 'plan'])('succeeds in Nx if %s finds changes, and writes the exit code to a file', async (verb) => {
    expect(await runTask([verb, '2'])).toMatchObject({ exitCode: 0 });
    expect(takeExitCode(runId)).toBe(2);
  });

  it('gives a release the terminal of Nx, and no other verb', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'terminal-'));
    const NIGHTSHIFT_TERMINAL = join(directory, 'tty');
    const drawn = () => readFileSync(NIGHTSHIFT_TERMINAL, 'utf8');
    writeFileSync(NIGHTSHIFT_TERMINAL, '');
    try {
      expect((await runTask(['release'], undefined, { NIGHTSHIFT_TERMINAL })).said).toEqual([]);
      expect(JSON.parse(drawn())).toMatchObject({ arguments: ['release'], belowNx: false });
      expect((await runTask(['deploy'], undefined, { NIGHTSHIFT_TERMINAL })).said).toMatchObject([{ belowNx: true }]);
      const none = { NIGHTSHIFT_TERMINAL: join(directory, 'none') };
      expect((await runTask(['release'], undefined, none)).said).toMatchObject([{ belowNx: true }]);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'turns %s into one SIGINT for the command, and waits for it',
    async (signal) => {
      const { exitCode, said } = await runTask(['--wait'], (pid) => {
        process.kill(pid, signal);
        process.kill(pid, signal);
      });
      expect(said.slice(1)).toEqual([{ signal: 'SIGINT' }]);
      expect(exitCode).toBe(130);
    },
  );

  it('runs the command outside of the process tree that Nx signals', async () => {
    let task = 0;
    const { said } = await runTask(['0'], (pid) => {
      task = pid;
    });
    const [{ ancestors } = {}] = said;
    expect(ancestors).not.toEqual([]);
    expect(ancestors).not.toContain(task);
    expect(ancestors).not.toContain(process.pid);
  });

  it('forwards a request to stop immediately as a second SIGINT', async () => {
    const { exitCode, said } = await runTask(['--wait', '--slow'], (pid) => {
      process.kill(pid, 'SIGTERM');
      writeFileSync(stopAtOnceFile(runId), '');
    });
    expect(said.slice(1)).toEqual([{ signal: 'SIGINT' }, { signal: 'SIGINT' }]);
    expect(exitCode).toBe(130);
  }, 15_000);
});
