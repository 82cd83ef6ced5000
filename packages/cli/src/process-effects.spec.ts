import { EventEmitter } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { time } from '@nightshift/console/json';
import { z } from 'zod';
import { PassThrough } from 'node:stream';
import { type Environment, loadEnvironment } from '@nightshift/config';
import { InterruptedError, UserError } from '@nightshift/errors';
import { findInstallation, processEffects } from './process-effects';
import { readStackManifest } from '@nightshift/stack-run';

interface FakeProcess {
  readonly env?: NodeJS.ProcessEnv;
  /** Whether standard input, output and error are terminals. */
  readonly terminal?: boolean;
  readonly argv?: readonly string[];
  /** The workspace. */
  readonly root?: string;
}

const loading = () => import('@nightshift/platform');

function setUp({ env = {}, terminal = false, argv = [], root }: FakeProcess = {}, loadPlatform = loading) {
  const stream = () => Object.assign(new PassThrough(), terminal ? { isTTY: true, columns: 120, rows: 50 } : {});
  const [stdin, stdout, stderr] = [stream(), stream(), stream()];
  const process = Object.assign(new EventEmitter(), {
    argv,
    env,
    stdin,
    stdout,
    stderr,
    cwd: () => '/here',
    pid: 42,
    exitCode: 0,
  });
  return {
    process,
    stdin,
    stdout,
    stderr,
    effects: processEffects(
      process as unknown as NodeJS.Process,
      { readableTrace: (trace) => trace, loadPlatform },
      root,
    ),
  };
}

async function inDirectory(use: (directory: string) => Promise<void>): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'synth-'));
  try {
    await use(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

describe('processEffects', () => {
  it('has the current directory and the workspace of this package', () => {
    const env = { HOME: '/home/me', NX_LOAD_DOT_ENV_FILES: 'false' };
    const { effects } = setUp({ env });
    expect(effects.cwd).toBe('/here');
    expect(effects.env).toEqual(env);
    expect(`${effects.root}/packages/cli/src`).toBe(__dirname);
  });

  it('has the variables of .env files, as with Nx', async () => {
    await inDirectory((root) => {
      writeFileSync(join(root, '.env.dev'), 'AWS_PROFILE=risk\n');
      const { effects } = setUp({ root, argv: ['node', 'nightshift', 'doctor', '-c', 'dev'] });
      expect(effects.env).toEqual({ AWS_PROFILE: 'risk' });
      expect(effects.envFiles).toEqual({ AWS_PROFILE: '.env.dev' });
      return Promise.resolve();
    });
  });

  it('has a clock, random identifiers and an exit code', () => {
    const { effects, process } = setUp();
    expect(Math.abs(effects.now().getTime() - Date.now())).toBeLessThan(5000);
    expect(effects.monotonic()).toBeLessThanOrEqual(effects.monotonic());
    expect(effects.newId()).toMatch(/^[\da-f-]{36}$/);
    expect(effects.newId()).not.toBe(effects.newId());
    effects.exitWith(70);
    expect(process.exitCode).toBe(70);
  });

  it('ticks until it is stopped', async () => {
    const { effects } = setUp();
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
    const { effects, process } = setUp();
    const heard: string[] = [];
    const stop = effects.onSignal((one) => heard.push(one));
    process.emit(signal, signal);
    stop();
    process.emit(signal, signal);
    expect(heard).toEqual([signal]);
    expect(process.listenerCount(signal)).toBe(0);
  });

  it('asks and waits for the answer', async () => {
    const { effects, stdin, stdout } = setUp({ terminal: true });
    stdin.write('dev\n');
    expect(await effects.ask('Which? ')).toBe('dev');
    expect(String(stdout.read())).toContain('Which? ');
  });

  it('takes Ctrl-D for an empty answer', async () => {
    const { effects, stdin, stdout } = setUp({ terminal: true });
    stdin.end();
    expect(await effects.ask('Which? ')).toBe('');
    expect(String(stdout.read())).toMatch(/Which\? [^\n]*\n$/);
  });

  it('takes Ctrl-C for the end of the command', async () => {
    const { effects, stdin, stdout } = setUp({ terminal: true });
    stdin.write('\u0003');
    await expect(effects.ask('Which? ')).rejects.toEqual(new InterruptedError('interrupted; nothing was changed'));
    expect(String(stdout.read())).toMatch(/Which\? [^\n]*\n[^\n]*$/);
  });

  it('reports each key immediately until it stops listening', async () => {
    const { effects, stdin } = setUp({ terminal: true });
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
      const { effects, stdout, stderr } = setUp();
      effects.stdout.write('one\n');
      effects.stderr.write('two\n');
      effects.stdout.json(z.object({ time }), { time: new Date(0) });
      expect(String(stdout.read())).toBe('one\n{"time":"1970-01-01T00:00:00.000Z"}\n');
      expect(String(stderr.read())).toBe('two\n');
    });

    it('ignores a closed pipe, as Nx leaves after Ctrl-C', () => {
      const { stdout, stderr } = setUp();
      for (const stream of [stdout, stderr]) {
        expect(() => stream.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }))).not.toThrow();
      }
    });

    it('has the current size of a terminal', () => {
      const { effects, stdout } = setUp({ terminal: true });
      expect(effects.stdout).toMatchObject({ isTerminal: true, columns: 120, rows: 50 });
      Object.assign(stdout, { columns: 60, rows: 16 });
      expect(effects.stdout).toMatchObject({ columns: 60, rows: 16 });
    });

    it('measures a terminal again, since Nx does not forward SIGWINCH', () => {
      const { effects, stdout } = setUp({ terminal: true });
      Object.assign(stdout, { _refreshSize: () => Object.assign(stdout, { columns: 70, rows: 20 }) });
      expect(effects.stdout.columns).toBe(70);
      Object.assign(stdout, { rows: 50 });
      expect(effects.stdout.rows).toBe(20);
    });

    it('is 80 wide and 24 high without a terminal', () => {
      expect(setUp().effects.stdout).toMatchObject({ isTerminal: false, columns: 80, rows: 24 });
    });
  });

  describe('colours', () => {
    const coloured = (env: NodeJS.ProcessEnv, terminal: boolean) =>
      setUp({ env, terminal }).effects.stdout.colours.isColorSupported;

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
      const { watched, interactive } = setUp({ env, terminal }).effects;
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

  describe('tools that are loaded when they are used', () => {
    /** The first test transpiles the stacks and loads the classes of the AWS provider. */
    const LOADING_MILLISECONDS = 60_000;
    const stacks = ['compute', 'network', 'observability', 'registry'];
    const environmentIn = (root: string) => loadEnvironment({ directory: join(root, 'environments'), name: 'dev' });
    it(
      'write and check the stacks of an environment',
      async () => {
        const { effects } = setUp();
        await inDirectory(async (directory) => {
          const outdir = join(directory, 'cdktf.out', 'dev');
          const report = await effects.synthesize(environmentIn(effects.root), outdir);
          expect(report).toMatchObject({ passed: true, violations: [] });
          expect([...((await readStackManifest(outdir)) ?? [])].map(([stack]) => stack)).toEqual(stacks);
        });
      },
      LOADING_MILLISECONDS,
    );

    it('write the stacks of an environment without a policy check', async () => {
      const { effects } = setUp();
      await inDirectory(async (directory) => {
        await effects.synthesizeUnchecked(environmentIn(effects.root), join(directory, 'dev'));
        expect((await readStackManifest(join(directory, 'dev')))?.get('compute')).toEqual(['registry', 'network']);
      });
    });

    it('throw a user error if the stacks do not compile', async () => {
      const { effects } = setUp({}, () => Promise.reject(new Error('oops')));
      await expect(effects.synthesizedStacks(environmentIn(effects.root))).rejects.toBeInstanceOf(UserError);
    });

    it('return the stacks of an environment without writing them', async () => {
      const { effects } = setUp();
      const synthesized = await effects.synthesizedStacks(environmentIn(effects.root));
      expect(Object.keys(synthesized).sort()).toEqual(stacks);
    });

    it("check the rules with today's date", async () => {
      const { effects } = setUp();
      const environment = environmentIn(effects.root);
      const waiver = { rule: 'tags-required', resource: 'network/Vpc/Resource', reason: 'r', owner: 'o' };
      const checked = async (expires: string) => {
        const waivers = [{ ...waiver, expires }];
        const { violations } = await effects.checkPolicy(
          { ...environment, waivers },
          { network: { resource: { aws_vpc: { V: { '//': { metadata: { path: waiver.resource } } } } } } },
        );
        return violations.map(({ rule }) => rule.id).filter((id) => id.startsWith('waiver-'));
      };
      expect(await checked('2020-01-01')).toEqual(['waiver-expired']);
      const tomorrow = new Date(Date.now() + 24 * 60 * 60_000).toISOString().slice(0, 10);
      expect(await checked(tomorrow)).toEqual([]);
      expect(await checked('2999-01-01')).toEqual(['waiver-long']);
    });

    it('return the local cloud of this workspace', async () => {
      const { effects } = setUp({ env: { NIGHTSHIFT_LOCAL_DIRECTORY: '/none/such' } });
      const { LocalCloud } = await import('@nightshift/local-cloud');
      const cloud = await effects.localCloud();
      expect(cloud).toBeInstanceOf(LocalCloud);
      expect(await cloud.status()).toEqual({ running: false });
    });

    it('return the objects of a state bucket', async () => {
      const { effects } = setUp({ env: { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' } });
      const environment = { name: 'dev', suffix: 'dev', cloud: 'aws', region: 'us-east-1' } as Environment;
      const before = { ...process.env };
      expect(Object.keys(await effects.stateObjects(environment))).toEqual(['read', 'write', 'caller']);
      Object.assign(process.env, before);
    });

    it('find Terraform and its provider for a given environment', async () => {
      const { effects } = setUp();
      const silent = () => undefined;
      await expect(effects.installation({ NIGHTSHIFT_TERRAFORM: '/none/such' }, silent)).rejects.toThrow(
        'NIGHTSHIFT_TERRAFORM: is not an executable file, got /none/such - ',
      );
    });

    it('run Terraform', async () => {
      const { effects } = setUp();
      const binary = { path: 'terraform', version: '1.11.4', product: 'terraform' } as const;
      const onEvent = () => undefined;
      const { Terraform } = await import('@nightshift/terraform');
      const options = { binary, directory: '/none', env: {}, onEvent };
      expect(await effects.terraform(options)).toBeInstanceOf(Terraform);
      expect(await effects.terraform({ ...options, providerHost: undefined })).not.toHaveProperty(
        'options.providerHost',
      );
    });

    it.each([
      ['this process', {}, 42],
      ['Nx', { NIGHTSHIFT_RUN_PROCESS: '4711' }, 4711],
    ])('run Terraform with a provider that ends with %s', async (_, env, owner) => {
      const { effects } = setUp({ env });
      const binary = { path: 'terraform', version: '1.11.4', product: 'terraform' } as const;
      const providerHost = { note: () => undefined };
      const terraform = await effects.terraform({
        binary,
        directory: '/none',
        env: {},
        onEvent: () => undefined,
        providerHost,
      });
      expect(terraform).toHaveProperty('options.providerHost', {
        ...providerHost,
        owner,
        program: join(effects.root, 'packages/cli/bin/provider-host.mjs'),
        cacheDirectory: join(effects.root, '.nightshift'),
      });
    });
  });
});

describe('finding Terraform and its provider', () => {
  let directory: string;
  let terraform: string;
  let configuration: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'installation-'));
    configuration = join(directory, 'cli.tfrc');
    terraform = join(directory, 'terraform.sh');
    writeFileSync(terraform, '#!/bin/sh\necho "Terraform v1.11.4"\n');
    chmodSync(terraform, 0o755);
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  it('returns both, with their environment and the ignored settings', async () => {
    writeFileSync(configuration, 'provider_installation { direct {} }');
    const env = { NIGHTSHIFT_TERRAFORM: terraform, TF_CLI_CONFIG_FILE: configuration };
    expect(await findInstallation({ env, cacheDirectory: directory })).toMatchObject({
      binary: { path: terraform, version: '1.11.4', product: 'terraform' },
      env: { TF_CLI_CONFIG_FILE: configuration },
      notices: [],
    });
    const missing = { ...env, TF_CLI_CONFIG_FILE: '/none/such', HOME: directory };
    const { env: usable, notices } = await findInstallation({ env: missing, cacheDirectory: directory });
    expect(usable['TF_CLI_CONFIG_FILE']).not.toBe('/none/such');
    expect(notices).toEqual(['TF_CLI_CONFIG_FILE is ignored: /none/such is not a file']);
  });

  it('finds the plugin cache of a variable in the CLI configuration, although Terraform does not get the variable', async () => {
    writeFileSync(configuration, 'plugin_cache_dir = "$CACHES/terraform"');
    const env = { NIGHTSHIFT_TERRAFORM: terraform, TF_CLI_CONFIG_FILE: configuration, CACHES: '/caches' };
    const { env: usable } = await findInstallation({ env, cacheDirectory: directory });
    expect(usable).toEqual({ TF_CLI_CONFIG_FILE: configuration, TF_PLUGIN_CACHE_DIR: '/caches/terraform' });
  });
});
