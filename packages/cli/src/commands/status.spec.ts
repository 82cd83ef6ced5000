import { forEachTest } from '@nightshift/stack-run/testing';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '@nightshift/errors';
import { statusFixture } from '@nightshift/release-view/testing';
import { FakeAws, FakeBucket } from '@nightshift/state-bucket/testing';
import { sdkError } from '@nightshift/testing/aws';
import { ReleaseRun } from '../testing/release-run';
import { openRecordFixture, runningFixture } from '../testing/running-fixture';

const run = forEachTest(() => new ReleaseRun());

describe('nightshift status', () => {
  const BUCKET = 's3-tfstate-nightshift';
  let aws: FakeAws;

  const deploy = (stack: string, instances: readonly object[] = [{}, {}]) => {
    const state = { version: 4, serial: 1, outputs: {}, resources: [{ mode: 'managed', type: 'aws_vpc', instances }] };
    aws.s3.bucket(BUCKET).put(`dev/${stack}.tfstate`, JSON.stringify(state));
  };
  const applied = (stack: string, serial = 1) => {
    const bucket = aws.s3.bucket(BUCKET);
    const key = `dev/${stack}.tfstate`;
    const id = bucket.versions.findLast(({ Key }) => Key === key)?.VersionId;
    const version = `"${String(bucket.objects.get(key)?.length)}" ${String(id)}`;
    const by = 'arn:aws:sts::123456789012:assumed-role/deploy/night';
    const record = { format: 1, inputs: '', state: { version, serial }, at: '2026-11-24T02:03:30.000Z', by };
    bucket.put(`dev/applied/${stack}.json`, JSON.stringify(record));
  };
  const ran = (stack: string, changes: object) => {
    const record = { verb: 'deploy', status: 'succeeded', startedAt: '2026-11-24T02:03:04.000Z' };
    const file = { ...record, add: 0, change: 0, remove: 0, replace: 0, ...changes };
    const directory = join(run.effects.root, 'cdktf.out/dev/stacks', stack);
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, 'run.json'), JSON.stringify(file));
  };
  const printed = async (line = 'status -c dev') => {
    run.effects.printed.stdout = '';
    return await run.run(line);
  };

  beforeEach(() => {
    aws = new FakeAws();
    run.clients = aws.clients;
    const file =
      'tags: { Project: Nightshift, CostCenter: risk-analytics }\nstate: { bucket: s3-tfstate-nightshift }\n';
    writeFileSync(join(run.effects.root, 'environments/dev.yaml'), file);
  });

  it('reports that nothing is deployed', async () => {
    run.engine.failure = {
      of: 'status',
      error: new UserError({ where: 'ecs-service-dev', what: 'the service does not exist', todo: 'deploy it first' }),
    };
    expect(await run.run('status -c dev')).toMatchObject({
      stdout: 'dev is not deployed - deploy it: npx nx run-many -t deploy -c dev\n\nservice of dev: not deployed\n',
      exitCode: 0,
    });
    const { stdout } = await printed('status -c dev --json');
    expect(JSON.parse(stdout)).toMatchObject({ status: 'succeeded', problems: [], stacks: [], exitCode: 0 });
    run.engine.failure = { of: 'status', error: new TypeError('a defect') };
    expect((await run.run('status -c dev')).failure).toBe('a defect');
  });

  it('reports the same without a state bucket', async () => {
    run.engine.failure = { of: 'resume', error: sdkError('NoSuchBucket') };
    const { stdout, exitCode } = await run.run('status -c dev');
    expect(stdout).toContain('dev is not deployed - deploy it: npx nx run-many -t deploy -c dev\n\n');
    expect(exitCode).toBe(0);
  });

  it('shows the service, and the stacks as far as known without Terraform', async () => {
    aws.s3.buckets.set(BUCKET, new FakeBucket());
    for (const stack of ['compute', 'network', 'observability', 'registry']) deploy(stack);
    aws.s3.bucket(BUCKET).writtenAt = new Date('2026-11-24T02:04:05Z');
    const later = '2026-11-24T02:05:00.000Z';
    ran('compute', { verb: 'plan', add: 1 });
    applied('network');
    ran('network', {});
    applied('observability', 2);
    applied('registry');
    ran('registry', { status: 'failed', startedAt: later });
    const { stdout, exitCode } = await printed();
    expect(exitCode).toBe(0);
    const deployed = 'deployed at 2026-11-24 02:03 by arn:aws:sts::123456789012:assumed-role/deploy/night';
    expect(stdout.split('\n').slice(0, 10)).toEqual([
      'stack          resources  deployed (UTC)    by',
      'compute        2          2026-11-24 02:04  -',
      'network        2          2026-11-24 02:03  assumed-role/deploy/night',
      'observability  2          2026-11-24 02:04  assumed-role/deploy/night',
      'registry       2          2026-11-24 02:03  assumed-role/deploy/night',
      'compute: changes planned at 2026-11-24 02:03: 1 to add, 0 to change, 0 to destroy',
      'observability: state changed since: npx nightshift plan observability -c dev',
      'registry: deploy failed at 2026-11-24 02:05',
      '',
      'service of dev: 4f1c2e9',
    ]);
    aws.s3.bucket(BUCKET).writtenAt = undefined;
    ran('compute', { verb: 'plan' });
    ran('registry', { startedAt: later });
    aws.s3.bucket(BUCKET).put('dev/applied/observability.json', '{');
    expect((await printed()).stdout.split('\n').slice(1, 7)).toEqual([
      'compute        2          -                 -',
      'network        2          2026-11-24 02:03  assumed-role/deploy/night',
      'observability  2          -                 -',
      'registry       2          2026-11-24 02:03  assumed-role/deploy/night',
      'compute: no changes planned at 2026-11-24 02:03',
      'observability: not known: npx nightshift plan observability -c dev',
    ]);
    expect(JSON.parse((await printed('status -c dev --json')).stdout)).toMatchObject({
      verb: 'status',
      status: 'succeeded',
      stacks: [
        { stack: 'compute', resources: 2, state: 'no changes planned at 2026-11-24 02:03' },
        { state: deployed, deployedBy: 'arn:aws:sts::123456789012:assumed-role/deploy/night' },
        { state: 'not known: npx nightshift plan observability -c dev' },
        { state: deployed },
      ],
      service: { desired: 3 },
      exitCode: 0,
    });
  });

  it('shows that a stack was destroyed', async () => {
    aws.s3.buckets.set(BUCKET, new FakeBucket());
    deploy('compute', []);
    aws.s3.bucket(BUCKET).writtenAt = new Date('2026-11-24T02:04:05Z');
    applied('compute', 2);
    const missing = new UserError({ where: 'group', what: 'does not exist', todo: 'deploy it first' });
    run.engine.failure = { of: 'status', error: missing };
    expect((await printed()).stdout).toBe(
      'stack    resources  deployed (UTC)  by\n' +
        'compute  0          -               -\n' +
        'compute: destroyed at 2026-11-24 02:04 (was deployed at 2026-11-24 02:03)\n\n' +
        'service of dev: not deployed\n',
    );
    aws.s3.bucket(BUCKET).writtenAt = undefined;
    expect((await printed()).stdout).toContain('compute: destroyed (was deployed at 2026-11-24 02:03)\n');
    deploy('network');
    expect((await printed()).stdout).toContain('\ngroup: does not exist - deploy it first\n');
  });

  it('has the exit codes of release status', async () => {
    run.engine.resumed = [runningFixture()];
    const { stdout, exitCode } = await printed();
    expect(exitCode).toBe(13);
    expect(stdout).toContain(
      '\nrelease in progress: release 4f1c2e9 -> 9a01b7c, started 2026-11-24 02:00:00 UTC by arn:aws:sts::123456789012:assumed-role/deploy/night; watch it: npx nightshift release watch -c dev\n',
    );
    run.engine.resumed = [{ ...runningFixture(), record: undefined }];
    expect((await printed()).stdout).toContain(
      '\nrelease in progress: a deployment of another client; watch it: npx nightshift release watch -c dev\n',
    );
    run.engine.resumed = [{ kind: 'starting', record: openRecordFixture() }];
    expect(JSON.parse((await printed('status -c dev --json')).stdout)).toMatchObject({
      status: 'succeeded',
      exitCode: 13,
    });
    run.engine.resumed = [{ kind: 'nothing' }];
    run.engine.status = statusFixture({ problems: [{ severity: 'act', what: 'traffic', todo: 'return it' }] });
    expect(JSON.parse((await printed('status -c dev --json')).stdout)).toMatchObject({
      status: 'failed',
      exitCode: 11,
    });
  });

  it('reports that a release is needed, unless one is in progress', async () => {
    const logLevel = { kind: 'environment', what: 'environment LOG_LEVEL', before: 'info', after: 'debug' } as const;
    run.effects.pendingChanges = { runs: true, definition: [logLevel], service: [] };
    const { stdout } = await printed();
    const needed =
      '\n! a release is needed: npx nx run compute:release -c dev\n    environment LOG_LEVEL: info → debug\n';
    expect(stdout).toContain(needed);
    expect(JSON.parse((await printed('status -c dev --json')).stdout)).toMatchObject({
      release: [{ need: 'a release is needed', command: 'npx nx run compute:release -c dev' }],
    });
    run.engine.resumed = [runningFixture()];
    expect((await printed()).stdout).not.toContain('a release is needed');
  });

  it('reports that a release is needed because the last one was a rollback', async () => {
    const greeting = { kind: 'environment', what: 'environment GREETING', after: 'hello' } as const;
    run.effects.pendingChanges = { runs: true, definition: [greeting], service: [] };
    const to = { taskDefinition: 'arn:aws:ecs:us-east-1:123456789012:task-definition/ecs-task-dev:1' };
    const record = { ...openRecordFixture(), kind: 'rollback', outcome: 'succeeded', to } as const;
    const needed =
      '\n! a release is needed: npx nx run compute:release -c dev\n    environment GREETING: none → hello\n';
    const note = '    (the last rollback went back to ecs-task-dev:1)\n';
    run.engine.resumed = [{ kind: 'nothing', record }];
    expect((await printed()).stdout).toContain(needed + note);
    for (const changes of [{ kind: 'release' }, { outcome: 'rolled-back' }, { to: {} }] as const) {
      run.engine.resumed = [{ kind: 'nothing', record: { ...record, ...changes } }];
      expect((await printed()).stdout).toContain(needed);
      expect((await printed()).stdout).not.toContain(note);
    }
    run.effects.pendingChanges = { runs: true, definition: [], service: [] };
    run.engine.resumed = [{ kind: 'nothing', record }];
    expect((await printed()).stdout).not.toContain(note);
  });

  it('shows the next processing window', async () => {
    const window = 'processingWindows: [{ name: night, from: "22:00", to: "06:00", timeZone: Etc/UTC }]\n';
    appendFileSync(join(run.effects.root, 'environments/dev.yaml'), window);
    expect((await printed()).stdout).toMatch(
      /\nprocessing window night is open until Wed 06:00 Etc\/UTC \(in 6 h 0 min\)\n$/,
    );
  });
});
