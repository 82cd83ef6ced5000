import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { takeExitCode, forgetStop, stopAtOnceFile } from './stop';
import { inWorkspace } from './testing/temporary-workspace';

const runId = `task-${String(process.pid)}`;
const task = readFileSync(join(__dirname, '..', 'bin', 'stack-task.mjs'), 'utf8');

/** Stands for the nightshift command: says what it is given and below whom it runs, and stops a little after a signal. */
const command = `
  import { execFileSync } from 'node:child_process';
  const say = (what) => console.log(JSON.stringify(what));
  let signals = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {
    say({ signal });
    signals += 1;
    if (process.argv.includes('--slow') && signals < 2) return;
    setTimeout(() => process.exit(130), 200);
  });
  const ancestors = [process.ppid];
  while (ancestors[0] > 1) {
    ancestors.unshift(Number(execFileSync('ps', ['-o', 'ppid=', '-p', ancestors[0]], { encoding: 'utf8' })));
  }
  say({ arguments: process.argv.slice(2), ancestors, belowNx: 'NX_TASK_TARGET_PROJECT' in process.env });
  if (process.argv.includes('--wait')) setTimeout(() => {}, 20_000);
  else process.exitCode = Number(process.argv.slice(2).find((word) => /^\\d+$/.test(word)) ?? 0);
`;

interface Acted {
  readonly exitCode: number | null;
  /** Standard error, unless it is empty. */
  readonly errors?: string;
  readonly said: readonly Readonly<Record<string, unknown>>[];
}

/** Runs the task; \`act\` is called once when the command has said its first line. */
async function run(
  args: string[],
  act: (pid: number) => void = () => undefined,
  more = {},
  others: Readonly<Record<string, unknown>> = {},
): Promise<Acted> {
  const files = {
    ...others,
    'packages/nx-stacks/bin/stack-task.mjs': task,
    'packages/cli/bin/nightshift.mjs': command,
  };
  return await inWorkspace(files, async (root) => {
    const child = spawn(process.execPath, [join(root, 'packages/nx-stacks/bin/stack-task.mjs'), ...args], {
      env: { ...process.env, NX_TASK_TARGET_PROJECT: 'compute', NIGHTSHIFT_RUN_ID: runId, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      errors += chunk;
    });
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      if (text === '') act(Number(child.pid));
      text += chunk;
    });
    const [exitCode] = (await once(child, 'close')) as [number | null];
    return {
      exitCode,
      ...(errors && { errors }),
      said: text
        .trim()
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    };
  });
}

describe('the task of a stack', () => {
  afterEach(() => {
    forgetStop(runId);
    takeExitCode(runId);
  });

  it('runs the command with its arguments unchanged, and exits with its exit code', async () => {
    const args = ['3', 'deploy', 'a b', '$HOME', '"'];
    const { exitCode, said } = await run(args);
    expect(said).toMatchObject([{ arguments: args }]);
    expect(exitCode).toBe(3);
  });

  describe('for prepare', () => {
    const file = 'cdktf.out/dev/stacks/observability/run.json';
    const prepare = (others: Readonly<Record<string, unknown>>, more = {}) =>
      run(['prepare', 'observability', '-c', 'dev'], undefined, more, others);
    const deployed = { verb: 'deploy', status: 'succeeded' };
    const told = [{ arguments: ['prepare', 'observability', '-c', 'dev'] }];

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
      expect(await prepare(others)).toMatchObject({ exitCode: 0, said: told });
    });

    it('uses the suffix of an ephemeral environment', async () => {
      const ENVIRONMENT_SUFFIX = 'pr-1';
      const suffixed = 'cdktf.out/pr-1/stacks/observability/run.json';
      expect(await prepare({ [suffixed]: deployed }, { ENVIRONMENT_SUFFIX })).toMatchObject({ said: [] });
      expect(await prepare({ [file]: deployed }, { ENVIRONMENT_SUFFIX })).toMatchObject({ said: told });
    });
  });

  it('writes the exit code of a release to a file, because Nx replaces it with 1', async () => {
    expect(await run(['release', '10'])).toMatchObject({ said: [{ belowNx: true }] });
    expect(takeExitCode(runId)).toBe(10);
    await run(['10']);
    expect(takeExitCode(runId)).toBeUndefined();
  });

  it.each(['drift', 'plan'])('succeeds in Nx if %s finds changes, and writes the exit code to a file', async (verb) => {
    expect(await run([verb, '2'])).toMatchObject({ exitCode: 0 });
    expect(takeExitCode(runId)).toBe(2);
  });

  it('gives a release the terminal of Nx, and no other verb', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'terminal-'));
    const NIGHTSHIFT_TERMINAL = join(directory, 'tty');
    const drawn = () => readFileSync(NIGHTSHIFT_TERMINAL, 'utf8');
    writeFileSync(NIGHTSHIFT_TERMINAL, '');
    try {
      expect((await run(['release'], undefined, { NIGHTSHIFT_TERMINAL })).said).toEqual([]);
      expect(JSON.parse(drawn())).toMatchObject({ arguments: ['release'], belowNx: false });
      expect((await run(['deploy'], undefined, { NIGHTSHIFT_TERMINAL })).said).toMatchObject([{ belowNx: true }]);
      const none = { NIGHTSHIFT_TERMINAL: join(directory, 'none') };
      expect((await run(['release'], undefined, none)).said).toMatchObject([{ belowNx: true }]);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'turns %s into one SIGINT for the command, and waits for it',
    async (signal) => {
      const { exitCode, said } = await run(['--wait'], (pid) => {
        process.kill(pid, signal);
        process.kill(pid, signal);
      });
      expect(said.slice(1)).toEqual([{ signal: 'SIGINT' }]);
      expect(exitCode).toBe(130);
    },
  );

  it('runs the command outside of the process tree that Nx signals', async () => {
    let task = 0;
    const { said } = await run(['0'], (pid) => {
      task = pid;
    });
    const [{ ancestors } = {}] = said;
    expect(ancestors).not.toEqual([]);
    expect(ancestors).not.toContain(task);
    expect(ancestors).not.toContain(process.pid);
  });

  it('forwards a request to stop immediately as a second SIGINT', async () => {
    const { exitCode, said } = await run(['--wait', '--slow'], (pid) => {
      process.kill(pid, 'SIGTERM');
      writeFileSync(stopAtOnceFile(runId), '');
    });
    expect(said.slice(1)).toEqual([{ signal: 'SIGINT' }, { signal: 'SIGINT' }]);
    expect(exitCode).toBe(130);
  }, 15_000);

  describe('with a command server', () => {
    /** Runs the task with a server that acts on each line that it gets. */
    async function withServer(
      args: string[],
      onLine: (line: string, client: net.Socket) => void,
      act?: (pid: number) => void,
    ) {
      const directory = mkdtempSync(join(tmpdir(), 'server-'));
      const NIGHTSHIFT_COMMAND_SERVER = join(directory, 'commands');
      const server = net.createServer((client) => {
        createInterface({ input: client }).on('line', (line) => {
          onLine(line, client);
        });
      });
      server.listen(NIGHTSHIFT_COMMAND_SERVER);
      await once(server, 'listening');
      try {
        return await run(args, act, { NIGHTSHIFT_COMMAND_SERVER });
      } finally {
        server.close();
        rmSync(directory, { recursive: true });
      }
    }

    const send = (client: net.Socket, ...replies: readonly object[]) => {
      client.write(replies.map((reply) => `${JSON.stringify(reply)}\n`).join(''));
    };

    it.each([
      ['deploy', 3, 3],
      // `drift` has done its work.
      ['drift', 2, 0],
    ])('runs %s there: prints what it prints and ends with its exit code', async (verb, exitCode, ofTask) => {
      const result = await withServer([verb, 'network'], (line, client) => {
        const { argv, env, cwd } = JSON.parse(line) as { argv: string[]; env: NodeJS.ProcessEnv; cwd: string };
        const project = env['NX_TASK_TARGET_PROJECT'];
        send(
          client,
          { stdout: JSON.stringify({ argv, project, cwd }) },
          { stderr: '' },
          { stdout: '\n' },
          { exitCode },
        );
      });
      const printed = [{ argv: [verb, 'network'], project: 'compute', cwd: process.cwd() }];
      expect(result).toEqual({ exitCode: ofTask, said: printed });
    });

    it('sends one stop signal, and waits for the command', async () => {
      const { exitCode, said } = await withServer(
        ['deploy'],
        (line, client) => {
          if (line === '') send(client, { stdout: '{"stopped":true}\n' }, { exitCode: 130 });
          else send(client, { stdout: '{"started":true}\n' });
        },
        (pid) => {
          process.kill(pid, 'SIGINT');
          process.kill(pid, 'SIGTERM');
        },
      );
      expect(said).toEqual([{ started: true }, { stopped: true }]);
      expect(exitCode).toBe(130);
    });

    it('runs a refused command in a process of its own', async () => {
      const { exitCode, said } = await withServer(['plan', '3'], (_, client) => {
        send(client, { refused: true });
      });
      expect(said).toMatchObject([{ arguments: ['plan', '3'] }]);
      expect(exitCode).toBe(3);
    });

    it('runs the command in a process of its own where no server listens', async () => {
      const NIGHTSHIFT_COMMAND_SERVER = join(tmpdir(), 'no-such-server');
      expect(await run(['plan', '3'], undefined, { NIGHTSHIFT_COMMAND_SERVER })).toMatchObject({ exitCode: 3 });
    });

    it('fails if the server ends before the command', async () => {
      const { exitCode, errors } = await withServer(['deploy'], (_, client) => {
        client.destroy();
      });
      expect(errors).toBe('error nightshift: the process that ran this command was ended - run the command again\n');
      expect(exitCode).toBe(70);
    });
  });
});
