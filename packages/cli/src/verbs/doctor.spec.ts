import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import type { DoctorContext } from '../doctor/doctor-context';
import { ensureStateBucket } from '../state-bucket/ensure-state-bucket';
import { doctorContextFixture, missing } from '../testing/doctor-context-fixture';
import { environmentFixture } from '../testing/environment-fixture';
import { FakeEffects } from '../testing/fake-effects';
import { sdkError } from '../testing/fake-service';
import { fakeWorkspace } from '../testing/fake-workspace';
import { register } from './doctor';

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
  it('finds everything ready for a deployment to AWS', async () => {
    const { context, aws } = await ready();
    expect(await doctor(context, ['-c', 'dev'])).toEqual({
      stdout: `What dev needs
  [OK] Node.js: 22.1.0
  [OK] workspace: can be written
  [SKIP] Python: only the local cloud needs it
  [OK] Terraform: Terraform 1.11.4, from PATH (/usr/bin/terraform)
  [OK] AWS provider: hashicorp/aws 5.100.0 from /opt/tf-plugins
  [SKIP] local cloud: the environment is in AWS
  [OK] AWS settings: profile default (no other is named); endpoint of AWS
  [OK] AWS credentials: arn:aws:iam::123456789012:user/deploy
  [OK] account: 123456789012, any is accepted (environments/dev.yaml has no account.id)
  [OK] region: us-east-1 of environments/dev.yaml answers
  [OK] state bucket: ${BUCKET} is there and hardened
  [OK] quota VPCs per Region: 5 VPCs, 1 needed for the environment
Everything is ready.
`,
      exitCode: 0,
    });
    expect(aws.changes).toEqual([]);
  });

  it('says all that is wrong with a machine and skips what cannot be known, each with a remedy', async () => {
    const { context } = doctorContextFixture();
    const bad: DoctorContext = {
      ...context,
      nodeVersion: '18.0.0',
      findPython: () => Promise.reject(missing('Python')),
      findTerraform: () => Promise.reject(missing('Terraform')),
    };
    expect(await doctor(bad, ['-c', 'local'])).toEqual({
      stdout: `What local needs
  [NG] Node.js: 18.0.0 is too old
       -> install version 20 or newer: https://nodejs.org
  [OK] workspace: can be written
  [NG] Python: is missing, got nothing
       -> install Python
  [NG] Terraform: is missing, got nothing
       -> install Terraform
  [SKIP] AWS provider: needs Terraform
  [NG] local cloud: is not running
       -> start it: npx nightshift local up
  [SKIP] AWS settings: needs local cloud
  [SKIP] AWS credentials: needs AWS settings
  [SKIP] account: needs AWS credentials
  [SKIP] region: needs AWS credentials
  [SKIP] state bucket: needs account
  [SKIP] quota VPCs per Region: needs account
4 of 12 must be put right before a deployment.
`,
      exitCode: 1,
    });
  });

  it('warns of a quota that is enough for now only', async () => {
    const { context } = await ready();
    const look = () => Promise.resolve({ mark: 'WARN' as const, detail: 'too small', remedy: 'request more' });
    const quotaChecks = () => Promise.resolve([{ title: 'quota', look }]);
    const { stdout, exitCode } = await doctor({ ...context, quotaChecks }, ['-c', 'dev']);
    expect(stdout).toContain('  [WARN] quota: too small\n       -> request more\nEverything is ready.\n');
    expect(exitCode).toBe(0);
  });

  it('says what is wrong with the credentials', async () => {
    const { context, aws } = await ready();
    aws.failures.set('GetCallerIdentity', sdkError('ExpiredToken', 'The security token is expired', 403));
    const { stdout, exitCode } = await doctor(context, ['-c', 'dev']);
    expect(stdout).toContain(
      `  [NG] AWS credentials: the AWS credentials have expired, got The security token is expired
       -> sign in again (aws sso login, or new keys), then run the same command again
  [SKIP] account: needs AWS credentials
`,
    );
    expect(exitCode).toBe(1);
  });

  it('says that the account is the wrong one', async () => {
    const { context } = await ready();
    const root = fakeWorkspace();
    appendFileSync(join(root, 'environments', 'dev.yaml'), 'account: { id: "999999999999" }\n');
    expect((await doctor(context, ['-c', 'dev'], root)).stdout).toContain(
      `  [NG] account: only account 999999999999 may be touched, got credentials of account 123456789012 (arn:aws:iam::123456789012:user/deploy)
       -> sign in to account 999999999999 (AWS_PROFILE), then run the same command again
  [OK] region: us-east-1 of environments/dev.yaml answers
  [SKIP] state bucket: needs account
`,
    );
  });

  it('says that the account is the one of the environment', async () => {
    const { context } = await ready();
    const root = fakeWorkspace();
    appendFileSync(join(root, 'environments', 'dev.yaml'), 'account: { id: "123456789012" }\n');
    expect((await doctor(context, ['-c', 'dev'], root)).stdout).toContain(
      '  [OK] account: 123456789012, the one that the environment names\n',
    );
  });

  it('says that the region is the wrong one', async () => {
    const { context, aws } = await ready();
    const root = fakeWorkspace();
    appendFileSync(join(root, 'environments', 'dev.yaml'), 'region: xx-nowhere-1\n');
    const unreachable = Object.assign(new Error('getaddrinfo ENOTFOUND sts'), { code: 'ENOTFOUND' });
    const connect: DoctorContext['connect'] = ({ region }) => {
      aws.failures.clear();
      if (region === 'xx-nowhere-1') aws.failures.set('GetCallerIdentity', unreachable);
      return Promise.resolve(aws.clients);
    };
    expect((await doctor({ ...context, connect }, ['-c', 'dev'], root)).stdout).toContain(
      `  [NG] region: xx-nowhere-1 does not exist, or is not enabled for this account, or cannot be reached from here (getaddrinfo ENOTFOUND sts)
       -> correct region in environments/dev.yaml, or enable it: aws account enable-region --region-name xx-nowhere-1
  [SKIP] state bucket: needs region
`,
    );
  });

  it('says that the state bucket does not exist, or what has drifted', async () => {
    const empty = doctorContextFixture();
    expect((await doctor(empty.context, ['-c', 'dev'])).stdout).toContain(
      `  [NG] state bucket: ${BUCKET} does not exist
       -> create it: npx nightshift bootstrap -c dev
  [OK] quota VPCs per Region: 5 VPCs, 1 needed for the environment
1 of 12 must be put right before a deployment.
`,
    );
    const { context, aws } = await ready();
    aws.s3.bucket(BUCKET).settings.delete('BucketVersioning');
    aws.kms.keys.length = 0;
    expect((await doctor(context, ['-c', 'dev'])).stdout).toContain(
      `  [NG] state bucket: ${BUCKET} has drifted: KMS key is missing, encryption is by arn:aws:kms:us-east-1:123456789012:key/key-1, versioning is off
       -> repair it: npx nightshift bootstrap -c dev
`,
    );
  });

  it('with --json says it to machines', async () => {
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

  it('wants to know which environment', async () => {
    const command = new Command('doctor').exitOverride();
    register(command, Object.assign(new FakeEffects(), { root: fakeWorkspace() }));
    await expect(command.parseAsync([], { from: 'user' })).rejects.toThrow(
      'nightshift doctor: no environment is named - add -c and one of dev, local, preview',
    );
  });
});
