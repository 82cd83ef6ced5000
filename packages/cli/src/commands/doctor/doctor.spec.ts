import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordFixture } from '@nightshift/release-view/testing';
import { ensureStateBucket } from '@nightshift/state-bucket';
import { sdkError } from '@nightshift/testing/aws';
import { environmentFixture } from '@nightshift/testing/environment';
import { Command } from 'commander';
import { doctorContextFixture, missing } from '../../testing/doctor-context-fixture';
import { fakeWorkspace } from '@nightshift/stack-run/testing';
import { register } from './doctor';
import type { DoctorContext } from './doctor-context';
import { FakeEffects } from '../../testing/fake-effects';

async function doctor(context: DoctorContext, args: string[], root = fakeWorkspace()) {
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
  const fixture = doctorContextFixture();
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

  it('restores the auto-scaling of a release that ended unwatched', async () => {
    const { context } = await ready();
    const record = recordFixture({ startedAt: '2026-09-16T08:00:00.000Z', outcome: 'succeeded' });
    const finishEnded = () => Promise.resolve({ kind: 'finished', record } as const);
    expect((await doctor({ ...context, finishEnded }, ['-c', 'dev'])).stdout).toContain(
      '  [OK] unfinished release: the release of 2026-09-16T08:00:00.000Z ended while nobody watched it: succeeded. Its record is now closed and auto-scaling is restored.\n',
    );
  });

  it('warns about auto-scaling that is suspended without a release', async () => {
    const { context } = await ready();
    const problem = { severity: 'warning', what: 'auto-scaling is suspended', todo: 'resume it' } as const;
    const finishEnded = () => Promise.resolve({ kind: 'suspended', problem } as const);
    const { stdout, exitCode } = await doctor({ ...context, finishEnded }, ['-c', 'dev']);
    expect(stdout).toContain('  [WARN] unfinished release: auto-scaling is suspended\n       -> resume it\n');
    expect(exitCode).toBe(0);
  });

  it('reports all problems of a machine, each with a fix, and skips the checks that need them', async () => {
    const { context } = doctorContextFixture();
    const bad: DoctorContext = {
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

  it('describes a problem with the credentials', async () => {
    const { context, aws } = await ready();
    aws.failures.set('GetCallerIdentity', sdkError('ExpiredToken', 'The security token is expired', 403));
    const { stdout, exitCode } = await doctor(context, ['-c', 'dev']);
    expect(stdout).toContain(
      `  [FAIL] AWS credentials: AWS in us-east-1: the AWS credentials have expired, got The security token is expired
       -> sign in again (aws sso login, or new keys), then run the same command again
  [SKIP] account: needs AWS credentials
`,
    );
    expect(exitCode).toBe(1);
  });

  it('reports the wrong account', async () => {
    const { context } = await ready();
    const root = fakeWorkspace();
    appendFileSync(join(root, 'environments', 'dev.yaml'), 'account: { id: "999999999999" }\n');
    expect((await doctor(context, ['-c', 'dev'], root)).stdout).toContain(
      `  [FAIL] account: environments/dev.yaml: account.id: only account 999999999999 is allowed, got credentials of account 123456789012 (arn:aws:iam::123456789012:user/deploy)
       -> sign in to account 999999999999 (AWS_PROFILE), then run the same command again
  [OK] region: us-east-1 from environments/dev.yaml is available
  [SKIP] state bucket: needs account
  [SKIP] unfinished release: needs state bucket
`,
    );
  });

  it('reports the account of the environment', async () => {
    const { context } = await ready();
    const root = fakeWorkspace();
    appendFileSync(join(root, 'environments', 'dev.yaml'), 'account: { id: "123456789012" }\n');
    expect((await doctor(context, ['-c', 'dev'], root)).stdout).toContain(
      '  [OK] account: 123456789012, the account of the environment\n',
    );
  });

  it('reports the wrong region', async () => {
    const { context, aws } = await ready();
    const root = fakeWorkspace();
    appendFileSync(join(root, 'environments', 'dev.yaml'), 'region: me-south-1\n');
    const unreachable = Object.assign(new Error('getaddrinfo ENOTFOUND sts'), { code: 'ENOTFOUND' });
    const connect: DoctorContext['connect'] = ({ region }) => {
      aws.failures.clear();
      if (region === 'me-south-1') aws.failures.set('GetCallerIdentity', unreachable);
      return Promise.resolve(aws.clients);
    };
    expect((await doctor({ ...context, connect }, ['-c', 'dev'], root)).stdout).toContain(
      `  [FAIL] region: me-south-1 does not exist, is not enabled for this account, or is not reachable (getaddrinfo ENOTFOUND sts)
       -> correct region in environments/dev.yaml, or enable it: aws account enable-region --region-name me-south-1
  [SKIP] state bucket: needs region
  [SKIP] unfinished release: needs state bucket
`,
    );
  });

  it('reports that the state bucket does not exist or has drifted', async () => {
    const empty = doctorContextFixture();
    expect((await doctor(empty.context, ['-c', 'dev'])).stdout).toContain(
      `  [FAIL] state bucket: ${BUCKET} does not exist
       -> create it: npx nightshift bootstrap -c dev
  [SKIP] unfinished release: needs state bucket
  [OK] quota VPCs per Region: 5 VPCs, 1 needed for the environment
1 of 14 checks failed.
`,
    );
    const { context, aws } = await ready();
    aws.s3.bucket(BUCKET).settings.delete('BucketVersioning');
    aws.kms.keys.length = 0;
    expect((await doctor(context, ['-c', 'dev'])).stdout).toContain(
      `  [FAIL] state bucket: ${BUCKET} has drifted: KMS key is missing, encryption is by arn:aws:kms:us-east-1:123456789012:key/key-1, versioning is off
       -> repair it: npx nightshift bootstrap -c dev
`,
    );
  });

  it('with --json prints one object', async () => {
    const { context } = doctorContextFixture();
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
