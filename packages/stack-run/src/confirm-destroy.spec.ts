import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentFixture } from '@nightshift/testing/environment';
import { confirmDestroyRun } from './confirm-destroy';
import { DestroyRun } from './testing/destroy-run';
import { forEachTest } from './testing/for-each-test';

const run = forEachTest(() => new DestroyRun());

describe('the confirmation of destroy at a terminal', () => {
  beforeEach(() => {
    run.effects.interactive = true;
    run.deployed('network', 50, {
      mode: 'managed',
      type: 'aws_cloudwatch_log_group',
      instances: [{ attributes: { id: '/vpc/flow-log' } }],
    });
  });

  it('shows the loss and asks for the name of the environment', async () => {
    run.effects.answer = ' dev ';
    expect(await run.destroy('network')).toBeUndefined();
    expect(run.stdout).toMatch(/^ {2}data that will be lost:\n {4}network\n {6}log group \/vpc\/flow-log\n/);
    expect(run.effects.questions).toEqual(['This destroys 51 resources of network in dev. Type dev to continue: ']);
    expect(run.terraform.calls).toContainEqual(['destroy']);
  });

  it('destroys nothing after another answer', async () => {
    run.effects.answer = 'yes';
    expect(await run.destroy('network')).toBe(
      'nightshift destroy: not confirmed; nothing was destroyed, got yes - type dev, or add --yes',
    );
    expect(run.terraform.calls).toEqual([]);
  });

  it('names the remaining dependents and the open processing window', async () => {
    run.deployed('compute', 1);
    writeFileSync(
      join(run.effects.root, 'environments/dev.yaml'),
      "tags: { Project: Nightshift, CostCenter: risk-analytics }\nprocessingWindows: [{ name: night, from: '22:00', to: '06:00', timeZone: UTC }]\n",
    );
    await run.destroy('network --ignore-dependents --during-window fire');
    expect(run.stdout).toBe(
      [
        '  still deployed and depends on it: compute (1 resource)',
        '  data that will be lost:',
        '    network',
        '      log group /vpc/flow-log',
        '  processing window night is open until Wed 06:00 UTC (in 6 h 0 min)',
        '',
      ].join('\n'),
    );
  });

  it('refuses --json without --yes, since it prints no question', async () => {
    run.effects.answer = 'dev';
    expect(await run.destroy('network --json')).toBe(
      'nightshift destroy network: confirmation required, but --json prints no question - add --yes',
    );
    expect(run.stdout).toBe('');
    expect(run.effects.questions).toEqual([]);
    expect(run.terraform.calls).toEqual([]);
  });

  it('is skipped with --yes', async () => {
    expect(await run.destroy('network --yes')).toBeUndefined();
    expect(run.effects.questions).toEqual([]);
  });
});

describe('the confirmation of an Nx run that destroys', () => {
  const ask = async (...stacks: string[]) => {
    const chosen = stacks.length === 0 ? undefined : stacks;
    await confirmDestroyRun(environmentFixture(), chosen, run.effects, () => Promise.resolve(run.aws.clients));
  };

  beforeEach(() => {
    run.effects.interactive = true;
    run.effects.answer = 'dev';
    run.deployed('network', 51);
    run.deployed('compute', 37);
  });

  it('names the stacks with resources, and destroys nothing', async () => {
    await ask();
    expect(run.effects.unchecked).toEqual([join(run.effects.root, 'cdktf.out/dev')]);
    expect(run.effects.questions).toEqual([
      'This destroys 88 resources of network, compute in dev. Type dev to continue: ',
    ]);
    expect(run.terraform.calls).toEqual([]);
  });

  it('includes dependents, which Nx destroys first', async () => {
    await ask('network');
    await ask('compute');
    expect(run.effects.questions).toEqual([
      'This destroys 88 resources of compute, network in dev. Type dev to continue: ',
      'This destroys 37 resources of compute in dev. Type dev to continue: ',
    ]);
  });

  it('names all stacks if none is deployed', async () => {
    run.aws.s3.bucket('s3-tfstate-nightshift-dev').objects.clear();
    await ask();
    expect(run.effects.questions).toEqual([
      'This destroys 0 resources of network, compute in dev. Type dev to continue: ',
    ]);
  });

  it('requires a terminal', async () => {
    run.effects.interactive = false;
    await expect(ask()).rejects.toThrow(
      'nightshift destroy: confirmation required, but there is no terminal - add --yes',
    );
  });
});
