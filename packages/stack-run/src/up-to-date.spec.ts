import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { forEachTest } from './testing/for-each-test';
import { RecordedRun } from './testing/recorded-run';
import { lastApply } from './up-to-date';

const BY = 'arn:aws:sts::123456789012:assumed-role/deploy/ci';

const UP_TO_DATE = `network: up to date since 2025-01-01 00:00 UTC by ${BY}; not checked for drift (0.0 s)\n`;

describe('deploy of a stack that is up to date by its record', () => {
  const verb = forEachTest(() => new RecordedRun());

  it.each(['deploy', 'redeploy'])(
    'does not start Terraform, and reports when and by whom it was deployed: %s',
    async (name) => {
      await verb.run(`${name} network -c dev`);
      verb.terraform.calls.length = 0;
      expect(await verb.printed(`${name} network -c dev`)).toEqual({
        stdout: `${UP_TO_DATE}  vpc_id  vpc-1\n`,
        stderr: '',
        exitCode: 0,
      });
      expect(verb.terraform.calls).toEqual([]);
      const run = JSON.parse(readFileSync(join(verb.directory('network'), 'run.json'), 'utf8')) as object;
      expect(run).toMatchObject({ status: 'succeeded', add: 0, upToDate: { by: BY }, outputs: { vpc_id: 'vpc-1' } });
    },
  );

  it('prints the last apply as JSON', async () => {
    await verb.run('deploy network -c dev');
    const { stdout } = await verb.printed('deploy network -c dev --json');
    expect(JSON.parse(stdout)).toMatchObject({ upToDate: { since: '2025-01-01T00:00:00.000Z', by: BY }, exitCode: 0 });
  });

  it('starts Terraform with --refresh', async () => {
    await verb.starts();
    expect(await verb.starts('deploy network -c dev --refresh')).toBe(true);
    expect(await verb.starts()).toBe(false);
  });

  it('does not skip an apply of a saved plan, and does not record it: the plan may be older than the configuration', async () => {
    await verb.starts();
    const planFile = join(verb.directory('network'), 'plan.tfplan');
    writeFileSync(planFile, '');
    expect(await verb.starts('deploy network -c dev --plan')).toBe(true);
    expect(await verb.starts()).toBe(true);
  });

  it.each<[string, () => unknown]>([
    ['its version has changed', () => verb.useTerraform('1.12.0')],
    ['the state has an older serial', () => verb.changeState((state) => ({ ...state, serial: 0 }))],
    ['the state has another lineage', () => verb.changeState((state) => ({ ...state, lineage: 'other' }))],
    [
      'an earlier run could not save its state',
      () => writeFileSync(join(verb.directory('network'), 'errored.tfstate'), '{}'),
    ],
    [
      'the bucket cannot be read',
      () => jest.spyOn(verb.effects, 'stateObjects').mockRejectedValue(new Error('AccessDenied')),
    ],
  ])('starts Terraform if %s', async (_, change) => {
    await verb.starts();
    await change();
    expect(await verb.starts()).toBe(true);
  });

  const record = 'dev/applied/network.json';
  it.each<[string, () => unknown]>([
    ['the configuration has changed', () => verb.configure('network', { Owner: 'me' })],
    ['the record is missing', () => verb.effects.stored.objects.delete(`state/${record}`)],
    ['the record has another format', () => verb.effects.stored.write('state', record, '{"format":2}')],
    ['the record is broken', () => verb.effects.stored.write('state', record, '{')],
  ])('starts Terraform once if %s', async (_, change) => {
    await verb.starts();
    await change();
    expect(await verb.starts()).toBe(true);
    expect(await verb.starts()).toBe(false);
  });

  it('starts Terraform if a value of another stack has changed', async () => {
    await verb.writeState('network', 'vpc-1');
    verb.terraform.whileRunning = () => verb.writeState('compute', '');
    await verb.starts('deploy compute -c dev');
    expect(await verb.starts('deploy compute -c dev')).toBe(false);
    await verb.writeState('network', 'vpc-1');
    // Another version of its state with the same values.
    expect(await verb.starts('deploy compute -c dev')).toBe(false);
    await verb.writeState('network', 'vpc-2');
    expect(await verb.starts('deploy compute -c dev')).toBe(true);
  });

  it('starts Terraform if another stack has no state', async () => {
    verb.terraform.whileRunning = () => verb.writeState('compute', '');
    await verb.starts('deploy compute -c dev');
    expect(await verb.starts('deploy compute -c dev')).toBe(true);
  });

  it('starts Terraform if the state was written since, even without a change', async () => {
    await verb.starts();
    await verb.changeState((state) => state);
    expect(await verb.starts()).toBe(false);
    const { text } = verb.effects.stored.objects.get('state/dev/network.tfstate') ?? { text: '' };
    await verb.effects.stored.write('state', 'dev/network.tfstate', text);
    expect(await verb.starts()).toBe(true);
  });

  it('starts Terraform if the state is gone, and after a destroy', async () => {
    await verb.starts();
    expect(await verb.starts('destroy network -c dev --yes --ignore-dependents')).toBe(true);
    expect(await verb.starts()).toBe(true);
    verb.effects.stored.objects.delete('state/dev/network.tfstate');
    expect(await verb.starts()).toBe(true);
  });

  it('starts Terraform if the state is locked, and records nothing then', async () => {
    await verb.starts();
    await verb.effects.stored.write('state', 'dev/network.tfstate.tflock', '{}');
    expect(await verb.starts()).toBe(true);
    verb.effects.stored.objects.delete('state/dev/network.tfstate.tflock');
    expect(await verb.starts()).toBe(true);
    expect(await verb.starts()).toBe(false);
  });

  it('does not read the state a second time for Terraform', async () => {
    await verb.writeState('network', 'vpc-1');
    const key = 'dev/network.tfstate';
    const before = await verb.effects.stored.read('state', key);
    const read = jest.spyOn(verb.effects.stored, 'read');
    let text: string | undefined;
    verb.terraform.whileRunning = async () => {
      text = await verb.terraform.options?.readObject?.('state', key);
      expect(read.mock.calls.filter(([, name]) => name === key)).toHaveLength(1);
    };
    expect((await verb.run('deploy network -c dev')).exitCode).toBe(0);
    expect(text).toBe(before?.text);
  });

  it('starts Terraform if the state is not in S3', async () => {
    verb.configure('network', {}, { local: {} });
    await verb.starts();
    expect(await verb.starts()).toBe(true);
  });

  it('starts Terraform after a failed deploy', async () => {
    await verb.starts();
    verb.configure('network', { Owner: 'me' });
    verb.terraform.whileRunning = () => {
      throw new Error('broken');
    };
    await verb.starts();
    expect(await verb.starts()).toBe(true);
  });

  it('records nothing if the apply left no state', async () => {
    verb.terraform.whileRunning = () => undefined;
    await verb.starts();
    expect([...verb.effects.stored.objects]).toEqual([]);
  });

  const withService = () => {
    writeFileSync(
      join(verb.directory('compute'), 'cdk.tf.json'),
      JSON.stringify({
        terraform: { backend: { s3: { bucket: 'state', key: 'dev/compute.tfstate' } } },
        resource: { aws_ecs_service: { Service: {} } },
      }),
    );
    verb.terraform.whileRunning = () => verb.writeState('compute', 'vpc-1');
  };

  it('starts Terraform until a task is healthy, and exits with 3 if none is', async () => {
    withService();
    verb.effects.unhealthy = { kind: 'unhealthy', reason: 'stopped', milliseconds: 1000 };
    await verb.starts('deploy compute -c dev');
    expect(await verb.starts('deploy compute -c dev')).toBe(true);
    verb.effects.unhealthy = undefined;
    expect(await verb.starts('deploy compute -c dev')).toBe(true);
    expect(await verb.starts('deploy compute -c dev')).toBe(false);
    verb.effects.unhealthy = { kind: 'unhealthy', reason: 'stopped', milliseconds: 1000 };
    const { stdout, exitCode } = await verb.printed('deploy compute -c dev');
    expect(stdout).toContain('compute: up to date since');
    expect(stdout).toContain('  ! deployed, but no task is healthy after 1.0 s: stopped\n');
    expect(exitCode).toBe(3);
  });

  it('still reports that a release is needed', async () => {
    withService();
    await verb.starts('deploy compute -c dev');
    const definition = [{ kind: 'other', what: 'cpu', before: '256', after: '512' } as const];
    verb.effects.pendingChanges = { runs: true, definition: definition as never, service: [] };
    const { stdout } = await verb.printed('deploy compute -c dev');
    expect(stdout).toContain('compute: up to date since');
    expect(stdout).toContain('  ! a release is needed: npx nx run compute:release -c dev\n      cpu: 256 → 512\n');
    const json = await verb.printed('deploy compute -c dev --json');
    expect(JSON.parse(json.stdout)).toMatchObject({ release: [{ need: 'a release is needed' }] });
  });

  describe('the last apply', () => {
    const backend = { bucket: 'state', key: 'dev/network.tfstate' };
    const last = () => lastApply(backend, verb.effects.stored);

    it('has its author, and whether the state has not changed since', async () => {
      expect(await last()).toBeUndefined();
      await verb.starts('deploy network -c dev');
      expect(await last()).toEqual({ since: '2025-01-01T00:00:00.000Z', by: BY, isCurrent: true });
      await verb.writeState('network', 'vpc-2');
      expect(await last()).toMatchObject({ isCurrent: false });
    });

    it('is undefined if its record is invalid', async () => {
      await verb.effects.stored.write('state', 'dev/applied/network.json', '{');
      expect(await last()).toBeUndefined();
    });
  });
});
