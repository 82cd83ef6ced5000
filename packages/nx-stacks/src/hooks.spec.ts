import { EventEmitter } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LiveLines } from '@nightshift/files';
import { beforeTasks, startCommandServer } from './hooks';
import { inWorkspace } from './testing/temporary-workspace';
import { endRun, prepared } from './testing/nx-run';

describe('the hook before the tasks', () => {
  afterEach(endRun);

  it('sets a run ID, runs tasks without terminals of their own, and gives Terraform time to stop', async () => {
    const { env } = await prepared({ line: 'run-many -t deploy -c dev' });
    expect(env).toEqual({
      NIGHTSHIFT_RUN_ID: '42',
      NIGHTSHIFT_RUN_PROCESS: '4711',
      NIGHTSHIFT_DAY: '2026-01-31',
      NIGHTSHIFT_CONFIRMED: '42',
      NIGHTSHIFT_COMMAND_SERVER: '/server',
      NIGHTSHIFT_LIVE: join(tmpdir(), 'nightshift-live-42'),
      NIGHTSHIFT_COLUMNS: '80',
      NX_NATIVE_COMMAND_RUNNER: 'false',
      NX_PROCESS_KILL_GRACE_PERIOD: '3600000',
    });
  });

  it.each([
    ['run-many -t deploy -c dev', [['deploy', 4711]]],
    ['run network:plan:dev', [['plan', 4711]]],
    ['run-many -t plan,drift -c dev', [['plan', 4711]]],
    // A release runs in its own process, at the terminal.
    ['run compute:release -c dev', []],
    ['run platform:synth -c dev', []],
  ])('starts a process for the commands of stacks: %s', async (line, started) => {
    const calls: unknown[] = [];
    const startServer = (_: string, ...rest: unknown[]) => {
      calls.push(rest);
      return '/server';
    };
    const { env } = await prepared({ line, startServer });
    expect(calls).toEqual(started);
    expect(env['NIGHTSHIFT_COMMAND_SERVER']).toBe(started.length > 0 ? '/server' : undefined);
  });

  it('starts that process outside of the tree of processes that Nx signals', async () => {
    const program = `import { writeFileSync } from 'node:fs';
      writeFileSync(process.argv[2], JSON.stringify([process.ppid, ...process.argv.slice(3)]));`;
    const files = { 'packages/cli/bin/command-server.mjs': program };
    await inWorkspace(files, async (root) => {
      const file = startCommandServer(root, 'plan', 4711);
      const written = () => (existsSync(file) ? readFileSync(file, 'utf8') : '');
      while (!written().endsWith(']')) await sleep(50);
      const [parent, ...args] = JSON.parse(written()) as unknown[];
      expect(parent).not.toBe(process.pid);
      expect(args).toEqual(['4711', 'plan']);
      rmSync(dirname(file), { recursive: true });
    });
  });

  it('continues without that process if there is no shell', async () => {
    const socket = startCommandServer('/workspace', 'plan', 4711, 'no-such-shell');
    await new Promise(setImmediate);
    expect(existsSync(socket)).toBe(false);
    rmSync(dirname(socket), { recursive: true });
  });

  it('sets the date by default', () => {
    const host = Object.assign(new EventEmitter(), {
      env: {} as NodeJS.ProcessEnv,
      pid: 4711,
      stdin: { isTTY: true },
      stdout: { isTTY: true, write: jest.fn() },
      stderr: { isTTY: true, write: jest.fn() },
    });
    return inWorkspace({ 'environments/dev.yaml': '' }, (workspaceRoot) => {
      const argv = ['node', 'nx', 'run', 'platform:synth:dev'];
      beforeTasks(undefined, { id: '42', workspaceRoot, nxJsonConfiguration: {}, argv }, host as never);
      expect(host.env['NIGHTSHIFT_DAY']).toMatch(/^20\d\d-\d\d-\d\d$/);
    });
  });

  it('disables colours for output to a file', async () => {
    const { env } = await prepared({ line: 'run-many -t deploy -c dev', isTTY: false });
    expect(env).toMatchObject({ FORCE_COLOR: '0' });
  });

  it('removes escape codes from the output of Nx to a file or a log', async () => {
    const given = { line: 'run-many -t deploy -c dev', isTTY: false, env: { CI: 'true' } };
    const { stdout, stderr, write } = await prepared(given);
    stdout.write('\u001b[2m> \u001b[22mnx run network:deploy\n');
    stdout.write(Buffer.from('bytes'), 'utf8');
    stderr.write('\u001b[31mfailed\u001b[39m');
    expect(write.mock.calls).toEqual([['> nx run network:deploy\n'], [Buffer.from('bytes'), 'utf8'], ['failed']]);
  });

  it.each([
    ['on a terminal', { isTTY: true }],
    ['where the user asks for them', { isTTY: false, env: { FORCE_COLOR: '1' } }],
  ])('does not change the colours of Nx %s', async (_, given) => {
    const { stdout, write } = await prepared({ line: 'run-many -t deploy -c dev', ...given });
    stdout.write('\u001b[2m> \n');
    expect(write).toHaveBeenCalledWith(expect.stringContaining('\u001b[2m> '));
  });

  it('keeps the settings of the user', async () => {
    const mine = { NX_NATIVE_COMMAND_RUNNER: 'true', NX_PROCESS_KILL_GRACE_PERIOD: '1000', FORCE_COLOR: '3' };
    const { env } = await prepared({ line: 'run network:plan -c dev', env: mine, isTTY: false });
    expect(env).toMatchObject(mine);
  });

  it('listens for Ctrl-C before Nx does', async () => {
    const host = await prepared({ line: 'run network:plan -c dev' });
    expect(host.listenerCount('SIGINT')).toBe(1);
  });

  it('hides tips of Nx about its speed, and commands that users do not run', async () => {
    const host = await prepared({ line: 'run-many -t deploy -c dev', isTTY: false, env: { FORCE_COLOR: '1' } });
    const chunks = [
      'Nx read the output from the cache instead of running the command for 1 out of 5 tasks.\n',
      '  Run duration:      4.4s\n  Recoverable time:  1.5s (33% of the run)\n\n  Recommendation: use a remote cache\n',
      'Warning: command "node packages/nx-stacks/bin/stack-task.mjs plan network -c dev" exited with non-zero status code',
      '\u001B[2m> \u001B[22mnode packages/cli/bin/nightshift.mjs synth -c dev\r\n\r\n4 stacks\n',
      'a line of a task\n',
    ];
    for (const chunk of [...chunks, new Uint8Array()]) host.stdout.write(chunk);
    const empty = [new Uint8Array()];
    expect(host.write.mock.calls).toEqual([[''], [''], [''], ['4 stacks\n'], ['a line of a task\n'], empty]);
  });

  it('shows the current work of the stacks at a terminal, until the hook after the tasks', async () => {
    jest.useFakeTimers({ now: 60_000 });
    const host = await prepared({ line: 'run-many -t deploy -c dev' });
    new LiveLines(String(host.env['NIGHTSHIFT_LIVE'])).report('network', { text: 'network  planning', since: 58_000 });
    jest.advanceTimersByTime(200);
    expect(host.write).toHaveBeenCalledWith(expect.stringContaining('network  planning  2.2 s'));
    host.stdout.write('a line of a task\n');
    expect(host.write).toHaveBeenLastCalledWith(
      expect.stringMatching(/a line of a task[^]*network {2}planning {2}2.2 s/),
    );
    endRun();
    expect(existsSync(String(host.env['NIGHTSHIFT_LIVE']))).toBe(false);
    const { length } = host.write.mock.calls;
    jest.advanceTimersByTime(1000);
    expect(host.write.mock.calls).toHaveLength(length);
    jest.useRealTimers();
  });

  it('does not show it in a log or during a release', async () => {
    const log = await prepared({ line: 'run-many -t deploy -c dev', isTTY: false });
    const ci = await prepared({ line: 'run-many -t deploy -c dev', env: { CI: 'true' } });
    const release = await prepared({ line: 'run compute:release -c dev' });
    for (const { env } of [log, ci, release]) expect(env).not.toHaveProperty('NIGHTSHIFT_LIVE');
  });

  it('gives a release the terminal for its own Ctrl-C prompt, without a time limit (R10.5)', async () => {
    const host = await prepared({ line: 'run compute:release -c dev', terminal: '/dev/pts/3' });
    expect(host.env).toEqual({
      NIGHTSHIFT_RUN_ID: '42',
      NIGHTSHIFT_RUN_PROCESS: '4711',
      NIGHTSHIFT_DAY: '2026-01-31',
      NIGHTSHIFT_TERMINAL: '/dev/pts/3',
      NX_NATIVE_COMMAND_RUNNER: 'false',
      NX_PROCESS_KILL_GRACE_PERIOD: '86400000',
    });
    expect(host.listenerCount('SIGINT')).toBe(0);
  });

  it('passes no terminal without a name', async () => {
    const host = await prepared({ line: 'run compute:rollback -c dev' });
    expect(host.env).toMatchObject({ NIGHTSHIFT_TERMINAL: '' });
  });

  it.each([
    [false, {}],
    [true, { CI: 'true' }],
  ])('passes no terminal if the output is not one', async (isTTY, env) => {
    const host = await prepared({ line: 'run compute:release -c dev', isTTY, env });
    expect(host.env).not.toHaveProperty('NIGHTSHIFT_TERMINAL');
  });

  it('changes the process of Nx', () => {
    const before = { ...process.env };
    beforeTasks(undefined, { id: '42', workspaceRoot: '/', nxJsonConfiguration: {}, argv: ['node', 'nx', 'report'] });
    expect(process.env).toEqual(before);
  });

  it('does not change a run without stacks', async () => {
    const host = await prepared({ line: 'run-many -t test' });
    expect(host.env).toEqual({});
    expect(host.listenerCount('SIGINT')).toBe(0);
  });

  it('refuses an unknown environment without a stack trace', async () => {
    const refused = prepared({ line: 'run-many -t deploy -c nope' });
    await expect(refused).rejects.toMatchObject({
      name: 'UserError',
      message: 'environments/nope.yaml: does not exist - use one of dev, or add a file with the extension .yaml',
      stack: '',
    });
  });
});
