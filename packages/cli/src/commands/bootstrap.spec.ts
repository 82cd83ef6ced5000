import { Command } from 'commander';
import { FakeAws } from '@nightshift/state-bucket/testing';
import { fakeWorkspace } from '@nightshift/stack-run/testing';
import { register } from './bootstrap';
import { FakeEffects } from '../testing/fake-effects';

const root = fakeWorkspace();

/** Runs `nightshift bootstrap …` on an account. */
async function bootstrap(aws: FakeAws, ...args: string[]) {
  return await bootstrapWith({}, aws, ...args);
}

async function bootstrapWith(env: Record<string, string>, aws: FakeAws, ...args: string[]) {
  const effects = Object.assign(new FakeEffects(), { root, env });
  const command = new Command('bootstrap').exitOverride().configureOutput({ writeErr: () => undefined });
  register(command, effects, () => Promise.resolve(aws.clients));
  await command.parseAsync(args, { from: 'user' });
  return { stdout: effects.printed.stdout, exitCode: effects.exitCode };
}

const created = `State bucket s3-tfstate-nightshift-dev in us-east-1
  [OK] KMS key: created
  [OK] key alias: created
  [OK] key rotation: created
  [OK] key tags: created
  [OK] log bucket: created
  [OK] log bucket: public access block: created
  [OK] log bucket: object ownership: created
  [OK] log bucket: TLS only: created
  [OK] log bucket: log delivery: created
  [OK] log bucket: encryption: created
  [OK] log bucket: versioning: created
  [OK] log bucket: lifecycle: created
  [OK] log bucket: tags: created
  [OK] bucket: created
  [OK] public access block: created
  [OK] object ownership: created
  [OK] TLS only: created
  [OK] encryption: created
  [OK] versioning: created
  [OK] lifecycle: created
  [OK] access logging: created
  [OK] tags: created
`;

describe('nightshift bootstrap', () => {
  it('creates the state bucket, and prints one line per setting', async () => {
    expect(await bootstrap(new FakeAws(), '-c', 'dev')).toEqual({
      stdout: `${created}22 of 22 settings changed.\n`,
      exitCode: 0,
    });
  });

  it('reports the endpoint of its calls if it was not AWS', async () => {
    const env = { AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:5000', NIGHTSHIFT_ALLOW_ENDPOINT_URL: '1' };
    expect((await bootstrapWith(env, new FakeAws(), '-c', 'dev')).stdout).toContain(
      '22 of 22 settings changed.\nAWS endpoint: http://127.0.0.1:5000 (AWS_ENDPOINT_URL_S3)\n',
    );
    expect((await bootstrapWith(env, new FakeAws(), '-c', 'dev', '--json')).stdout).not.toContain('AWS calls');
  });

  it('changes nothing the second time, and reports it', async () => {
    const aws = new FakeAws();
    await bootstrap(aws, '-c', 'dev');
    const { stdout } = await bootstrap(aws, '-c', 'dev');
    expect(stdout).toBe(`${created.replaceAll('created', 'already so')}Up to date: nothing was changed.\n`);
  });

  it('reports the repaired settings', async () => {
    const aws = new FakeAws();
    await bootstrap(aws, '-c', 'dev');
    aws.s3.bucket('s3-tfstate-nightshift-dev').settings.delete('BucketVersioning');
    const { stdout } = await bootstrap(aws, '-c', 'dev');
    expect(stdout).toContain('  [OK] versioning: repaired, was off\n');
    expect(stdout).toContain('1 of 22 settings changed.\n');
  });

  it('with --check changes nothing, and exits with 2 if there is something to change', async () => {
    const aws = new FakeAws();
    expect(await bootstrap(aws, '-c', 'dev', '--check')).toEqual({
      stdout: `${created.replaceAll('[OK]', '[FAIL]').replaceAll('created', 'would be created')}22 of 22 settings would change. To apply: npx nightshift bootstrap -c dev\n`,
      exitCode: 2,
    });
    await bootstrap(aws, '-c', 'dev');
    aws.s3.bucket('s3-tfstate-nightshift-dev').settings.delete('BucketVersioning');
    const drifted = await bootstrap(aws, '-c', 'dev', '--check');
    expect(drifted.stdout).toContain('  [OK] encryption: already so\n  [FAIL] versioning: would be repaired, is off\n');
    expect(drifted.exitCode).toBe(2);
    await bootstrap(aws, '-c', 'dev');
    expect((await bootstrap(aws, '-c', 'dev', '--check')).exitCode).toBe(0);
  });

  it('with --json prints one object', async () => {
    const aws = new FakeAws();
    const { stdout, exitCode } = await bootstrap(aws, '-c', 'dev', '--json', '--check');
    expect(JSON.parse(stdout)).toMatchObject({
      type: 'result',
      verb: 'bootstrap',
      environment: 'dev',
      suffix: 'dev',
      status: 'succeeded',
      exitCode: 2,
      check: true,
      bucket: 's3-tfstate-nightshift-dev',
      region: 'us-east-1',
      account: '123456789012',
      changed: true,
      settings: expect.arrayContaining([{ setting: 'versioning', outcome: 'would be created' }]) as unknown,
    });
    expect(exitCode).toBe(2);
  });

  it('with --remove deletes bucket and key', async () => {
    const aws = new FakeAws();
    await bootstrap(aws, '-c', 'dev');
    const { stdout } = await bootstrap(aws, '-c', 'dev', '--remove');
    expect(stdout).toBe(
      '  [OK] bucket s3-tfstate-nightshift-dev: removed\n  [OK] bucket s3-tfstate-nightshift-dev-logs: removed\n  [OK] KMS key alias/s3-tfstate-nightshift-dev: due for deletion on 2030-01-08\n',
    );
    const again = await bootstrap(aws, '-c', 'dev', '--remove');
    expect(again.stdout).toBe(
      '  [OK] bucket s3-tfstate-nightshift-dev: already gone\n  [OK] bucket s3-tfstate-nightshift-dev-logs: already gone\n  [OK] KMS key alias/s3-tfstate-nightshift-dev: already gone\n',
    );
  });

  it('with --remove asks for confirmation at a terminal, unless there is --yes', async () => {
    const aws = new FakeAws();
    await bootstrap(aws, '-c', 'dev');
    const removal = async (answer: string, ...more: string[]) => {
      const effects = Object.assign(new FakeEffects(), { root, interactive: true, answer });
      const command = new Command('bootstrap').exitOverride();
      register(command, effects, () => Promise.resolve(aws.clients));
      await command.parseAsync(['-c', 'dev', '--remove', ...more], { from: 'user' });
      return { questions: effects.questions, stdout: effects.printed.stdout };
    };
    await expect(removal('prod')).rejects.toThrow(
      'nightshift bootstrap: not confirmed; nothing was deleted, got prod - type dev, or add --yes',
    );
    const { questions, stdout } = await removal('dev');
    expect(questions).toEqual([
      'This deletes the state bucket s3-tfstate-nightshift-dev, all versions of the states in it, its access logs and its KMS key. Type dev to continue: ',
    ]);
    expect(stdout).toContain('[OK] bucket s3-tfstate-nightshift-dev: removed\n');
    expect((await removal('', '-y')).questions).toEqual([]);
  });

  it('with --remove --json prints the result as JSON', async () => {
    const { stdout } = await bootstrap(new FakeAws(), '-c', 'dev', '--remove', '--json', '--yes');
    expect(JSON.parse(stdout)).toMatchObject({
      status: 'succeeded',
      bucket: { name: 's3-tfstate-nightshift-dev', outcome: 'already gone' },
      logs: { name: 's3-tfstate-nightshift-dev-logs', outcome: 'already gone' },
      key: { alias: 'alias/s3-tfstate-nightshift-dev', outcome: 'already gone' },
    });
  });

  it.each([true, false])(
    'with --remove --json deletes nothing without --yes; at a terminal: %s',
    async (interactive) => {
      const aws = new FakeAws();
      await bootstrap(aws, '-c', 'dev');
      const effects = Object.assign(new FakeEffects(), { root, interactive, answer: 'dev' });
      const command = new Command('bootstrap').exitOverride();
      register(command, effects, () => Promise.resolve(aws.clients));
      await expect(command.parseAsync(['-c', 'dev', '--remove', '--json'], { from: 'user' })).rejects.toThrow(
        'nightshift bootstrap: confirmation required, but --json prints no question - add --yes',
      );
      expect(effects.questions).toEqual([]);
      expect(aws.s3.buckets.has('s3-tfstate-nightshift-dev')).toBe(true);
    },
  );

  it('refuses --check together with --remove', async () => {
    await expect(bootstrap(new FakeAws(), '-c', 'dev', '--remove', '--check')).rejects.toThrow(
      "error: option '--remove' cannot be used with option '--check'",
    );
  });

  it('calls the cloud of the environment', async () => {
    const localCloud = () => Promise.reject(new Error('the local cloud was asked'));
    const command = new Command('bootstrap').exitOverride();
    register(command, Object.assign(new FakeEffects(), { root, localCloud }));
    await expect(command.parseAsync(['-c', 'local'], { from: 'user' })).rejects.toThrow('the local cloud was asked');
  });

  it('requires an environment', async () => {
    await expect(bootstrap(new FakeAws())).rejects.toThrow(
      'nightshift bootstrap: no environment specified - use -c with one of dev, local, preview',
    );
  });
});
