import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '@nightshift/config';
import { UserError } from '@nightshift/errors';
import { createColors } from 'picocolors';
import { z } from 'zod';
import type { RunFile } from './run-file';
import { runStack, type StackRun } from './run-stack';
import { FakeRunEffects } from './testing/fake-effects';
import { fakeStack } from './testing/fake-stack';
import { fakeWorkspace } from './testing/fake-workspace';

const fields = z.object({ more: z.boolean() });

type Run = StackRun<typeof fields>;

const problem = { where: 'network: aws_vpc.Vpc_1A', what: 'does not exist', todo: 'make it' };

describe('a run on a stack', () => {
  let effects: FakeRunEffects;
  let stack: Run['stack'];
  beforeEach(() => {
    effects = new FakeRunEffects();
    effects.root = fakeWorkspace();
    const directory = join(effects.root, 'cdktf.out/dev/stacks/network');
    const environment = { name: 'dev', suffix: 'dev', cloud: 'aws', region: 'us-east-1' } as Environment;
    stack = { ...fakeStack, environment, absoluteDirectory: directory };
  });
  afterEach(() => {
    rmSync(effects.root, { recursive: true });
  });

  const created = (address: string) => {
    effects.played.options?.onEvent({ type: 'resource', status: 'done', address, action: 'create', elapsedSeconds: 1 });
  };
  const run = (act: Run['act'], more: Partial<Run> = {}) =>
    runStack({ verb: 'deploy', fields, stack, json: false, effects, act, ...more });
  const runFile = () => JSON.parse(readFileSync(join(stack.absoluteDirectory, 'run.json'), 'utf8')) as RunFile;
  const succeed: Run['act'] = () => {
    effects.advance(17_240);
    return Promise.resolve({
      counts: { add: 2, change: 1, remove: 0, replace: 0 },
      outputs: { vpc_id: 'vpc-1' },
      result: { more: true },
      lines: (elapsed) => [`done in ${elapsed}`, 'more'],
    });
  };

  it('starts Terraform in the directory of the stack, with the environment of its cloud, init first', async () => {
    effects.env = { AWS_PROFILE: 'default' };
    await run(succeed);
    expect(effects.installed.env).toBe(effects.env);
    expect(effects.played.calls).toEqual([['init']]);
    expect(effects.played.options).toMatchObject({
      binary: { path: 'terraform' },
      env: { PATH: '/bin' },
      directory: stack.absoluteDirectory,
      configuration: 'dev',
    });
  });

  it('reads the state for Terraform from the bucket', async () => {
    await effects.stored.write('state', 'dev/network.tfstate', '{"version":4}');
    await run(succeed);
    expect(await effects.played.options?.readObject?.('state', 'dev/network.tfstate')).toBe('{"version":4}');
    expect(await effects.played.options?.readObject?.('state', 'dev/other.tfstate')).toBeUndefined();
  });

  it('shares a provider between its Terraform commands, and prints once per Nx run why it does not', async () => {
    effects.env = { NIGHTSHIFT_RUN_ID: randomUUID() };
    const reason = 'provider host not available (no memory): Terraform starts the provider itself';
    await run(() => {
      effects.played.options?.providerHost?.note(reason);
      effects.played.options?.providerHost?.note(reason);
      return succeed({} as never, {} as never);
    });
    expect(effects.printed.stdout.split(reason)).toHaveLength(2);
  });

  it.each([
    ['--no-provider-host', { providerHost: false }, {}],
    ['NIGHTSHIFT_PROVIDER_HOST=0', {}, { NIGHTSHIFT_PROVIDER_HOST: '0' }],
  ])('starts the provider for each command with %s', async (_, more, env) => {
    effects.env = env;
    await run(succeed, more);
    expect(effects.played.options?.providerHost).toBeUndefined();
  });

  it('prints the outcome and exits with 0', async () => {
    await run(succeed);
    expect(effects.printed).toEqual({ stdout: 'network: done in 17.2 s\nmore\n', stderr: '' });
    expect(effects.exitCode).toBe(0);
  });

  it('reports the endpoint of its calls if it was not AWS, also after a failure', async () => {
    effects.env = { AWS_ENDPOINT_URL: 'http://127.0.0.1:5000', NIGHTSHIFT_ALLOW_ENDPOINT_URL: '1' };
    await run(succeed);
    expect(effects.printed.stdout).toBe(
      'network: done in 17.2 s\nmore\n  AWS endpoint: http://127.0.0.1:5000 (AWS_ENDPOINT_URL)\n',
    );
    expect(runFile()).toMatchObject({ endpoint: 'http://127.0.0.1:5000 (AWS_ENDPOINT_URL)' });
    await run(() => Promise.reject(new UserError({ where: 'a', what: 'b', todo: 'c' })));
    expect(effects.printed.stderr).toContain(
      'network: failed after 0.0 s, nothing was changed; AWS endpoint: http://127.0.0.1:5000 (AWS_ENDPOINT_URL)\n',
    );
  });

  it('refuses an endpoint that is not AWS, before anything happens', async () => {
    effects.env = { AWS_ENDPOINT_URL: 'http://127.0.0.1:5000' };
    await run(succeed);
    expect(effects.played.calls).toEqual([]);
    expect(effects.exitCode).toBe(1);
    expect(effects.printed.stderr).toBe(
      'error environments/dev.yaml: cloud: the environment is in AWS, but AWS_ENDPOINT_URL sends its calls elsewhere, ' +
        'got http://127.0.0.1:5000 - remove that setting; to use this endpoint, set NIGHTSHIFT_ALLOW_ENDPOINT_URL=1\n' +
        'network: failed after 0.0 s, nothing was changed\n',
    );
  });

  it('explains an error that stops every stack once per Nx run', async () => {
    const runId = randomUUID();
    effects.env = { AWS_ENDPOINT_URL: 'http://127.0.0.1:5000', NIGHTSHIFT_RUN_ID: runId };
    await run(succeed);
    effects.printed.stderr = '';
    await run(succeed);
    rmSync(join(tmpdir(), `nightshift-notices-${runId}`), { recursive: true });
    expect(effects.exitCode).toBe(1);
    expect(effects.printed.stderr).toBe(
      'error environments/dev.yaml: cloud: failed for the same reason as another stack of this run\n' +
        'network: failed after 0.0 s, nothing was changed\n',
    );
  });

  it('is recorded in run.json', async () => {
    await run(succeed);
    expect(runFile()).toEqual({
      runId: 'fresh-id',
      verb: 'deploy',
      stack: 'network',
      environment: 'dev',
      suffix: 'dev',
      status: 'succeeded',
      add: 2,
      change: 1,
      remove: 0,
      replace: 0,
      seconds: 17.2,
      startedAt: '2025-01-01T00:00:00.000Z',
      problems: [],
      outputs: { vpc_id: 'vpc-1' },
    });
  });

  it('is printed with its outputs if it cannot be recorded, without a failure', async () => {
    const path = join(stack.absoluteDirectory, 'run.json');
    mkdirSync(path);
    await run(succeed);
    expect(effects.exitCode).toBe(0);
    expect(effects.printed.stdout).toBe('network: done in 17.2 s\nmore\n');
    expect(effects.printed.stderr.replace(/\.[0-9a-f-]{36}/, '.<draft>')).toBe(
      `warning cannot save run.json: EISDIR: illegal operation on a directory, rename '${path}.<draft>' -> '${path}'\n`,
    );
    expect(readdirSync(stack.absoluteDirectory).filter((name) => name.startsWith('run.json.'))).toEqual([]);
  });

  it('belongs to the Nx run that started it', async () => {
    effects.env = { NIGHTSHIFT_RUN_ID: 'run-7' };
    await run(succeed);
    expect(runFile().runId).toBe('run-7');
  });

  it('loads no provider and is not recorded if it needs only the state', async () => {
    await run(succeed, { needs: 'state' });
    expect(effects.played.calls).toEqual([]);
    expect(existsSync(join(stack.absoluteDirectory, 'run.json'))).toBe(false);
  });

  it('can exit with another code', async () => {
    await run(() => Promise.resolve({ exitCode: 2, lines: () => [] }));
    expect(effects.exitCode).toBe(2);
    expect(effects.printed.stdout).toBe('');
    expect(runFile()).toMatchObject({ status: 'succeeded', add: 0, change: 0, remove: 0, replace: 0 });
  });

  it('prints one JSON object per line with --json, the result last', async () => {
    await run(
      async (...given) => {
        created('aws_vpc.Vpc_1A');
        return await succeed(...given);
      },
      { json: true },
    );
    const lines = effects.printed.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatchObject({ type: 'resource', address: 'aws_vpc.Vpc_1A', stack: 'network' });
    expect(lines[1]).toEqual({ type: 'result', ...runFile(), more: true, exitCode: 0 });
  });

  it('passes events to a listener', async () => {
    const seen: string[] = [];
    await run(
      async (...given) => {
        created('aws_vpc.Vpc_1A');
        return await succeed(...given);
      },
      { onEvent: ({ type }) => seen.push(type) },
    );
    expect(seen).toEqual(['resource']);
  });

  it('reports ignored settings of Terraform', async () => {
    effects.installed.notices.push('TF_CLI_CONFIG_FILE names a missing file: ignored');
    await run(succeed);
    expect(effects.printed.stdout).toContain('network        TF_CLI_CONFIG_FILE names a missing file: ignored\n');
  });

  it('reports ignored settings once per Nx run', async () => {
    effects.env = { NIGHTSHIFT_RUN_ID: randomUUID() };
    effects.installed.notices.push('TF_VAR_x: ignored');
    await run(succeed);
    await run(succeed);
    rmSync(join(tmpdir(), `nightshift-notices-${String(effects.env['NIGHTSHIFT_RUN_ID'])}`), { recursive: true });
    expect(effects.printed.stdout.split('TF_VAR_x: ignored')).toHaveLength(2);
  });

  it('does not repeat ignored settings below npm start', async () => {
    effects.env = { NIGHTSHIFT_START: '1' };
    effects.installed.notices.push('TF_VAR_x: ignored');
    await run(succeed);
    expect(effects.printed.stdout).not.toContain('TF_VAR_x');
  });

  it('reports a discarded state of a local cloud that is gone, before Terraform starts', async () => {
    effects.cloudStatus = { running: true, startedAt: '2025-01-01T00:00:00.000Z' };
    const errored = join(stack.absoluteDirectory, 'errored.tfstate');
    writeFileSync(errored, '{}');
    utimesSync(errored, 0, 0);
    await run(succeed, { stack: { ...stack, environment: { ...stack.environment, cloud: 'local' } } });
    expect(effects.printed.stdout).toContain(
      'network        discarded errored.tfstate: the local cloud that it describes is gone, this stack starts with nothing\n',
    );
    expect(existsSync(errored)).toBe(false);
    expect(effects.cloudUses).toEqual(['deploy of network in dev']);
  });

  describe('that fails', () => {
    const fail: Run['act'] = () => {
      effects.advance(4000);
      created('aws_vpc.Vpc_1A');
      return Promise.reject(new UserError(problem, { ...problem, where: 'network: aws_subnet.B' }));
    };

    it('prints every cause and the completed changes, and exits with 1', async () => {
      await run(fail);
      expect(effects.printed.stderr).toBe(
        [
          'error network: aws_vpc.Vpc_1A: does not exist - make it',
          'error network: aws_subnet.B: does not exist - make it',
          'network: failed after 4.0 s, 1 added, 0 changed, 0 destroyed before that',
          '',
        ].join('\n'),
      );
      expect(effects.exitCode).toBe(1);
      expect(effects.listening).toBe(0);
    });

    it('is recorded with its problems and completed changes', async () => {
      await run(fail);
      expect(runFile()).toMatchObject({
        status: 'failed',
        add: 1,
        problems: [
          'network: aws_vpc.Vpc_1A: does not exist - make it',
          'network: aws_subnet.B: does not exist - make it',
        ],
      });
      expect(runFile()).not.toHaveProperty('outputs');
    });

    it('ends with a JSON result too', async () => {
      await run(fail, { json: true });
      const last = effects.printed.stdout.trim().split('\n').at(-1) ?? '';
      expect(JSON.parse(last)).toEqual({ type: 'result', ...runFile(), exitCode: 1 });
    });

    it('reports that nothing was changed', async () => {
      effects.installation = () => Promise.reject(new UserError(problem));
      await run(succeed);
      expect(effects.printed.stderr).toBe(
        'error network: aws_vpc.Vpc_1A: does not exist - make it\nnetwork: failed after 0.0 s, nothing was changed\n',
      );
      expect(effects.exitCode).toBe(1);
      expect(effects.listening).toBe(0);
    });

    it('exits with 70 and the stack trace for a defect', async () => {
      await run(() => Promise.reject(new TypeError('oops')));
      expect(effects.printed.stderr).toMatch(/^defect nightshift: .*\nTypeError: oops\n {4}at /);
      expect(effects.exitCode).toBe(70);
      expect(runFile()).toMatchObject({ status: 'failed', problems: ['TypeError: oops'] });
    });
  });

  describe('that is interrupted', () => {
    it('waits for Terraform, reports the completed changes, and exits with 130', async () => {
      await run(() => {
        effects.signal('SIGINT');
        effects.advance(3000);
        created('aws_vpc.Vpc_1A');
        expect(effects.played.options?.interrupt?.aborted).toBe(true);
        expect(effects.played.options?.kill?.aborted).toBe(false);
        return Promise.reject(new UserError({ where: 'network', what: 'interrupted', todo: 'run it again' }));
      });
      expect(effects.printed.stdout).toContain(
        'network        stopping network: Terraform finishes its current operations; press Ctrl-C again to stop immediately\n',
      );
      expect(effects.printed.stderr).toBe(
        'error network: interrupted - run it again\nnetwork: interrupted after 3.0 s, 1 added, 0 changed, 0 destroyed before that\n',
      );
      expect(effects.exitCode).toBe(130);
      expect(runFile()).toMatchObject({ status: 'interrupted', add: 1 });
    });

    it('says that AWS may finish the changes in progress', async () => {
      await run(() => {
        effects.signal('SIGINT');
        const change = { type: 'resource', action: 'update', address: 'aws_vpc.Vpc_1A', elapsedSeconds: 1 } as const;
        effects.played.options?.onEvent({ ...change, status: 'failed' });
        return Promise.reject(new UserError({ where: 'network', what: 'interrupted', todo: 'run it again' }));
      });
      const unfinished = '1 more change was in progress, and AWS may have finished it';
      expect(effects.printed.stderr).toBe(
        `error network: interrupted - run it again\nnetwork: interrupted after 0.0 s, 0 added, 0 changed, 0 destroyed before that; ${unfinished}\n`,
      );
      expect(runFile().problems).toEqual(['network: interrupted - run it again', unfinished]);
    });

    it('forwards a later signal', async () => {
      await run(async (...given) => {
        effects.signal('SIGINT');
        effects.advance(3000);
        effects.signal('SIGINT');
        expect(effects.played.options?.kill?.aborted).toBe(true);
        return await succeed(...given);
      });
      expect(runFile().status).toBe('succeeded');
    });

    it('reports a defect as a defect', async () => {
      await run(() => {
        effects.signal('SIGTERM');
        return Promise.reject(new TypeError('oops'));
      });
      expect(effects.exitCode).toBe(70);
    });
  });

  it('prints the name of the stack in bold', async () => {
    effects.colours = createColors(true);
    await run(succeed);
    expect(effects.printed.stdout).toBe('\u001B[1mnetwork\u001B[22m: done in 17.2 s\nmore\n');
  });
});
