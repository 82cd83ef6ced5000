import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StackVerbRun } from './testing/stack-verb-run';
import { lastApply } from './up-to-date';

const BY = 'arn:aws:sts::123456789012:assumed-role/deploy/ci';

const UP_TO_DATE = `network: up to date since 2025-01-01 00:00 UTC by ${BY}; not checked for drift (0.0 s)\n`;

describe('deploy of a stack that is up to date by its record', () => {
  let verb: StackVerbRun;
  beforeEach(() => {
    verb = new StackVerbRun();
    for (const stack of ['network', 'compute']) configure(stack, {});
    verb.terraform.meanwhile = () => writeState('network', 'vpc-1');
  });
  afterEach(() => {
    verb.dispose();
  });

  const directory = (stack: string) => join(verb.effects.root, 'cdktf.out/dev/stacks', stack);
  const remote = { backend: 's3', config: { bucket: 'state', key: 'dev/network.tfstate' } };

  /** Writes the configuration of a stack; compute reads the value `vpc_id` of network. */
  function configure(
    stack: string,
    tags: object,
    backend: object = { s3: { bucket: 'state', key: `dev/${stack}.tfstate` } },
  ) {
    const data = { terraform_remote_state: { 'cross-stack-reference-input-network': remote } };
    const id = '${data.terraform_remote_state.cross-stack-reference-input-network.outputs.vpc_id}';
    const own = { resource: { aws_vpc: { Vpc_1A: { tags, ...(stack === 'compute' && { id }) } } } };
    const json = { terraform: { backend }, ...own, ...(stack === 'compute' && { data }) };
    writeFileSync(join(directory(stack), 'cdk.tf.json'), JSON.stringify(json));
  }

  let serial = 0;
  const writeState = (stack: string, vpcId: string, lineage = 'l') =>
    verb.effects.stored.write(
      'state',
      `dev/${stack}.tfstate`,
      JSON.stringify({
        version: 4,
        serial: (serial += 1),
        lineage,
        outputs: { vpc_id: { value: vpcId }, secret: { value: 's', sensitive: true } },
      }),
    );
  const rewriteState = async (stack: string, change: (state: object) => object) => {
    const { text = '' } = (await verb.effects.stored.read('state', `dev/${stack}.tfstate`)) ?? {};
    const before = verb.effects.stored.objects.get(`state/dev/${stack}.tfstate`);
    const changed = JSON.stringify(change(JSON.parse(text) as object));
    verb.effects.stored.objects.set(`state/dev/${stack}.tfstate`, { text: changed, version: String(before?.version) });
  };

  /** Runs a verb, and says whether it started Terraform. */
  async function starts(line = 'deploy network -c dev'): Promise<boolean> {
    verb.terraform.calls.length = 0;
    await verb.run(line);
    return verb.terraform.calls.length > 0;
  }
  const printed = async (line: string) => {
    verb.effects.printed.stdout = '';
    return await verb.run(line);
  };

  it.each(['deploy', 'redeploy'])(
    'does not start Terraform, and reports when and by whom it was deployed: %s',
    async (name) => {
      await verb.run(`${name} network -c dev`);
      verb.terraform.calls.length = 0;
      expect(await printed(`${name} network -c dev`)).toEqual({
        stdout: `${UP_TO_DATE}  vpc_id  vpc-1\n`,
        stderr: '',
        exitCode: 0,
      });
      expect(verb.terraform.calls).toEqual([]);
      const run = JSON.parse(readFileSync(join(directory('network'), 'run.json'), 'utf8')) as object;
      expect(run).toMatchObject({ status: 'succeeded', add: 0, upToDate: { by: BY }, outputs: { vpc_id: 'vpc-1' } });
    },
  );

  it('prints the last apply as JSON', async () => {
    await verb.run('deploy network -c dev');
    const { stdout } = await printed('deploy network -c dev --json');
    expect(JSON.parse(stdout)).toMatchObject({ upToDate: { since: '2025-01-01T00:00:00.000Z', by: BY }, exitCode: 0 });
  });

  it('starts Terraform with --refresh', async () => {
    await starts();
    expect(await starts('deploy network -c dev --refresh')).toBe(true);
    expect(await starts()).toBe(false);
  });

  it('does not skip an apply of a saved plan, and does not record it: the plan may be older than the configuration', async () => {
    await starts();
    const planFile = join(directory('network'), 'plan.tfplan');
    writeFileSync(planFile, '');
    expect(await starts('deploy network -c dev --plan')).toBe(true);
    expect(await starts()).toBe(true);
  });

  it('starts Terraform if the configuration has changed', async () => {
    await starts();
    configure('network', { Owner: 'me' });
    expect(await starts()).toBe(true);
    expect(await starts()).toBe(false);
  });

  it('starts Terraform if a value of another stack has changed', async () => {
    await writeState('network', 'vpc-1');
    verb.terraform.meanwhile = () => writeState('compute', '');
    await starts('deploy compute -c dev');
    expect(await starts('deploy compute -c dev')).toBe(false);
    await writeState('network', 'vpc-1');
    // Another version of its state with the same values.
    expect(await starts('deploy compute -c dev')).toBe(false);
    await writeState('network', 'vpc-2');
    expect(await starts('deploy compute -c dev')).toBe(true);
  });

  it('starts Terraform if another stack has no state', async () => {
    verb.terraform.meanwhile = () => writeState('compute', '');
    await starts('deploy compute -c dev');
    expect(await starts('deploy compute -c dev')).toBe(true);
  });

  it('starts Terraform if its version has changed', async () => {
    await starts();
    const { installation } = verb.effects;
    verb.effects.installation = async (...args) => {
      const installed = await installation(...args);
      return { ...installed, binary: { ...installed.binary, version: '1.12.0' } };
    };
    expect(await starts()).toBe(true);
  });

  it('starts Terraform if the state was written since, even without a change', async () => {
    await starts();
    await rewriteState('network', (state) => state);
    expect(await starts()).toBe(false);
    const { text } = verb.effects.stored.objects.get('state/dev/network.tfstate') ?? { text: '' };
    await verb.effects.stored.write('state', 'dev/network.tfstate', text);
    expect(await starts()).toBe(true);
  });

  it.each([
    ['an older serial', { serial: 0 }],
    ['another lineage', { lineage: 'other' }],
  ])('starts Terraform if the state has %s', async (_, other) => {
    await starts();
    await rewriteState('network', (state) => ({ ...state, ...other }));
    expect(await starts()).toBe(true);
  });

  it('starts Terraform if the state is gone, and after a destroy', async () => {
    await starts();
    expect(await starts('destroy network -c dev --yes --ignore-dependents')).toBe(true);
    expect(await starts()).toBe(true);
    verb.effects.stored.objects.delete('state/dev/network.tfstate');
    expect(await starts()).toBe(true);
  });

  it('starts Terraform if the state is locked, and records nothing then', async () => {
    await starts();
    await verb.effects.stored.write('state', 'dev/network.tfstate.tflock', '{}');
    expect(await starts()).toBe(true);
    verb.effects.stored.objects.delete('state/dev/network.tfstate.tflock');
    expect(await starts()).toBe(true);
    expect(await starts()).toBe(false);
  });

  it('starts Terraform if an earlier run could not save its state', async () => {
    await starts();
    writeFileSync(join(directory('network'), 'errored.tfstate'), '{}');
    expect(await starts()).toBe(true);
  });

  it.each([
    ['is missing', () => verb.effects.stored.objects.delete('state/dev/applied/network.json')],
    ['is of another format', () => verb.effects.stored.write('state', 'dev/applied/network.json', '{"format":2}')],
    ['is broken', () => verb.effects.stored.write('state', 'dev/applied/network.json', '{')],
  ])('starts Terraform if the record %s', async (_, change) => {
    await starts();
    await change();
    expect(await starts()).toBe(true);
    expect(await starts()).toBe(false);
  });

  it('does not read the state a second time for Terraform', async () => {
    await writeState('network', 'vpc-1');
    const key = 'dev/network.tfstate';
    const before = await verb.effects.stored.read('state', key);
    const read = jest.spyOn(verb.effects.stored, 'read');
    let text: string | undefined;
    verb.terraform.meanwhile = async () => {
      text = await verb.terraform.options?.readObject?.('state', key);
      expect(read.mock.calls.filter(([, name]) => name === key)).toHaveLength(1);
    };
    expect((await verb.run('deploy network -c dev')).exitCode).toBe(0);
    expect(text).toBe(before?.text);
  });

  it('starts Terraform if the bucket cannot be read', async () => {
    await starts();
    jest.spyOn(verb.effects, 'stateObjects').mockRejectedValue(new Error('AccessDenied'));
    expect(await starts()).toBe(true);
  });

  it('starts Terraform if the state is not in S3', async () => {
    configure('network', {}, { local: {} });
    await starts();
    expect(await starts()).toBe(true);
  });

  it('starts Terraform after a failed deploy', async () => {
    await starts();
    configure('network', { Owner: 'me' });
    verb.terraform.meanwhile = () => {
      throw new Error('broken');
    };
    await starts();
    expect(await starts()).toBe(true);
  });

  it('records nothing if the apply left no state', async () => {
    verb.terraform.meanwhile = () => undefined;
    await starts();
    expect([...verb.effects.stored.objects]).toEqual([]);
  });

  const withService = () => {
    writeFileSync(
      join(directory('compute'), 'cdk.tf.json'),
      JSON.stringify({
        terraform: { backend: { s3: { bucket: 'state', key: 'dev/compute.tfstate' } } },
        resource: { aws_ecs_service: { Service: {} } },
      }),
    );
    verb.terraform.meanwhile = () => writeState('compute', 'vpc-1');
  };

  it('starts Terraform until a task is healthy, and exits with 3 if none is', async () => {
    withService();
    verb.effects.unhealthy = { kind: 'unhealthy', reason: 'stopped', milliseconds: 1000 };
    await starts('deploy compute -c dev');
    expect(await starts('deploy compute -c dev')).toBe(true);
    verb.effects.unhealthy = undefined;
    expect(await starts('deploy compute -c dev')).toBe(true);
    expect(await starts('deploy compute -c dev')).toBe(false);
    verb.effects.unhealthy = { kind: 'unhealthy', reason: 'stopped', milliseconds: 1000 };
    const { stdout, exitCode } = await printed('deploy compute -c dev');
    expect(stdout).toContain('compute: up to date since');
    expect(stdout).toContain('  ! deployed, but no task is healthy after 1.0 s: stopped\n');
    expect(exitCode).toBe(3);
  });

  it('still reports that a release is needed', async () => {
    withService();
    await starts('deploy compute -c dev');
    const definition = [{ kind: 'other', what: 'cpu', before: '256', after: '512' } as const];
    verb.effects.pendingChanges = { runs: true, definition: definition as never, service: [] };
    const { stdout } = await printed('deploy compute -c dev');
    expect(stdout).toContain('compute: up to date since');
    expect(stdout).toContain('  ! a release is needed: npx nx run compute:release -c dev\n      cpu: 256 → 512\n');
    const json = await printed('deploy compute -c dev --json');
    expect(JSON.parse(json.stdout)).toMatchObject({ release: [{ need: 'a release is needed' }] });
  });

  describe('the last apply', () => {
    const backend = { bucket: 'state', key: 'dev/network.tfstate' };
    const last = () => lastApply(backend, verb.effects.stored);

    it('has its author, and whether the state has not changed since', async () => {
      expect(await last()).toBeUndefined();
      await starts('deploy network -c dev');
      expect(await last()).toEqual({ since: '2025-01-01T00:00:00.000Z', by: BY, isCurrent: true });
      await writeState('network', 'vpc-2');
      expect(await last()).toMatchObject({ isCurrent: false });
    });

    it('is undefined if its record is invalid', async () => {
      await verb.effects.stored.write('state', 'dev/applied/network.json', '{');
      expect(await last()).toBeUndefined();
    });
  });
});
