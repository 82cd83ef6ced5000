import { typesLine } from './destroy-stack';
import { DestroyRun } from './testing/destroy-run';
import { nothingChanged } from './testing/fake-terraform';
import { forEachTest } from './testing/for-each-test';

const run = forEachTest(() => new DestroyRun());

describe('destroy', () => {
  it('destroys the stack and prints what was destroyed (R0.10)', async () => {
    expect(await run.destroy('network --yes')).toBeUndefined();
    expect(run.stdout).toBe(
      [
        'network  - Vpc  aws_vpc  0.0 s',
        'network  - aws_subnet.B  0.0 s',
        'network: 0 added, 0 changed, 2 destroyed in 0.0 s',
        '  1 aws_subnet, 1 aws_vpc',
        '',
      ].join('\n'),
    );
    expect(run.terraform.calls).toEqual([['init'], ['destroy']]);
    expect(run.effects.questions).toEqual([]);
  });

  it('reports that there was nothing to destroy', async () => {
    run.terraform.summary = nothingChanged;
    run.terraform.whileRunning = () => undefined;
    await run.destroy('network -y');
    expect(run.stdout).toBe('network: nothing to destroy (0.0 s)\n');
  });

  it('prints the addresses as JSON', async () => {
    await run.destroy('network --json --yes');
    expect(JSON.parse(run.stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({
      type: 'result',
      remove: 2,
      removed: ['aws_vpc.Vpc_1A', 'aws_subnet.B'],
      outputs: {},
    });
  });

  it('requires --yes without a terminal', async () => {
    expect(await run.destroy('network')).toBe(
      'nightshift destroy network: confirmation required, but there is no terminal - add --yes',
    );
    expect(run.terraform.calls).toEqual([]);
  });

  it('continues in an Nx task if the plugin has asked for this run', async () => {
    run.effects.env = { NIGHTSHIFT_RUN_ID: '42', NIGHTSHIFT_CONFIRMED: '42' };
    expect(await run.destroy('network')).toBeUndefined();
    expect(run.terraform.calls).toContainEqual(['destroy']);
  });

  it.each([
    { NIGHTSHIFT_RUN_ID: '42' },
    { NIGHTSHIFT_CONFIRMED: '42' },
    { NIGHTSHIFT_CONFIRMED: '' },
    { NIGHTSHIFT_RUN_ID: '43', NIGHTSHIFT_CONFIRMED: '42' },
  ])('does not continue in another run: %j', async (env) => {
    run.effects.env = env;
    expect(await run.destroy('network')).toContain('add --yes');
  });
});

describe('destroy of a stack that others depend on', () => {
  beforeEach(() => {
    run.deployed('network', 51);
  });

  it('is refused while those are deployed', async () => {
    run.deployed('compute', 37);
    expect(await run.destroy('network --yes')).toBe(
      'nightshift destroy network: stacks that depend on network are still deployed, got compute (37 resources) - destroy them first (npx nx run network:destroy -c dev does), or add --ignore-dependents',
    );
    expect(run.terraform.calls).toEqual([]);
  });

  it('is allowed if their states are empty, and with --ignore-dependents', async () => {
    run.deployed('compute', 0);
    expect(await run.destroy('network --yes')).toBeUndefined();
    run.deployed('compute', 1);
    expect(await run.destroy('network --yes --ignore-dependents')).toBeUndefined();
    expect(run.terraform.calls).toHaveLength(4);
  });

  it('is refused if their states cannot be read', async () => {
    const denied = Object.assign(new Error('no'), { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
    run.aws.failures.set('ListObjectsV2', denied);
    expect(await run.destroy('network --yes')).toMatch(/^state bucket s3-tfstate-nightshift-dev: /);
    expect(run.terraform.calls).toEqual([]);
  });

  it('lets Terraform report a missing state bucket', async () => {
    run.aws.s3.buckets.clear();
    expect(await run.destroy('network --yes')).toBeUndefined();
  });

  it('reads no states for a stack without dependents', async () => {
    expect(await run.destroy('compute --yes')).toBeUndefined();
    expect(run.aws.calls).toEqual([]);
  });
});

describe('typesLine', () => {
  it('counts the destroyed resources by type, most first', () => {
    expect(typesLine(['aws_vpc.A', 'aws_subnet.B', 'aws_eip.D', 'aws_subnet.C'])).toEqual([
      '  2 aws_subnet, 1 aws_eip, 1 aws_vpc',
    ]);
  });

  it('is empty without resources', () => {
    expect(typesLine([])).toEqual([]);
  });
});
