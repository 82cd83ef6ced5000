import { forEachTest } from '@nightshift/stack-run/testing';
import { type ChildProcess, spawn } from 'node:child_process';
import { task } from '../testing/fake-engine';
import { ReleaseRun } from '../testing/release-run';

const run = forEachTest(() => new ReleaseRun());

describe('nightshift exec', () => {
  /** The programs that were started, which exit with a code. */
  const spawned: string[][] = [];
  const plugin = (exitCode: number) => {
    Object.assign(run.effects, {
      spawn: (file: string, args: string[], options: object): ChildProcess => {
        spawned.push([file, ...args]);
        return spawn(process.execPath, ['-e', `process.exit(${String(exitCode)})`], options);
      },
    });
  };

  beforeEach(() => {
    run.engine.tasks = [task];
    spawned.length = 0;
  });

  it('opens a shell in a task with the Session Manager plugin', async () => {
    plugin(3);
    expect(await run.run('exec -c dev')).toMatchObject({ exitCode: 3, stdout: '' });
    expect(run.engine.calls).toEqual(['exec undefined: /bin/sh']);
    const session = { SessionId: 's-1', StreamUrl: 'wss://ssm', TokenValue: 'token' };
    expect(spawned).toEqual([
      ['session-manager-plugin', '--version'],
      ['session-manager-plugin', JSON.stringify(session), 'us-east-1', 'StartSession'],
    ]);
  });

  it('runs a command in a task', async () => {
    plugin(0);
    const { stdout } = await run.run('exec -c dev --task 3f2a --json -- ls -l');
    expect(run.engine.calls).toEqual(['exec 3f2a: ls -l']);
    expect(JSON.parse(stdout)).toMatchObject({ verb: 'exec', task: { id: task.id }, command: 'ls -l', exitCode: 0 });
  });

  it('with --json reports that the command failed', async () => {
    plugin(2);
    const { stdout } = await run.run('exec -c dev --json -- ls');
    expect(JSON.parse(stdout)).toMatchObject({ status: 'failed', problems: ['ls: exit code 2'], exitCode: 2 });
  });

  it('fails without the plugin before a session starts', async () => {
    Object.assign(run.effects, { spawn: () => spawn('/no-such-program') });
    expect((await run.run('exec -c dev')).failure).toBe(
      'nightshift exec: the program session-manager-plugin is not installed, and ECS Exec needs it - install it: https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-install-plugin.html',
    );
    expect(run.engine.calls).toEqual([]);
  });

  it('quotes each argument for ECS Exec; a single argument is a command line', async () => {
    plugin(0);
    await run.run(['exec', '-c', 'dev', '--', 'printf', '[%s]\\n', 'a b', "it's", '', 'c']);
    await run.run(['exec', '-c', 'dev', '--', 'ls -la "a b"']);
    expect(run.engine.calls).toEqual([
      `exec undefined: printf '[%s]\\n' 'a b' 'it'\\''s' '' c`,
      'exec undefined: ls -la "a b"',
    ]);
  });

  it.each(['', ' ', "echo 'a", 'echo "a', 'echo \\'])('refuses the command line %j', async (line) => {
    expect((await run.run(['exec', '-c', 'dev', '--', line])).failure).toBe(
      `nightshift exec: the command is empty, or a quote has no end, got ${JSON.stringify(line)} - write the program and its arguments, for example -- sh -c 'echo $HOME'`,
    );
    expect(run.engine.calls).toEqual([]);
  });

  it('runs next to the task on the local cloud, with the variables of the task', async () => {
    run.effects.env = { PATH: process.env['PATH'] };
    const { stderr, exitCode } = await run.run(['exec', '-c', 'local', '--', 'sh', '-c', 'test "$LOG_LEVEL" = debug']);
    expect(exitCode).toBe(0);
    expect(stderr).toBe(
      `task 3f2a1b9c77e0aa is a process on this machine; sh -c 'test "$LOG_LEVEL" = debug' runs next to it\n`,
    );
  });

  it.each([
    ['each argument', ['test', "it's $LOG_LEVEL", '=', "it's $LOG_LEVEL"]],
    ['a command line, without a shell', [`test '$LOG_LEVEL "'a\\ b = "\\$LOG_LEVEL \\"a b"`]],
  ])('passes on the local cloud what AWS passes: %s', async (_, words) => {
    expect((await run.run(['exec', '-c', 'local', '--', ...words])).exitCode).toBe(0);
  });

  it('exits as a shell does if there is no such program on the local cloud', async () => {
    expect((await run.run(['exec', '-c', 'local', '--', 'no-such-program'])).exitCode).toBe(127);
  });
});
