import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { time } from '@nightshift/console/json';
import { z } from 'zod';
import { InterruptedError } from '@nightshift/errors';
import { fakeProcess, inDirectory } from './testing/fake-process';

describe('processEffects', () => {
  it('has the current directory and the workspace of this package', () => {
    const env = { HOME: '/home/me', NX_LOAD_DOT_ENV_FILES: 'false' };
    const { effects } = fakeProcess({ env });
    expect(effects.cwd).toBe('/here');
    expect(effects.env).toEqual(env);
    expect(`${effects.root}/packages/cli/src`).toBe(__dirname);
  });

  it('has the variables of .env files, as with Nx', async () => {
    await inDirectory((root) => {
      writeFileSync(join(root, '.env.dev'), 'AWS_PROFILE=risk\n');
      const { effects } = fakeProcess({ root, argv: ['node', 'nightshift', 'doctor', '-c', 'dev'] });
      expect(effects.env).toEqual({ AWS_PROFILE: 'risk' });
      expect(effects.envFiles).toEqual({ AWS_PROFILE: '.env.dev' });
      return Promise.resolve();
    });
  });

  it('has a clock, random identifiers and an exit code', () => {
    const { effects, process } = fakeProcess();
    expect(Math.abs(effects.now().getTime() - Date.now())).toBeLessThan(5000);
    expect(effects.monotonic()).toBeLessThanOrEqual(effects.monotonic());
    expect(effects.newId()).toMatch(/^[\da-f-]{36}$/);
    expect(effects.newId()).not.toBe(effects.newId());
    effects.exitWith(70);
    expect(process.exitCode).toBe(70);
  });

  it('ticks until it is stopped', async () => {
    const { effects } = fakeProcess();
    let stop: () => void = () => undefined;
    let ticks = 0;
    await new Promise<void>((resolve) => {
      stop = effects.every(1, () => {
        ticks += 1;
        if (ticks === 2) resolve();
      });
      // The ticker alone would let the process end.
      setTimeout(() => undefined, 1000).unref();
    });
    stop();
    const seen = ticks;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(ticks).toBe(seen);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('reports %s until it stops listening', (signal) => {
    const { effects, process } = fakeProcess();
    const heard: string[] = [];
    const stop = effects.onSignal((one) => heard.push(one));
    process.emit(signal, signal);
    stop();
    process.emit(signal, signal);
    expect(heard).toEqual([signal]);
    expect(process.listenerCount(signal)).toBe(0);
  });

  it('asks and waits for the answer', async () => {
    const { effects, stdin, stdout } = fakeProcess({ terminal: true });
    stdin.write('dev\n');
    expect(await effects.ask('Which? ')).toBe('dev');
    expect(String(stdout.read())).toContain('Which? ');
  });

  it('treats Ctrl-D as an empty answer', async () => {
    const { effects, stdin, stdout } = fakeProcess({ terminal: true });
    stdin.end();
    expect(await effects.ask('Which? ')).toBe('');
    expect(String(stdout.read())).toMatch(/Which\? [^\n]*\n$/);
  });

  it('treats Ctrl-C as the end of the command', async () => {
    const { effects, stdin, stdout } = fakeProcess({ terminal: true });
    stdin.write('\u0003');
    await expect(effects.ask('Which? ')).rejects.toEqual(new InterruptedError('interrupted; nothing was changed'));
    expect(String(stdout.read())).toMatch(/Which\? [^\n]*\n[^\n]*$/);
  });

  it('reports each key immediately until it stops listening', async () => {
    const { effects, stdin } = fakeProcess({ terminal: true });
    const modes: boolean[] = [];
    Object.assign(stdin, {
      setRawMode: (raw: boolean) => {
        modes.push(raw);
        return stdin;
      },
    });
    const keys: string[] = [];
    const stop = effects.onKey((key) => keys.push(key));
    stdin.write('s');
    await new Promise(setImmediate);
    stop();
    stdin.write('d');
    await new Promise(setImmediate);
    expect(keys).toEqual(['s']);
    expect(modes).toEqual([true, false]);
    expect(stdin.isPaused()).toBe(true);
  });

  describe('output', () => {
    it('is written unchanged', () => {
      const { effects, stdout, stderr } = fakeProcess();
      effects.stdout.write('one\n');
      effects.stderr.write('two\n');
      effects.stdout.json(z.object({ time }), { time: new Date(0) });
      expect(String(stdout.read())).toBe('one\n{"time":"1970-01-01T00:00:00.000Z"}\n');
      expect(String(stderr.read())).toBe('two\n');
    });

    it('ignores a closed pipe, as Nx leaves after Ctrl-C', () => {
      const { stdout, stderr } = fakeProcess();
      for (const stream of [stdout, stderr]) {
        expect(() => stream.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))).not.toThrow();
      }
    });

    it('has the current size of a terminal', () => {
      const { effects, stdout } = fakeProcess({ terminal: true });
      expect(effects.stdout).toMatchObject({ isTerminal: true, columns: 120, rows: 50 });
      Object.assign(stdout, { columns: 60, rows: 16 });
      expect(effects.stdout).toMatchObject({ columns: 60, rows: 16 });
    });

    it('measures a terminal again, since Nx does not forward SIGWINCH', () => {
      const { effects, stdout } = fakeProcess({ terminal: true });
      Object.assign(stdout, { _refreshSize: () => Object.assign(stdout, { columns: 70, rows: 20 }) });
      expect(effects.stdout.columns).toBe(70);
      Object.assign(stdout, { rows: 50 });
      expect(effects.stdout.rows).toBe(20);
    });

    it('is 80 wide and 24 high without a terminal', () => {
      expect(fakeProcess().effects.stdout).toMatchObject({ isTerminal: false, columns: 80, rows: 24 });
    });
  });

  describe('colours', () => {
    const coloured = (env: NodeJS.ProcessEnv, terminal: boolean) =>
      fakeProcess({ env, terminal }).effects.stdout.colours.isColorSupported;

    it.each([
      [{}, true, true],
      [{}, false, false],
      [{ NO_COLOR: '1' }, true, false],
      [{ NO_COLOR: '' }, true, true],
      [{ TERM: 'dumb' }, true, false],
      [{ NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
      [{ FORCE_COLOR: '1' }, false, true],
      [{ FORCE_COLOR: 'true' }, false, true],
      [{ FORCE_COLOR: '0' }, true, false],
      [{ FORCE_COLOR: 'false' }, true, false],
    ])('with %j and terminal %s: %s', (env, terminal, expected) => {
      expect(coloured(env, terminal)).toBe(expected);
    });
  });

  describe('interactive', () => {
    const person = (env: NodeJS.ProcessEnv, terminal: boolean) => {
      const { watched, interactive } = fakeProcess({ env, terminal }).effects;
      return { watched, interactive };
    };

    it('is true if input and output are terminals', () => {
      expect(person({}, true)).toEqual({ watched: true, interactive: true });
    });

    it.each([{ CI: 'true' }, { NX_TASK_TARGET_PROJECT: 'network' }])('is false with %j', (env) => {
      expect(person(env, true)).toEqual({ watched: false, interactive: false });
    });

    it('is false without a terminal', () => {
      expect(person({}, false)).toEqual({ watched: false, interactive: false });
    });
  });
});
