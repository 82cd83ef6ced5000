import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FakeBucket } from '@nightshift/state-bucket/testing';
import { nothingChanged } from './testing/fake-terraform';
import { forEachTest } from './testing/for-each-test';
import { StackVerbRun } from './testing/stack-verb-run';
import { environmentFixture } from '@nightshift/testing/environment';
import { windowInTheWay } from './window-guard';

const BUCKET = 's3-tfstate-nightshift-dev';

const PLAN = 'cdktf.out/dev/stacks/network/plan.tfplan';

/** A verb at midnight on Wednesday, 1 January 2025, with windows in the environment file. */
class WindowRun extends StackVerbRun {
  constructor() {
    super();
    this.aws.s3.buckets.set(BUCKET, new FakeBucket());
    this.terraform.summary = { ...nothingChanged, change: 1, hasChanges: true };
    this.windows("{ name: night, from: '22:00', to: '06:00', timeZone: UTC }");
  }

  get kept() {
    return this.aws.s3.bucket(BUCKET).objects;
  }

  windows(...windows: string[]): void {
    const tags = 'tags: { Project: Nightshift, CostCenter: risk-analytics }';
    writeFileSync(
      join(this.effects.root, 'environments/dev.yaml'),
      `${tags}\nprocessingWindows: [${windows.join(', ')}]\n`,
    );
  }

  /** The changes in the plan. */
  changes(...actions: readonly (readonly [address: string, ...actions: string[]])[]): void {
    this.terraform.planned = {
      ...this.terraform.planned,
      resource_changes: actions.map(([address, ...taken]) => ({
        address,
        mode: 'managed',
        change: { actions: taken, before: { name: 'a' }, after: { name: 'b' } },
      })) as never,
    };
  }

  /** @returns why it was refused, if it was. */
  async verb(name: string, ...args: string[]): Promise<string | undefined> {
    return await this.act([name, 'network', ...args]).then(
      () => undefined,
      (error: unknown) => (error as Error).message,
    );
  }
}

const run = forEachTest(() => new WindowRun());

describe.each(['deploy', 'redeploy'])('%s in a processing window (R14.2)', (verb) => {
  it('is refused if it is disturbing, with the changes and the end of the window', async () => {
    run.changes(['aws_vpc.Vpc_1A', 'update'], ['aws_lb.Main', 'delete', 'create'], ['aws_subnet.Private_2B', 'delete']);
    await run.verb(verb);
    expect(run.effects.printed.stderr).toContain(
      `error nightshift ${verb} network: processing window night is open until Wed 06:00 UTC (in 6 h 0 min), and this would disturb it, got replace of aws_lb.Main, delete of network/Private/Resource - run it after the window, or override the window with --during-window "<reason>"\n`,
    );
    expect(run.effects.exitCode).toBe(1);
    expect(run.terraform.calls).toEqual([['init'], ['plan', { out: 'plan.tfplan' }], ['show', 'plan.tfplan']]);
  });

  it('leaves no plan that nobody has reviewed', async () => {
    run.changes(['aws_lb.Main', 'delete']);
    run.terraform.whileRunning = () => {
      writeFileSync(join(run.effects.root, PLAN), '');
    };
    await run.verb(verb);
    expect(run.effects.exitCode).toBe(1);
    expect(existsSync(join(run.effects.root, PLAN))).toBe(false);
  });

  it('applies exactly the plan that was checked', async () => {
    run.changes(['aws_cloudwatch_dashboard.A', 'update'], ['aws_lb.New', 'create']);
    await run.verb(verb);
    expect(run.effects.exitCode).toBe(0);
    expect(run.terraform.calls.slice(1)).toEqual([
      ['plan', { out: 'plan.tfplan' }],
      ['show', 'plan.tfplan'],
      ['apply', { planFile: 'plan.tfplan' }],
    ]);
    expect(existsSync(join(run.effects.root, PLAN))).toBe(false);
  });

  it('makes no plan of a stack that is up to date', async () => {
    const json = { terraform: { backend: { s3: { bucket: 'state', key: 'dev/network.tfstate' } } } };
    writeFileSync(join(run.effects.root, PLAN, '..', 'cdk.tf.json'), JSON.stringify(json));
    await run.effects.stored.write('state', 'dev/network.tfstate', '{"serial":1,"lineage":"l","outputs":{}}');
    run.changes(['aws_cloudwatch_dashboard.A', 'update']);
    await run.verb(verb);
    run.terraform.calls.length = 0;
    run.changes(['aws_lb.Main', 'delete']);
    await run.verb(verb);
    expect(run.terraform.calls).toEqual([]);
    expect(run.effects.exitCode).toBe(0);
  });

  it('continues with a reason, which is recorded first: who, when, what, why', async () => {
    await run.verb(verb, '--during-window', 'a fix for the fix');
    const key = `dev/during-window/2025-01-01T00:00:00.000Z-${verb}-network.json`;
    expect(JSON.parse(String(run.kept.get(key)))).toEqual({
      at: '2025-01-01T00:00:00.000Z',
      by: 'arn:aws:iam::123456789012:user/deploy',
      verb,
      stack: 'network',
      reason: 'a fix for the fix',
      window: 'night',
      opens: '2024-12-31T22:00:00.000Z',
      closes: '2025-01-01T06:00:00.000Z',
    });
    expect(run.terraform.calls).toEqual([['init'], ['apply', {}]]);
  });

  it('does nothing if the reason cannot be recorded', async () => {
    run.aws.failures.set('PutObject', Object.assign(new Error('no'), { name: 'AccessDenied', $metadata: {} }));
    expect(await run.verb(verb, '--during-window', 'why')).toMatch(
      /^s3:\/\/s3-tfstate-nightshift-dev\/dev\/during-window\//,
    );
    expect(run.terraform.calls).toEqual([]);
  });

  it('is checked before a window that opens during the run', async () => {
    run.windows("{ name: soon, from: '00:10', to: '06:00', timeZone: UTC }");
    run.changes(['aws_lb.Main', 'delete']);
    await run.verb(verb);
    expect(run.effects.printed.stderr).toContain('processing window soon opens in 10 min (Wed 00:10 UTC)');
  });

  it('makes no additional plan outside of windows', async () => {
    run.windows("{ name: later, from: '00:15', to: '06:00', timeZone: UTC }");
    await run.verb(verb);
    expect(run.terraform.calls).toEqual([['init'], ['apply', {}]]);
  });
});

it('deploy --plan in a processing window checks the saved plan (R14.2)', async () => {
  writeFileSync(join(run.effects.root, PLAN), '');
  run.changes(['aws_lb.Main', 'delete']);
  await run.verb('deploy', '--plan');
  expect(run.effects.exitCode).toBe(1);
  expect(run.terraform.calls).toEqual([['init'], ['show', 'plan.tfplan']]);
  expect(existsSync(join(run.effects.root, PLAN))).toBe(true);
});

describe('destroy in a processing window (R14.2)', () => {
  it('is refused', async () => {
    expect(await run.verb('destroy', '--yes')).toBe(
      'nightshift destroy network: processing window night is open until Wed 06:00 UTC (in 6 h 0 min), and this would disturb it - run it after the window, or override the window with --during-window "<reason>"',
    );
    expect(run.terraform.calls).toEqual([]);
  });

  it('continues with a reason', async () => {
    await run.verb('destroy', '--yes', '--during-window', 'the environment is given up');
    expect(run.terraform.calls).toEqual([['init'], ['destroy']]);
    expect([...run.kept.keys()]).toEqual(['dev/during-window/2025-01-01T00:00:00.000Z-destroy-network.json']);
  });
});

it('destroy records no reason without a confirmation (R14.2)', async () => {
  Object.assign(run.effects, { interactive: true, ask: () => Promise.resolve('no') });
  expect(await run.verb('destroy', '--during-window', 'why')).toMatch(/not confirmed; nothing was destroyed/);
  expect([...run.kept.keys()]).toEqual([]);
});

describe('plan (R14.2)', () => {
  const lines = () => run.effects.printed.stdout.split('\n');

  it('reports the open window, and what a deploy would refuse', async () => {
    run.changes(['aws_lb.Main', 'delete']);
    await run.verb('plan');
    expect(lines()).toContain(
      '  processing window night is open until Wed 06:00 UTC (in 6 h 0 min); inside it, deploy refuses aws_lb.Main without --during-window',
    );
  });

  it('reports the next window', async () => {
    run.windows("{ name: friday, days: [friday], from: '22:00', to: '06:00', timeZone: UTC }");
    run.changes(['aws_cloudwatch_dashboard.A', 'delete']);
    await run.verb('plan');
    expect(lines()).toContain(
      '  processing window friday opens in 70 h 0 min (Fri 22:00 UTC); no change of this plan disturbs it',
    );
  });

  it('prints the window as JSON', async () => {
    run.changes(['aws_lb.Main', 'delete']);
    await run.verb('plan', '--json');
    expect(JSON.parse(String(lines().at(-2)))).toMatchObject({
      window: {
        name: 'night',
        opens: '2024-12-31T22:00:00.000Z',
        closes: '2025-01-01T06:00:00.000Z',
        open: true,
        disturbing: ['aws_lb.Main'],
      },
    });
  });
});

describe('windowInTheWay', () => {
  it('considers how long the act takes', async () => {
    const night = { name: 'night', from: '22:00', to: '06:00', timeZone: 'UTC' };
    const environment = environmentFixture({ file: { processingWindows: [night] } });
    const act = {
      verb: 'release-promote',
      stack: { name: 'compute', environment },
      reason: undefined,
      now: new Date('2025-01-01T21:50:00Z'),
      connect: () => Promise.resolve(run.aws.clients),
    };
    expect(await windowInTheWay({ ...act, minutes: 5 })).toBeUndefined();
    expect((await windowInTheWay(act))?.window.name).toBe('night');
  });
});
