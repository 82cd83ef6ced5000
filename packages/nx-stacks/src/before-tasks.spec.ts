import { EventEmitter } from 'node:events';
import { beforeTasks } from './before-tasks';
import type { confirmDestroy } from './confirm-destroy';
import { inWorkspace } from './testing/temporary-workspace';

interface Given {
  readonly line: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly isTTY?: boolean;
  readonly terminal?: string | undefined;
  readonly confirm?: typeof confirmDestroy;
}

/** What the hook makes of the process of Nx. */
async function prepared({ line, env = {}, isTTY = true, terminal, confirm }: Given) {
  const write = jest.fn<boolean, unknown[]>(() => true);
  const host = Object.assign(new EventEmitter(), {
    env: { ...env } as Record<string, string>,
    stdin: { isTTY },
    stdout: { isTTY, write: write as (...chunks: unknown[]) => boolean },
    stderr: { isTTY, write: write as (...chunks: unknown[]) => boolean },
    write,
  });
  await inWorkspace({ 'environments/dev.yaml': '' }, (workspaceRoot) => {
    const context = { id: '42', workspaceRoot, nxJsonConfiguration: {}, argv: ['node', 'nx', ...line.split(' ')] };
    beforeTasks(
      undefined,
      context,
      host as never,
      () => new Date('2026-01-31T23:59:59Z'),
      () => terminal,
      confirm,
    );
  });
  return host;
}

describe('before tasks run', () => {
  it('gives the run an id, keeps tasks off terminals of their own, and lets Terraform stop in its own time', async () => {
    const { env } = await prepared({ line: 'run-many -t deploy -c dev' });
    expect(env).toEqual({
      NIGHTSHIFT_RUN_ID: '42',
      NIGHTSHIFT_DAY: '2026-01-31',
      NX_NATIVE_COMMAND_RUNNER: 'false',
      NX_PROCESS_KILL_GRACE_PERIOD: '3600000',
    });
  });

  it('says which day it is by itself where nobody else does', () => {
    const host = Object.assign(new EventEmitter(), {
      env: {} as NodeJS.ProcessEnv,
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

  it('asks for no colours where the output goes to a file', async () => {
    const { env } = await prepared({ line: 'run-many -t deploy -c dev', isTTY: false });
    expect(env).toMatchObject({ FORCE_COLOR: '0' });
  });

  it('takes escape codes out of what Nx itself writes to a file or a log', async () => {
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
  ])('leaves the colours of Nx %s', async (_, given) => {
    const { stdout, write } = await prepared({ line: 'run-many -t deploy -c dev', ...given });
    stdout.write('\u001b[2m> ');
    expect(write).toHaveBeenCalledWith('\u001b[2m> ');
  });

  it('leaves alone what the user has set', async () => {
    const mine = { NX_NATIVE_COMMAND_RUNNER: 'true', NX_PROCESS_KILL_GRACE_PERIOD: '1000', FORCE_COLOR: '3' };
    const { env } = await prepared({ line: 'run network:plan -c dev', env: mine, isTTY: false });
    expect(env).toMatchObject(mine);
  });

  it('listens for Ctrl-C before Nx does', async () => {
    const host = await prepared({ line: 'run network:plan -c dev' });
    expect(host.listenerCount('SIGINT')).toBe(1);
  });

  it('gives a release the terminal, which asks by itself what Ctrl-C is to do, and all the time that it takes (R10.5)', async () => {
    const host = await prepared({ line: 'run compute:release -c dev', terminal: '/dev/pts/3' });
    expect(host.env).toEqual({
      NIGHTSHIFT_RUN_ID: '42',
      NIGHTSHIFT_DAY: '2026-01-31',
      NIGHTSHIFT_TERMINAL: '/dev/pts/3',
      NX_NATIVE_COMMAND_RUNNER: 'false',
      NX_PROCESS_KILL_GRACE_PERIOD: '86400000',
    });
    expect(host.listenerCount('SIGINT')).toBe(0);
  });

  it('has no terminal to give where it does not know its name', async () => {
    const host = await prepared({ line: 'run compute:rollback -c dev' });
    expect(host.env).toMatchObject({ NIGHTSHIFT_TERMINAL: '' });
  });

  it.each([
    [false, {}],
    [true, { CI: 'true' }],
  ])('has no terminal to give where nobody looks at it', async (isTTY, env) => {
    const host = await prepared({ line: 'run compute:release -c dev', isTTY, env });
    expect(host.env).not.toHaveProperty('NIGHTSHIFT_TERMINAL');
  });

  it('acts on the process of Nx itself', () => {
    const before = { ...process.env };
    beforeTasks(undefined, { id: '42', workspaceRoot: '/', nxJsonConfiguration: {}, argv: ['node', 'nx', 'report'] });
    expect(process.env).toEqual(before);
  });

  it('leaves a run that does not concern stacks alone', async () => {
    const host = await prepared({ line: 'run-many -t test' });
    expect(host.env).toEqual({});
    expect(host.listenerCount('SIGINT')).toBe(0);
  });

  it('refuses an unknown environment, without the offer of a stack trace', async () => {
    const refused = prepared({ line: 'run-many -t deploy -c nope' });
    await expect(refused).rejects.toMatchObject({
      name: 'UserError',
      message:
        'environments: has no file for this environment, got "nope" - use one of dev, or add a file whose name ends in .yaml',
      stack: '',
    });
  });

  describe('destroy', () => {
    it('is confirmed once for the whole run', async () => {
      const confirm = jest.fn(() => undefined);
      const host = await prepared({ line: 'run-many -t destroy -p compute -c dev', confirm });
      expect(confirm).toHaveBeenCalledWith(
        expect.objectContaining({ configuration: 'dev', projects: ['compute'] }),
        expect.any(String),
        true,
      );
      expect(host.env).toMatchObject({ NIGHTSHIFT_CONFIRMED: '42', NIGHTSHIFT_RUN_ID: '42' });
    });

    it('is refused without a terminal and without --yes', async () => {
      const refused = prepared({ line: 'run-many -t destroy -c dev', isTTY: false });
      await expect(refused).rejects.toMatchObject({
        name: 'UserError',
        message: 'nx destroy: needs a confirmation, and there is no terminal to ask at - add --yes',
        stack: '',
      });
    });

    it('needs no question with --yes, which goes to each stack', async () => {
      const host = await prepared({ line: 'run-many -t destroy -c dev --yes', isTTY: false });
      expect(host.env).not.toHaveProperty('NIGHTSHIFT_CONFIRMED');
    });
  });
});
