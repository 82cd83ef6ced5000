import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChosenStack } from './chosen-stack';
import type { Blocks, StackJson } from './placeholders';
import { placeholderNote, planWithPlaceholders } from './plan-with-placeholders';
import { readsNetworkAndRegistry } from './stack-json.fixture';
import { fakeStack } from './testing/fake-stack';
import { nothingChanged } from './testing/fake-terraform';
import { StackVerbRun } from './testing/stack-verb-run';

describe('the plan of a stack whose upstream stacks are not deployed (R0.5)', () => {
  let verb: StackVerbRun;
  let plan: string;
  beforeEach(() => {
    verb = new StackVerbRun();
    const directory = join(verb.effects.root, 'cdktf.out/dev/stacks/compute');
    writeFileSync(join(directory, 'cdk.tf.json'), JSON.stringify(readsNetworkAndRegistry));
    writeFileSync(join(directory, '.terraform.lock.hcl'), '');
    plan = join(directory, 'plan.tfplan');
    writeFileSync(plan, 'a previous plan');
  });
  afterEach(() => {
    verb.dispose();
  });

  /** The first plan fails, and a second one adds the placeholder and a target group. */
  const failFirst = async (kind: 'upstream-missing' | 'access-denied' = 'upstream-missing') => {
    const { TerraformError } = await import('@nightshift/terraform');
    const problem = { where: 'compute', what: 'needs vpc_id of the network stack', todo: 'deploy it first' };
    const failures = [
      { kind: 'upstream-missing', address: undefined, constructPath: undefined, problem },
      { kind, address: undefined, constructPath: undefined, problem },
    ] as const;
    let plans = 0;
    verb.terraform.meanwhile = () => {
      plans += 1;
      if (plans === 1) throw new TerraformError(failures);
    };
    const create = (type: string, name: string) => ({
      address: `${type}.${name}`,
      type,
      name,
      mode: 'managed' as const,
      change: { actions: ['create'] as const, before: null, after: {} },
    });
    verb.terraform.summary = { ...nothingChanged, add: 3, hasChanges: true };
    verb.terraform.planned = {
      format_version: '1.2',
      terraform_version: '1.11.4',
      resource_changes: [
        create('terraform_data', 'cross-stack-reference-input-network'),
        create('terraform_data', 'cross-stack-reference-input-registry'),
        create('aws_lb_target_group', 'Blue'),
      ],
    };
  };
  const note =
    'speculative: network and registry are not deployed yet, their values count as known after apply; this plan cannot be applied';

  it('is speculative, shows the changes of the stack and is not saved', async () => {
    await failFirst();
    expect(await verb.run('plan compute -c dev --no-lock')).toEqual({
      stdout: [
        'compute: 1 to add, 0 to change, 0 to destroy, speculative (0.0 s)',
        `  ! ${note}`,
        '  + aws_lb_target_group.Blue is created',
        '  not saved: the plan is speculative',
        '',
      ].join('\n'),
      stderr: '',
      exitCode: 0,
    });
    expect(verb.terraform.calls).toEqual([
      ['init'],
      ['plan', { out: 'plan.tfplan', destroy: false, lock: false }],
      ['outputs'],
      ['outputs'],
      ['init'],
      ['plan', { out: 'speculative.tfplan', lock: false }],
      ['show', 'speculative.tfplan'],
    ]);
  });

  it('is made next to the stacks, never in the directory of one, and removes a previous plan', async () => {
    await failFirst();
    await verb.run('plan compute -c dev');
    const { root } = verb.effects;
    expect(verb.terraform.options?.directory).toBe(join(root, 'cdktf.out/dev/speculative/compute'));
    expect(readFileSync(join(root, 'cdktf.out/dev/read-by-compute/registry/cdk.tf.json'), 'utf8')).toBe(
      '{"terraform":{"backend":{"s3":{"bucket":"state","key":"dev/registry.tfstate"}}}}',
    );
    expect(existsSync(plan)).toBe(false);
  });

  it('is marked in the Markdown summary', async () => {
    await failFirst();
    await verb.run('plan compute -c dev --summary summary.md');
    expect(readFileSync(join(verb.effects.root, 'summary.md'), 'utf8')).toMatch(
      `### compute in dev: 1 to add, 0 to change, 0 to destroy, speculative\n\n${note}\n\n<details>`,
    );
  });

  it('is marked in JSON', async () => {
    await failFirst();
    const { stdout, exitCode } = await verb.run('plan compute -c dev --json --detailed-exitcode');
    expect(exitCode).toBe(2);
    const result = JSON.parse(stdout) as object;
    expect(result).toMatchObject({
      add: 1,
      speculative: true,
      missing: [
        { stack: 'network', values: ['subnet_ids_0', 'subnet_ids_1', 'vpc_id'] },
        { stack: 'registry', values: ['repository_url'] },
      ],
    });
    expect(result).not.toHaveProperty('planFile');
  });

  it('has no changes if only the placeholders are new', async () => {
    await failFirst();
    verb.terraform.summary = { ...nothingChanged, add: 2, hasChanges: true };
    verb.terraform.planned = { format_version: '1.2', terraform_version: '1.11.4' };
    const { stdout } = await verb.run('plan compute -c dev --detailed-exitcode');
    expect(stdout).toBe(
      `compute: no changes, speculative (0.0 s)\n  ! ${note}\n  not saved: the plan is speculative\n`,
    );
    expect(verb.effects.exitCode).toBe(0);
  });

  it.each([
    ['something else is wrong as well', 'access-denied', ''],
    ['the removal is planned', 'upstream-missing', ' --destroy'],
  ] as const)('fails if %s, and leaves no partial plan', async (_, kind, flag) => {
    await failFirst(kind);
    const { stderr, exitCode } = await verb.run(`plan compute -c dev${flag}`);
    expect(stderr).toContain('error compute: needs vpc_id of the network stack - deploy it first\n');
    expect(exitCode).toBe(1);
    expect(existsSync(plan)).toBe(flag !== '');
  });

  it('fails if the other stacks have been deployed in the meantime', async () => {
    await failFirst();
    const values = ['subnet_ids_0', 'subnet_ids_1', 'vpc_id', 'repository_url'];
    verb.terraform.published = Object.fromEntries(values.map((name) => [name, 'there']));
    expect((await verb.run('plan compute -c dev')).exitCode).toBe(1);
  });
});

const read = (value: string) => `\${data.terraform_remote_state.cross-stack-reference-input-network.outputs.${value}}`;

/** Real Terraform with states on disk and its built-in resource: no provider, no network. */
describe('a speculative plan with the real Terraform', () => {
  let outdir: string;
  beforeEach(() => {
    outdir = join(mkdtempSync(join(tmpdir(), 'speculative-')), 'dev');
  });
  afterEach(() => {
    rmSync(join(outdir, '..'), { recursive: true });
  });

  const terraformIn = async (directory: string) => {
    const { findTerraform, Terraform } = await import('@nightshift/terraform');
    const { binary, env } = await findTerraform({
      env: process.env,
      cacheDirectory: join(__dirname, '..', '..', '..', '..', '.nightshift'),
    });
    return new Terraform({ binary, env, directory, onEvent: () => undefined });
  };
  const stateOf = (stack: string) => join(outdir, `${stack}.tfstate`);

  /** A synthesized stack, initialized. */
  const prepare = async (
    name: string,
    json: StackJson,
  ): Promise<Pick<ChosenStack, 'name' | 'absoluteDirectory' | 'constructPath'>> => {
    const absoluteDirectory = join(outdir, 'stacks', name);
    mkdirSync(absoluteDirectory, { recursive: true });
    const terraform = { backend: { local: { path: stateOf(name) } } };
    writeFileSync(join(absoluteDirectory, 'cdk.tf.json'), JSON.stringify({ terraform, ...json }));
    await (await terraformIn(absoluteDirectory)).init();
    return { ...fakeStack, name, absoluteDirectory, constructPath: () => undefined };
  };
  const deployNetwork = async (...published: string[]) => {
    const output = Object.fromEntries(published.map((name) => [name, { value: `${name} of network` }]));
    const { absoluteDirectory } = await prepare('network', { output });
    await (await terraformIn(absoluteDirectory)).apply();
  };
  const compute = (resource: Blocks, output?: object) =>
    prepare('compute', {
      data: {
        terraform_remote_state: {
          'cross-stack-reference-input-network': { backend: 'local', config: { path: stateOf('network') } },
        },
      },
      resource: { terraform_data: resource },
      ...(output && { output }),
    });
  const both = { Vpc: { input: read('vpc_id') }, Subnets: { input: [read('subnet_ids_0'), read('subnet_ids_1')] } };

  it('knows the length of the lists of a stack that is not deployed, and nothing else', async () => {
    const stack = await compute(both, { count: { value: `\${length(terraform_data.Subnets.input)}` } });
    const planned = await planWithPlaceholders({ stack, lock: true, terraformIn });
    expect(planned).toMatchObject({
      missing: [{ stack: 'network', values: ['subnet_ids_0', 'subnet_ids_1', 'vpc_id'], all: true }],
      counts: { add: 2, change: 0, remove: 0, hasChanges: true },
      changes: {
        resources: [
          { address: 'terraform_data.Subnets', action: 'create' },
          { address: 'terraform_data.Vpc', action: 'create' },
        ],
        outputs: [{ path: 'count', after: '2' }],
      },
    });
  });

  it('uses published values, and shows the others as known after apply', async () => {
    await deployNetwork('vpc_id');
    const stack = await compute(both, { vpc: { value: read('vpc_id') }, subnet: { value: read('subnet_ids_0') } });
    const planned = await planWithPlaceholders({ stack, lock: true, terraformIn });
    expect(planned).toMatchObject({
      missing: [{ stack: 'network', values: ['subnet_ids_0', 'subnet_ids_1'], all: false }],
      changes: {
        outputs: [
          { path: 'subnet', after: '(known after apply)' },
          { path: 'vpc', after: '"vpc_id of network"' },
        ],
      },
    });
  });

  it('starts from the state of the stack, and does not change it', async () => {
    await deployNetwork('vpc_id');
    const before = await compute({ Vpc: { input: read('vpc_id') } });
    await (await terraformIn(before.absoluteDirectory)).apply();
    const stack = await compute({
      Vpc: { input: read('vpc_id') },
      New: { input: 'known', triggers_replace: read('subnet_ids_0') },
    });
    const planned = await planWithPlaceholders({ stack, lock: false, terraformIn });
    expect(planned?.changes.resources.map(({ address, action }) => [address, action])).toEqual([
      ['terraform_data.New', 'create'],
    ]);
    expect(planned?.counts).toMatchObject({ add: 1, change: 0, remove: 0 });
    expect(Object.keys(await (await terraformIn(stack.absoluteDirectory)).outputs())).toEqual([]);
    expect(readdirSync(stack.absoluteDirectory).sort()).toEqual(['.terraform', '.terraform.lock.hcl', 'cdk.tf.json']);
    expect(existsSync(join(outdir, 'speculative', 'compute'))).toBe(false);
  });

  it('reports that nothing of the stack would change, without its placeholders', async () => {
    const stack = await prepare('compute', {
      data: {
        terraform_remote_state: {
          'cross-stack-reference-input-network': { backend: 'local', config: { path: stateOf('network') } },
        },
      },
      locals: { unused: read('vpc_id') },
    });
    expect(await planWithPlaceholders({ stack, lock: true, terraformIn })).toMatchObject({
      counts: { add: 0, hasChanges: false },
      changes: { resources: [], outputs: [] },
    });
  });

  it('is not made if everything is published', async () => {
    await deployNetwork('vpc_id');
    const stack = await compute({ Vpc: { input: read('vpc_id') } });
    expect(await planWithPlaceholders({ stack, lock: true, terraformIn })).toBeUndefined();
  });
});

const missing = (stack: string, all: boolean, ...values: string[]) => ({ stack, dataSource: stack, values, all });

describe('placeholderNote', () => {
  it.each([
    [
      'a stack that is not deployed',
      [missing('network', true, 'vpc_id', 'subnet_ids_0')],
      'speculative: network is not deployed yet, its values count as known after apply; this plan cannot be applied',
    ],
    [
      'stacks that are not deployed',
      [missing('network', true, 'vpc_id'), missing('registry', true, 'repository_url')],
      'speculative: network and registry are not deployed yet, their values count as known after apply; this plan cannot be applied',
    ],
    [
      'a value that is not published yet',
      [missing('network', false, 'vpc_id')],
      'speculative: network does not publish vpc_id yet, which counts as known after apply; this plan cannot be applied',
    ],
    [
      'some of both',
      [missing('network', false, 'subnet_ids_0', 'vpc_id'), missing('registry', true, 'repository_url')],
      'speculative: registry is not deployed yet, its values count as known after apply; network does not publish subnet_ids_0, vpc_id yet, which count as known after apply; this plan cannot be applied',
    ],
  ])('names %s', (_, values, note) => {
    expect(placeholderNote(values)).toBe(note);
  });
});
