import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureStateBucket } from '@nightshift/state-bucket';
import { environmentFixture } from '@nightshift/testing/environment';
import { Command } from 'commander';
import type { RequirementsContext } from '@nightshift/requirements';
import { missing, requirementsFixture } from '@nightshift/requirements/testing';
import { fakeWorkspace } from '@nightshift/stack-run/testing';
import { register } from './doctor';
import { FakeEffects } from '../testing/fake-effects';

async function doctor(context: RequirementsContext, args: string[], root = fakeWorkspace()) {
  const effects = Object.assign(new FakeEffects(), { root });
  const command = new Command('doctor').exitOverride().configureOutput({ writeErr: () => undefined });
  register(command, effects, () => context);
  await command.parseAsync(args, { from: 'user' });
  return { stdout: effects.printed.stdout, exitCode: effects.exitCode };
}

const BUCKET = 's3-tfstate-nightshift-dev';

/** The workspace's dev environment, whose bucket is the same. */
const dev = environmentFixture({ file: { tags: { Project: 'Nightshift', CostCenter: 'risk-analytics' } } });

async function ready() {
  const fixture = requirementsFixture();
  await ensureStateBucket({ aws: fixture.aws.clients, environment: dev });
  fixture.aws.calls.length = 0;
  return fixture;
}

describe('nightshift doctor', () => {
  it('passes all checks for a deployment to AWS', async () => {
    const { context, aws } = await ready();
    expect(await doctor(context, ['-c', 'dev'])).toEqual({
      stdout: `Requirements of dev
  [OK] Node.js: 22.1.0
  [OK] workspace: is writable
  [SKIP] Python: required by the local cloud only
  [OK] Terraform: Terraform 1.11.4, from PATH (/usr/bin/terraform)
  [OK] AWS provider: hashicorp/aws 5.100.0 from /opt/tf-plugins
  [OK] environment file: environments/dev.yaml
  [SKIP] local cloud: the environment is in AWS
  [OK] AWS settings: profile default; default AWS endpoint
  [OK] AWS credentials: arn:aws:iam::123456789012:user/deploy
  [OK] account: 123456789012, any account is accepted (environments/dev.yaml has no account.id)
  [OK] region: us-east-1 from environments/dev.yaml is available
  [OK] state bucket: ${BUCKET} exists and is up to date
  [OK] unfinished release: none
  [OK] quota VPCs per Region: 5 VPCs, 1 needed for the environment
All checks passed.
`,
      exitCode: 0,
    });
    expect(aws.changes).toEqual([]);
  });

  it('warns about the environment file as `nightshift environments` does', async () => {
    const { context } = await ready();
    const root = fakeWorkspace();
    const settings = "account: { id: '123456789012' }\ndelivery: { order: 1 }\nnetwork: { cidr: 198.19.0.0/16 }\n";
    appendFileSync(join(root, 'environments/dev.yaml'), settings);
    const { stdout, exitCode } = await doctor(context, ['-c', 'dev'], root);
    expect(stdout).toContain(
      [
        '  [WARN] environment file: environments/dev.yaml: network.cidr overlaps 198.19.0.0/16, which AWS services use, got 198.19.0.0/16; environments/dev.yaml: alarms.emails is empty, but the pipeline deploys this environment, so nobody receives its alarms',
        '       -> choose another network: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html; add an address, or subscribe to the topic in another way (output topic_arn)',
        '',
      ].join('\n'),
    );
    expect(exitCode).toBe(0);
  });

  it('reports all problems of a machine, each with a fix, and skips the checks that need them', async () => {
    const { context } = requirementsFixture();
    const bad: RequirementsContext = {
      ...context,
      nodeVersion: '18.0.0',
      findPython: () => Promise.reject(missing('Python')),
      findTerraform: () => Promise.reject(missing('Terraform')),
    };
    expect(await doctor(bad, ['-c', 'local'])).toEqual({
      stdout: `Requirements of local
  [FAIL] Node.js: 18.0.0 is too old
       -> install version 20 or newer: https://nodejs.org
  [OK] workspace: is writable
  [FAIL] Python: is missing, got nothing
       -> install Python
  [FAIL] Terraform: is missing, got nothing
       -> install Terraform
  [SKIP] AWS provider: needs Terraform
  [OK] environment file: environments/local.yaml
  [FAIL] local cloud: is not running
       -> start it and deploy: npm start
  [SKIP] AWS settings: needs local cloud
  [SKIP] AWS credentials: needs AWS settings
  [SKIP] account: needs AWS credentials
  [SKIP] region: needs AWS credentials
  [SKIP] state bucket: needs account
  [SKIP] unfinished release: needs state bucket
  [SKIP] quota VPCs per Region: needs account
4 of 14 checks failed.
`,
      exitCode: 1,
    });
  });

  it('warns about a quota that is sufficient only for now', async () => {
    const { context } = await ready();
    const run = () => Promise.resolve({ mark: 'WARN' as const, detail: 'too small', remedy: 'request more' });
    const accountRequirements = () => Promise.resolve([{ title: 'quota', run }]);
    const { stdout, exitCode } = await doctor({ ...context, accountRequirements }, ['-c', 'dev']);
    expect(stdout).toContain('  [WARN] quota: too small\n       -> request more\nAll checks passed.\n');
    expect(exitCode).toBe(0);
  });

  it('with --json prints one object', async () => {
    const { context } = requirementsFixture();
    const { stdout, exitCode } = await doctor(context, ['-c', 'dev', '--json']);
    const result = JSON.parse(stdout) as { checks: unknown[] };
    expect(result).toMatchObject({ type: 'result', verb: 'doctor', environment: 'dev', status: 'failed', exitCode: 1 });
    expect(result.checks[0]).toEqual({ title: 'Node.js', mark: 'OK', detail: '22.1.0' });
    expect(exitCode).toBe(1);
    expect(JSON.parse((await doctor((await ready()).context, ['-c', 'dev', '--json'])).stdout)).toMatchObject({
      status: 'succeeded',
      exitCode: 0,
    });
  });

  it('reports .env files that apply to one verb only', async () => {
    const root = fakeWorkspace();
    writeFileSync(join(root, '.env.deploy.local'), 'AWS_PROFILE=other\n');
    const { context } = await ready();
    const effects = Object.assign(new FakeEffects(), { root });
    const command = new Command('nightshift').exitOverride();
    command.command('deploy');
    register(command.command('doctor'), effects, () => ({ ...context, effects: { ...context.effects, root } }));
    await command.parseAsync(['doctor', '-c', 'dev'], { from: 'user' });
    expect(effects.printed.stdout).toContain(
      '  [FAIL] AWS settings: .env.deploy.local sets AWS_PROFILE for some commands only\n       -> move it to .env.dev.local, which applies to all commands of dev\n',
    );
  });

  it('requires an environment', async () => {
    const command = new Command('doctor').exitOverride();
    register(command, Object.assign(new FakeEffects(), { root: fakeWorkspace() }));
    await expect(command.parseAsync([], { from: 'user' })).rejects.toThrow(
      'nightshift doctor: no environment specified - use -c with one of dev, local, preview',
    );
  });
});
