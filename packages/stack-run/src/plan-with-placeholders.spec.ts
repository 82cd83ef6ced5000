import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { placeholderNote } from './plan-with-placeholders';
import { readsNetworkAndRegistry } from './stack-json.fixture';
import { nothingChanged } from './testing/fake-terraform';
import { forEachTest } from './testing/for-each-test';
import { StackVerbRun } from './testing/stack-verb-run';

describe('the plan of a stack whose upstream stacks are not deployed (R0.5)', () => {
  const verb = forEachTest(() => new StackVerbRun());
  let plan: string;
  beforeEach(() => {
    const directory = join(verb.effects.root, 'cdktf.out/dev/stacks/compute');
    writeFileSync(join(directory, 'cdk.tf.json'), JSON.stringify(readsNetworkAndRegistry));
    writeFileSync(join(directory, '.terraform.lock.hcl'), '');
    plan = join(directory, 'plan.tfplan');
    writeFileSync(plan, 'a previous plan');
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
    verb.terraform.whileRunning = () => {
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
