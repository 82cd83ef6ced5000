import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { takeExitCode, forgetStop } from './stop';
import { runId, runTask } from './testing/stack-task-run';

describe('the task of a stack with a command server', () => {
  afterEach(() => {
    forgetStop(runId);
    takeExitCode(runId);
  });

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
      return await runTask(args, act, { NIGHTSHIFT_COMMAND_SERVER });
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
  ])('runs %s there, with its output and its exit code', async (verb, exitCode, ofTask) => {
    const result = await withServer([verb, 'network'], (line, client) => {
      const { argv, env, cwd } = JSON.parse(line) as { argv: string[]; env: NodeJS.ProcessEnv; cwd: string };
      const project = env['NX_TASK_TARGET_PROJECT'];
      send(client, { stdout: JSON.stringify({ argv, project, cwd }) }, { stderr: '' }, { stdout: '\n' }, { exitCode });
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

  it('runs the command in its own process if no server listens', async () => {
    const NIGHTSHIFT_COMMAND_SERVER = join(tmpdir(), 'no-such-server');
    expect(await runTask(['plan', '3'], undefined, { NIGHTSHIFT_COMMAND_SERVER })).toMatchObject({ exitCode: 3 });
  });

  it('fails if the server ends before the command', async () => {
    const { exitCode, errors } = await withServer(['deploy'], (_, client) => {
      client.destroy();
    });
    expect(errors).toBe('error nightshift: the process that ran this command was ended - run the command again\n');
    expect(exitCode).toBe(70);
  });
});
