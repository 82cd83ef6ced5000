import { spawn } from 'node:child_process';
import { FakeTerminal } from './testing/fake-terminal';
import { type ForegroundResult, runForeground } from './run-foreground';

const node = (script: string): [string, ...string[]] => [process.execPath, '-e', script];

/** Counts Ctrl-Cs and tells the number by its exit code when it is asked to end. */
const counter = node(`let got = 0;
  process.on('SIGINT', () => { got += 1; });
  process.on('SIGTERM', () => setTimeout(() => process.exit(40 + got), 100));
  setTimeout(() => process.exit(1), 20_000);
  process.send('ready');`);

/** Sends a Ctrl-C and a request to end, once the program listens. */
async function signalled(effects: FakeTerminal): Promise<ForegroundResult> {
  const spawnWithChannel = (file: string, args: string[], options: object) => {
    const child = spawn(file, args, { ...options, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
    child.on('message', () => {
      effects.signal('SIGINT');
      effects.signal('SIGTERM');
    });
    return child;
  };
  Object.assign(effects, { spawn: spawnWithChannel });
  return await run(counter, effects);
}

function run(command: [string, ...string[]], effects = new FakeTerminal(), env: Record<string, string> = {}) {
  return runForeground({ command, cwd: '/', env, effects, where: 'npm start', todo: 'install it' });
}

describe('runForeground', () => {
  it('passes the environment to the program, and returns its exit code', async () => {
    const script = 'process.exit(process.env.GREETING === "hello" && !process.env.HOME ? 7 : 8)';
    const effects = new FakeTerminal();
    expect(await run(node(script), effects, { GREETING: 'hello' })).toEqual({ exitCode: 7, interrupted: false });
    expect(effects.listening).toBe(0);
  });

  it('returns 128 plus the signal number after a signal', async () => {
    const script = 'process.kill(process.pid, "SIGKILL")';
    expect(await run(node(script))).toEqual({ exitCode: 137, interrupted: false });
  });

  it('forwards signals and waits', async () => {
    expect(await signalled(new FakeTerminal())).toEqual({ exitCode: 41, interrupted: true });
  });

  it.each([
    [true, false],
    [false, true],
  ])('shares its process group only on a terminal: %s', async (watched, detached) => {
    const effects = Object.assign(new FakeTerminal(), { watched });
    const seen: unknown[] = [];
    const spy = (file: string, args: string[], options: { detached: boolean }) => {
      seen.push(options.detached);
      return spawn(file, args, options);
    };
    await run(node(''), Object.assign(effects, { spawn: spy }));
    expect(seen).toEqual([detached]);
  });

  it('does not forward a Ctrl-C that the terminal has sent to both', async () => {
    const watched = Object.assign(new FakeTerminal(), { watched: true });
    expect(await signalled(watched)).toEqual({ exitCode: 40, interrupted: true });
  });

  it('reports that the program does not exist', async () => {
    await expect(run(['no-such-program'])).rejects.toThrow(
      'npm start: there is no such program, got no-such-program - install it',
    );
  });

  it('reports that a program cannot be run', async () => {
    await expect(run(['/'])).rejects.toThrow('npm start: the program cannot be run (EACCES), got / - install it');
  });
});
