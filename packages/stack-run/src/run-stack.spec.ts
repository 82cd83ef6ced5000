import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '@nightshift/errors';
import { createColors } from 'picocolors';
import { forEachTest } from './testing/for-each-test';
import { StackRunFixture } from './testing/stack-run-fixture';

describe('a run on a stack', () => {
  const fixture = forEachTest(() => new StackRunFixture());

  it('starts Terraform in the directory of the stack, with the environment of its cloud, init first', async () => {
    fixture.effects.env = { AWS_PROFILE: 'default' };
    await fixture.run(fixture.succeed);
    expect(fixture.effects.installed.env).toBe(fixture.effects.env);
    expect(fixture.effects.played.calls).toEqual([['init']]);
    expect(fixture.effects.played.options).toMatchObject({
      binary: { path: 'terraform' },
      env: { PATH: '/bin' },
      directory: fixture.stack.absoluteDirectory,
      configuration: 'dev',
    });
  });

  it('reads the state for Terraform from the bucket', async () => {
    await fixture.effects.stored.write('state', 'dev/network.tfstate', '{"version":4}');
    await fixture.run(fixture.succeed);
    expect(await fixture.effects.played.options?.readObject?.('state', 'dev/network.tfstate')).toBe('{"version":4}');
    expect(await fixture.effects.played.options?.readObject?.('state', 'dev/other.tfstate')).toBeUndefined();
  });

  it('shares a provider between its Terraform commands, and prints once per Nx run why it does not', async () => {
    fixture.effects.env = { NIGHTSHIFT_RUN_ID: randomUUID() };
    const reason = 'provider host not available (no memory): Terraform starts the provider itself';
    await fixture.run(() => {
      fixture.effects.played.options?.providerHost?.note(reason);
      fixture.effects.played.options?.providerHost?.note(reason);
      return fixture.succeed({} as never, {} as never);
    });
    expect(fixture.effects.printed.stdout.split(reason)).toHaveLength(2);
  });

  it.each([
    ['--no-provider-host', { providerHost: false }, {}],
    ['NIGHTSHIFT_PROVIDER_HOST=0', {}, { NIGHTSHIFT_PROVIDER_HOST: '0' }],
  ])('starts the provider for each command with %s', async (_, more, env) => {
    fixture.effects.env = env;
    await fixture.run(fixture.succeed, more);
    expect(fixture.effects.played.options?.providerHost).toBeUndefined();
  });

  it('prints the outcome and exits with 0', async () => {
    await fixture.run(fixture.succeed);
    expect(fixture.effects.printed).toEqual({ stdout: 'network: done in 17.2 s\nmore\n', stderr: '' });
    expect(fixture.effects.exitCode).toBe(0);
  });

  it('reports the endpoint of its calls if it was not AWS, also after a failure', async () => {
    fixture.effects.env = { AWS_ENDPOINT_URL: 'http://127.0.0.1:5000', NIGHTSHIFT_ALLOW_ENDPOINT_URL: '1' };
    await fixture.run(fixture.succeed);
    expect(fixture.effects.printed.stdout).toBe(
      'network: done in 17.2 s\nmore\n  AWS endpoint: http://127.0.0.1:5000 (AWS_ENDPOINT_URL)\n',
    );
    expect(fixture.runFile()).toMatchObject({ endpoint: 'http://127.0.0.1:5000 (AWS_ENDPOINT_URL)' });
    await fixture.run(() => Promise.reject(new UserError({ where: 'a', what: 'b', todo: 'c' })));
    expect(fixture.effects.printed.stderr).toContain(
      'network: failed after 0.0 s, nothing was changed; AWS endpoint: http://127.0.0.1:5000 (AWS_ENDPOINT_URL)\n',
    );
  });

  it('refuses an endpoint that is not AWS, before anything happens', async () => {
    fixture.effects.env = { AWS_ENDPOINT_URL: 'http://127.0.0.1:5000' };
    await fixture.run(fixture.succeed);
    expect(fixture.effects.played.calls).toEqual([]);
    expect(fixture.effects.exitCode).toBe(1);
    expect(fixture.effects.printed.stderr).toBe(
      'error environments/dev.yaml: cloud: the environment is in AWS, but AWS_ENDPOINT_URL sends its calls elsewhere, ' +
        'got http://127.0.0.1:5000 - remove that setting; to use this endpoint, set NIGHTSHIFT_ALLOW_ENDPOINT_URL=1\n' +
        'network: failed after 0.0 s, nothing was changed\n',
    );
  });

  it('explains an error that stops every stack once per Nx run', async () => {
    const runId = randomUUID();
    fixture.effects.env = { AWS_ENDPOINT_URL: 'http://127.0.0.1:5000', NIGHTSHIFT_RUN_ID: runId };
    await fixture.run(fixture.succeed);
    fixture.effects.printed.stderr = '';
    await fixture.run(fixture.succeed);
    rmSync(join(tmpdir(), `nightshift-notices-${runId}`), { recursive: true });
    expect(fixture.effects.exitCode).toBe(1);
    expect(fixture.effects.printed.stderr).toBe(
      'error environments/dev.yaml: cloud: failed for the same reason as another stack of this run\n' +
        'network: failed after 0.0 s, nothing was changed\n',
    );
  });

  it('is recorded in run.json', async () => {
    await fixture.run(fixture.succeed);
    expect(fixture.runFile()).toEqual({
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
    const path = join(fixture.stack.absoluteDirectory, 'run.json');
    mkdirSync(path);
    await fixture.run(fixture.succeed);
    expect(fixture.effects.exitCode).toBe(0);
    expect(fixture.effects.printed.stdout).toBe('network: done in 17.2 s\nmore\n');
    expect(fixture.effects.printed.stderr.replace(/\.[0-9a-f-]{36}/, '.<draft>')).toBe(
      `warning cannot save run.json: EISDIR: illegal operation on a directory, rename '${path}.<draft>' -> '${path}'\n`,
    );
    expect(readdirSync(fixture.stack.absoluteDirectory).filter((name) => name.startsWith('run.json.'))).toEqual([]);
  });

  it('belongs to the Nx run that started it', async () => {
    fixture.effects.env = { NIGHTSHIFT_RUN_ID: 'run-7' };
    await fixture.run(fixture.succeed);
    expect(fixture.runFile().runId).toBe('run-7');
  });

  it('loads no provider and is not recorded if it needs only the state', async () => {
    await fixture.run(fixture.succeed, { needs: 'state' });
    expect(fixture.effects.played.calls).toEqual([]);
    expect(existsSync(join(fixture.stack.absoluteDirectory, 'run.json'))).toBe(false);
  });

  it('can exit with another code', async () => {
    await fixture.run(() => Promise.resolve({ exitCode: 2, lines: () => [] }));
    expect(fixture.effects.exitCode).toBe(2);
    expect(fixture.effects.printed.stdout).toBe('');
    expect(fixture.runFile()).toMatchObject({ status: 'succeeded', add: 0, change: 0, remove: 0, replace: 0 });
  });

  it('prints one JSON object per line with --json, the result last', async () => {
    await fixture.run(
      async (...given) => {
        fixture.created('aws_vpc.Vpc_1A');
        return await fixture.succeed(...given);
      },
      { json: true },
    );
    const lines = fixture.effects.printed.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatchObject({ type: 'resource', address: 'aws_vpc.Vpc_1A', stack: 'network' });
    expect(lines[1]).toEqual({ type: 'result', ...fixture.runFile(), more: true, exitCode: 0 });
  });

  it('passes events to a listener', async () => {
    const seen: string[] = [];
    await fixture.run(
      async (...given) => {
        fixture.created('aws_vpc.Vpc_1A');
        return await fixture.succeed(...given);
      },
      { onEvent: ({ type }) => seen.push(type) },
    );
    expect(seen).toEqual(['resource']);
  });

  it('reports ignored settings of Terraform', async () => {
    fixture.effects.installed.notices.push('TF_CLI_CONFIG_FILE names a missing file: ignored');
    await fixture.run(fixture.succeed);
    expect(fixture.effects.printed.stdout).toContain(
      'network        TF_CLI_CONFIG_FILE names a missing file: ignored\n',
    );
  });

  it('reports ignored settings once per Nx run', async () => {
    fixture.effects.env = { NIGHTSHIFT_RUN_ID: randomUUID() };
    fixture.effects.installed.notices.push('TF_VAR_x: ignored');
    await fixture.run(fixture.succeed);
    await fixture.run(fixture.succeed);
    rmSync(join(tmpdir(), `nightshift-notices-${String(fixture.effects.env['NIGHTSHIFT_RUN_ID'])}`), {
      recursive: true,
    });
    expect(fixture.effects.printed.stdout.split('TF_VAR_x: ignored')).toHaveLength(2);
  });

  it('does not repeat ignored settings below npm start', async () => {
    fixture.effects.env = { NIGHTSHIFT_START: '1' };
    fixture.effects.installed.notices.push('TF_VAR_x: ignored');
    await fixture.run(fixture.succeed);
    expect(fixture.effects.printed.stdout).not.toContain('TF_VAR_x');
  });

  it('reports a discarded state of a local cloud that is gone, before Terraform starts', async () => {
    fixture.effects.cloudStatus = { running: true, startedAt: '2025-01-01T00:00:00.000Z' };
    const errored = join(fixture.stack.absoluteDirectory, 'errored.tfstate');
    writeFileSync(errored, '{}');
    utimesSync(errored, 0, 0);
    await fixture.run(fixture.succeed, {
      stack: { ...fixture.stack, environment: { ...fixture.stack.environment, cloud: 'local' } },
    });
    expect(fixture.effects.printed.stdout).toContain(
      'network        discarded errored.tfstate: the local cloud that it describes is gone, this stack starts with nothing\n',
    );
    expect(existsSync(errored)).toBe(false);
    expect(fixture.effects.cloudUses).toEqual(['deploy of network in dev']);
  });

  it('prints the name of the stack in bold', async () => {
    fixture.effects.colours = createColors(true);
    await fixture.run(fixture.succeed);
    expect(fixture.effects.printed.stdout).toBe('\u001B[1mnetwork\u001B[22m: done in 17.2 s\nmore\n');
  });
});
