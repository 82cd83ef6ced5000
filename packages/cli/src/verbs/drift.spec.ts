import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ResourceChange } from '@nightshift/terraform';
import { nothingChanged } from '../testing/fake-terraform';
import { VerbRun } from '../testing/run-verb';

const changed = (address: string, before: boolean, after: boolean): ResourceChange => ({
  address,
  type: 'aws_vpc',
  name: 'Vpc',
  mode: 'managed',
  change: { actions: ['update'], before: { dns: before }, after: { dns: after } },
});

describe('drift', () => {
  let verb: VerbRun;
  beforeEach(() => {
    verb = new VerbRun();
  });
  afterEach(() => {
    verb.dispose();
  });

  const withDrift = (...addresses: string[]) => {
    verb.terraform.summary = { ...nothingChanged, hasChanges: true };
    verb.terraform.planned = {
      ...verb.terraform.planned,
      resource_drift: addresses.map((address) => changed(address, true, false)),
      resource_changes: addresses.map((address) => changed(address, false, true)),
    };
  };

  it('compares without lock or change and exits 0 where all is as it was deployed', async () => {
    expect(await verb.run('drift network -c dev')).toEqual({
      stdout: 'network: no drift (0.0 s)\n',
      stderr: '',
      exitCode: 0,
    });
    expect(verb.terraform.calls).toEqual([['init'], ['plan', { out: 'drift.tfplan', lock: false }]]);
  });

  it('shows what others have changed and exits 2', async () => {
    const file = join(verb.effects.root, 'cdktf.out/dev/stacks/network/drift.tfplan');
    writeFileSync(file, '');
    withDrift('aws_vpc.Vpc_1A');
    expect(await verb.run('drift network -c dev')).toEqual({
      stdout: [
        'network: 1 resource differs from what was deployed (0.0 s)',
        '  ~ aws_vpc.Vpc_1A (network/Vpc/Resource) was changed',
        '      dns: true → false',
        '',
      ].join('\n'),
      stderr: '',
      exitCode: 2,
    });
    expect(existsSync(file)).toBe(false);
  });

  it('is not that the configuration has changed since the last deploy', async () => {
    withDrift();
    verb.terraform.planned = { ...verb.terraform.planned, resource_changes: [changed('aws_vpc.A', false, true)] };
    const { stdout, exitCode } = await verb.run('drift network -c dev');
    expect(stdout).toBe('network: no drift; 1 change of the configuration not deployed yet (0.0 s)\n');
    expect(exitCode).toBe(0);
  });

  it('tells both where both have happened', async () => {
    withDrift('aws_vpc.A');
    const pending = ['aws_vpc.B', 'aws_vpc.C'].map((address) => changed(address, false, true));
    const { resource_changes: planned = [] } = verb.terraform.planned;
    verb.terraform.planned = { ...verb.terraform.planned, resource_changes: [...planned, ...pending] };
    const { stdout, exitCode } = await verb.run('drift network -c dev');
    expect(stdout).toMatch(
      /^network: 1 resource differs from what was deployed; 2 changes of the configuration not deployed yet \(0\.0 s\)\n/,
    );
    expect(exitCode).toBe(2);
  });

  it('appends Markdown to a file', async () => {
    withDrift('aws_vpc.A', 'aws_vpc.B');
    const file = join(verb.effects.root, 'summary.md');
    await verb.run(`drift network -c dev --summary ${file}`);
    expect(readFileSync(file, 'utf8')).toMatch(
      /^### network in dev: 2 resources differ from what was deployed\n\n<details>/,
    );
  });

  it('gives programs the differences', async () => {
    withDrift('aws_vpc.A');
    const { stdout } = await verb.run('drift network -c dev --json');
    expect(JSON.parse(stdout)).toMatchObject({
      verb: 'drift',
      hasChanges: true,
      pending: 0,
      change: 0,
      changes: [{ address: 'aws_vpc.A' }],
      exitCode: 2,
    });
  });
});
