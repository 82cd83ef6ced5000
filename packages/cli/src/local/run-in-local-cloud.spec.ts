import { spawn } from 'node:child_process';
import { FakeEffects } from '../testing/fake-effects';
import { runInLocalCloud } from './run-in-local-cloud';

const node = (script: string) => [process.execPath, '-e', script];

/** Counts Ctrl-Cs and tells the number by its exit code when it is asked to end. */
const counter = node(`let got = 0;
  process.on('SIGINT', () => { got += 1; });
  process.on('SIGTERM', () => setTimeout(() => process.exit(40 + got), 100));
  setTimeout(() => process.exit(1), 20_000);
  process.send('ready');`);

/** Sends a Ctrl-C and a request to end, once the program listens. */
async function signalled(effects: FakeEffects): Promise<number> {
  const spawnWithChannel = (file: string, args: string[], options: object) => {
    const child = spawn(file, args, { ...options, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
    child.on('message', () => {
      effects.signal('SIGINT');
      effects.signal('SIGTERM');
    });
    return child;
  };
  Object.assign(effects, { spawn: spawnWithChannel });
  return await runInLocalCloud({ command: counter, env: {}, effects });
}

describe('runInLocalCloud', () => {
  it('gives the environment to the program and its exit code to the caller', async () => {
    const script = 'process.exit(process.env.GREETING === "hello" && !process.env.HOME ? 7 : 8)';
    const effects = Object.assign(new FakeEffects(), { cwd: '/' });
    expect(await runInLocalCloud({ command: node(script), env: { GREETING: 'hello' }, effects })).toBe(7);
    expect(effects.listening).toBe(0);
  });

  it('says what ended by a signal as shells do', async () => {
    const script = 'process.kill(process.pid, "SIGKILL")';
    expect(await runInLocalCloud({ command: node(script), env: {}, effects: new FakeEffects() })).toBe(137);
  });

  it('passes signals on and waits', async () => {
    expect(await signalled(new FakeEffects())).toBe(41);
  });

  it('does not repeat a Ctrl-C that the terminal has sent to both', async () => {
    expect(await signalled(Object.assign(new FakeEffects(), { watched: true }))).toBe(40);
  });

  it('says that there is no such program', async () => {
    await expect(
      runInLocalCloud({ command: ['no-such-program'], env: {}, effects: new FakeEffects() }),
    ).rejects.toThrow(
      'nightshift local exec: there is no such program, got no-such-program - name a program on PATH, as in: npx nightshift local exec -- aws s3 ls',
    );
  });

  it('says that a program cannot be run', async () => {
    await expect(runInLocalCloud({ command: ['/'], env: {}, effects: new FakeEffects() })).rejects.toThrow(
      'nightshift local exec: the program cannot be run (EACCES), got / - name a program on PATH',
    );
  });
});
