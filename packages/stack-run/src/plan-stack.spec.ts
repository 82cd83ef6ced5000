import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nothingChanged } from './testing/fake-terraform';
import { forEachTest } from './testing/for-each-test';
import { StackVerbRun } from './testing/stack-verb-run';

describe('plan', () => {
  const verb = forEachTest(() => new StackVerbRun());

  const withOneChange = () => {
    verb.terraform.summary = { ...nothingChanged, change: 1, hasChanges: true };
    verb.terraform.planned = {
      format_version: '1.2',
      terraform_version: '1.11.4',
      resource_changes: [
        {
          address: 'aws_vpc.Vpc_1A',
          type: 'aws_vpc',
          name: 'Vpc_1A',
          mode: 'managed',
          change: { actions: ['update'], before: { dns: false }, after: { dns: true } },
        },
      ],
    };
  };

  it('shows the changes, saves the plan and exits with 0', async () => {
    withOneChange();
    expect(await verb.run('plan network -c dev')).toEqual({
      stdout: [
        'network: 0 to add, 1 to change, 0 to destroy (0.0 s)',
        '  ~ aws_vpc.Vpc_1A (network/Vpc/Resource) is updated',
        '      dns: false → true',
        '  saved: cdktf.out/dev/stacks/network/plan.tfplan',
        '',
      ].join('\n'),
      stderr: '',
      exitCode: 0,
    });
    expect(verb.terraform.calls).toEqual([
      ['init'],
      ['plan', { out: 'plan.tfplan', destroy: false, lock: true }],
      ['show', 'plan.tfplan'],
    ]);
  });

  it('does not read a plan without changes', async () => {
    const { stdout } = await verb.run('plan network -c dev');
    expect(stdout).toBe('network: no changes (0.0 s)\n  saved: cdktf.out/dev/stacks/network/plan.tfplan\n');
    expect(verb.terraform.calls.map(([name]) => name)).toEqual(['init', 'plan']);
  });

  it('exits with 2 for changes only with --detailed-exitcode', async () => {
    expect((await verb.run('plan network -c dev --detailed-exitcode')).exitCode).toBe(0);
    withOneChange();
    expect((await verb.run('plan network -c dev --detailed-exitcode')).exitCode).toBe(2);
    expect((await verb.run('plan network -c dev')).exitCode).toBe(0);
  });

  it('saves a destroy plan in its own file, and takes no lock with --no-lock', async () => {
    const { stdout } = await verb.run('plan network -c dev --destroy --no-lock');
    expect(verb.terraform.calls[1]).toEqual(['plan', { out: 'destroy.tfplan', destroy: true, lock: false }]);
    expect(stdout).toContain('saved: cdktf.out/dev/stacks/network/destroy.tfplan\n');
  });

  it('appends Markdown to a file, relative to the current directory', async () => {
    verb.effects.cwd = join(verb.effects.root, 'environments');
    await verb.run('plan network -c dev --summary summary.md');
    withOneChange();
    await verb.run('plan network -c dev --summary=summary.md');
    expect(readFileSync(join(verb.effects.root, 'environments', 'summary.md'), 'utf8')).toBe(
      [
        '### network in dev: no changes',
        '',
        '### network in dev: 0 to add, 1 to change, 0 to destroy',
        '',
        '<details><summary>Changes</summary>',
        '',
        '```text',
        '  ~ aws_vpc.Vpc_1A (network/Vpc/Resource) is updated',
        '      dns: false → true',
        '```',
        '',
        '</details>',
        '',
        '',
      ].join('\n'),
    );
  });

  it('prints the changes as JSON', async () => {
    withOneChange();
    const { stdout } = await verb.run('plan network -c dev --json');
    expect(JSON.parse(stdout)).toMatchObject({
      type: 'result',
      verb: 'plan',
      change: 1,
      hasChanges: true,
      changes: [
        {
          address: 'aws_vpc.Vpc_1A',
          constructPath: 'network/Vpc/Resource',
          action: 'update',
          attributes: [{ path: 'dns', before: 'false', after: 'true', forcesReplacement: false }],
        },
      ],
      outputChanges: [],
      planFile: 'cdktf.out/dev/stacks/network/plan.tfplan',
    });
  });
});
