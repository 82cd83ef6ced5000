import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Change, ResourceChange, TerraformPlan } from '@nightshift/terraform';
import { driftChanges } from './drift-of-stack';
import { nothingChanged } from './testing/fake-terraform';
import { forEachTest } from './testing/for-each-test';
import { StackVerbRun } from './testing/stack-verb-run';

const changed = (address: string, before: boolean, after: boolean): ResourceChange => ({
  address,
  type: 'aws_vpc',
  name: 'Vpc',
  mode: 'managed',
  change: { actions: ['update'], before: { dns: before }, after: { dns: after } },
});

describe('drift', () => {
  const verb = forEachTest(() => new StackVerbRun());

  const withDrift = (...addresses: string[]) => {
    verb.terraform.summary = { ...nothingChanged, hasChanges: true };
    verb.terraform.planned = {
      ...verb.terraform.planned,
      resource_drift: addresses.map((address) => changed(address, true, false)),
      resource_changes: addresses.map((address) => changed(address, false, true)),
    };
  };

  it('compares without a lock or a change, and exits with 0 without drift', async () => {
    expect(await verb.run('drift network -c dev')).toEqual({
      stdout: 'network: no drift (0.0 s)\n',
      stderr: '',
      exitCode: 0,
    });
    expect(verb.terraform.calls).toEqual([['init'], ['plan', { out: 'drift.tfplan', lock: false }]]);
  });

  it('shows changes outside of Terraform and exits with 2', async () => {
    const file = join(verb.effects.root, 'cdktf.out/dev/stacks/network/drift.tfplan');
    writeFileSync(file, '');
    withDrift('aws_vpc.Vpc_1A');
    expect(await verb.run('drift network -c dev')).toEqual({
      stdout: [
        'network: 1 resource differs from the deployed configuration (0.0 s)',
        '  ~ aws_vpc.Vpc_1A (network/Vpc/Resource) was changed',
        '      dns: true → false',
        '',
      ].join('\n'),
      stderr: '',
      exitCode: 2,
    });
    expect(existsSync(file)).toBe(false);
  });

  it('does not include changes of the configuration since the last deploy', async () => {
    withDrift();
    verb.terraform.planned = { ...verb.terraform.planned, resource_changes: [changed('aws_vpc.A', false, true)] };
    const { stdout, exitCode } = await verb.run('drift network -c dev');
    expect(stdout).toBe('network: no drift; 1 configuration change not deployed yet (0.0 s)\n');
    expect(exitCode).toBe(0);
    const directory = join(verb.effects.root, 'cdktf.out/dev/stacks/network');
    const record = readFileSync(join(directory, 'drift.json'), 'utf8');
    expect(JSON.parse(record)).toMatchObject({ drift: 'no drift; 1 configuration change not deployed yet' });
    expect(existsSync(join(directory, 'run.json'))).toBe(false);
  });

  it('reports drift and changes of the configuration separately', async () => {
    withDrift('aws_vpc.A');
    const pending = ['aws_vpc.B', 'aws_vpc.C'].map((address) => changed(address, false, true));
    const { resource_changes: planned = [] } = verb.terraform.planned;
    verb.terraform.planned = { ...verb.terraform.planned, resource_changes: [...planned, ...pending] };
    const { stdout, exitCode } = await verb.run('drift network -c dev');
    expect(stdout).toMatch(
      /^network: 1 resource differs from the deployed configuration; 2 configuration changes not deployed yet \(0\.0 s\)\n/,
    );
    expect(exitCode).toBe(2);
  });

  it('appends Markdown to a file', async () => {
    withDrift('aws_vpc.A', 'aws_vpc.B');
    const file = join(verb.effects.root, 'summary.md');
    await verb.run(`drift network -c dev --summary ${file}`);
    expect(readFileSync(file, 'utf8')).toMatch(
      /^### network in dev: 2 resources differ from the deployed configuration\n\n<details>/,
    );
  });

  it('prints the differences as JSON', async () => {
    withDrift('aws_vpc.A');
    const { stdout } = await verb.run('drift network -c dev --json');
    expect(JSON.parse(stdout)).toMatchObject({
      verb: 'drift',
      hasChanges: true,
      drift: '1 resource differs from the deployed configuration',
      pending: 0,
      change: 0,
      changes: [{ address: 'aws_vpc.A' }],
      exitCode: 2,
    });
  });
});

type Values = Readonly<Record<string, unknown>>;

const resource = (address: string, actions: Change['actions'], before: Values, after: Values): ResourceChange => ({
  address,
  type: 'aws_thing',
  name: 'Thing',
  mode: 'managed',
  change: { actions, before, after },
});

/** The differences from the state, and the changes that a plan would make. */
function drift(resource_drift: ResourceChange[], resource_changes: ResourceChange[]) {
  const plan: TerraformPlan = { format_version: '1.2', terraform_version: '1.11.4', resource_drift, resource_changes };
  const { changes, pending } = driftChanges(plan, () => undefined);
  return {
    kind: changes.kind,
    pending,
    found: changes.resources.map(({ address, action, attributes }) => [
      address,
      action,
      ...attributes.map((a) => a.path),
    ]),
  };
}

describe('driftChanges', () => {
  it('returns differences that a plan would revert', () => {
    const changed = resource('a', ['update'], { days: 30, tags: {} }, { days: 7, tags: {} });
    const back = resource('a', ['update'], { days: 7, tags: {} }, { days: 30, tags: {} });
    expect(drift([changed], [back])).toEqual({ kind: 'drift', pending: 0, found: [['a', 'update', 'days']] });
  });

  it('omits values that AWS has filled in after the creation', () => {
    const filled = resource('a', ['update'], { ip: '' }, { ip: '10.0.0.1' });
    expect(drift([filled], [resource('a', ['no-op'], {}, {})])).toMatchObject({ pending: 0, found: [] });
    expect(drift([filled], [])).toMatchObject({ pending: 0, found: [] });
  });

  it('omits values that AWS has filled in from a drifted resource', () => {
    const both = resource('a', ['update'], { ip: '', days: 30 }, { ip: '10.0.0.1', days: 7 });
    const back = resource('a', ['update'], { ip: '10.0.0.1', days: 7 }, { ip: '10.0.0.1', days: 30 });
    expect(drift([both], [back]).found).toEqual([['a', 'update', 'days']]);
  });

  it('omits changes of the configuration, also in a resource with filled-in values', () => {
    const filled = resource('a', ['update'], { ip: '' }, { ip: '10.0.0.1' });
    const planned = resource('a', ['update'], { days: 30 }, { days: 60 });
    expect(drift([filled], [planned, resource('b', ['create'], {}, {})])).toMatchObject({ pending: 2, found: [] });
  });

  it('includes a resource that was removed', () => {
    const gone = resource('a', ['delete'], { days: 30 }, {});
    expect(drift([gone], [resource('a', ['create'], {}, { days: 30 })]).found).toEqual([['a', 'delete']]);
  });

  it('compares whole attributes and parts of them', () => {
    const rule = (port: number) => ({ rule: [{ port, name: 'x' }], ruler: 1 });
    const changed = resource('a', ['update'], rule(1), rule(2));
    expect(drift([changed], [resource('a', ['update'], rule(2), rule(1))]).found).toEqual([
      ['a', 'update', 'rule[0].port'],
    ]);
    const asWhole = resource('a', ['update'], { rule: 'x' }, { rule: 'y' });
    expect(drift([changed], [asWhole]).found).toEqual([['a', 'update', 'rule[0].port']]);
    const other = resource('a', ['update'], { ruler: 1, rule: [] }, { ruler: 2, rule: [] });
    expect(drift([changed], [other]).found).toEqual([]);
    expect(drift([asWhole], [resource('a', ['update'], rule(2), rule(1))]).found).toEqual([['a', 'update', 'rule']]);
  });
});
