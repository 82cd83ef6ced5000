import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InterruptedError, UserError } from '@nightshift/errors';
import { nothingChanged } from './testing/fake-terraform';
import { forEachTest } from './testing/for-each-test';
import { StackVerbRun } from './testing/stack-verb-run';

const STACK = 'cdktf.out/dev/stacks/network';

const readRun = (root: string) => JSON.parse(readFileSync(join(root, STACK, 'run.json'), 'utf8')) as object;

describe.each(['deploy', 'redeploy'])('%s', (name) => {
  const verb = forEachTest(() => new StackVerbRun());

  const planFile = () => join(verb.effects.root, STACK, 'plan.tfplan');
  const runFile = () => readRun(verb.effects.root);

  it('applies the stack in one run of Terraform and prints what it publishes (R0.4, R0.5)', async () => {
    verb.terraform.whileRunning = (emit) => {
      const resource = { type: 'resource', address: 'aws_vpc.Vpc_1A', action: 'create', elapsedSeconds: 0 } as const;
      emit({ ...resource, status: 'start' });
      verb.effects.advance(10_100);
      emit({ ...resource, status: 'done' });
    };
    verb.terraform.summary = { ...nothingChanged, add: 1, hasChanges: true, outputs: { vpc_id: 'vpc-1' } };
    expect(await verb.run(`${name} network -c dev`)).toEqual({
      stdout: [
        'network  + Vpc  aws_vpc  10.1 s',
        'network: 1 added, 0 changed, 0 destroyed in 10.1 s',
        '  vpc_id  vpc-1',
        '',
      ].join('\n'),
      stderr: '',
      exitCode: 0,
    });
    expect(verb.terraform.calls).toEqual([['init'], ['apply', {}]]);
    expect(runFile()).toMatchObject({ verb: name, add: 1, outputs: { vpc_id: 'vpc-1' } });
  });

  it('reports that nothing has changed', async () => {
    verb.terraform.summary = { ...nothingChanged, outputs: { vpc_id: 'vpc-1' } };
    const { stdout } = await verb.run(`${name} network -c dev`);
    expect(stdout).toBe('network: no changes (0.0 s)\n  vpc_id  vpc-1\n');
  });

  it('prints no outputs below npm start, which ends with a summary', async () => {
    verb.effects.env = { NIGHTSHIFT_START: '1' };
    verb.terraform.summary = { ...nothingChanged, outputs: { vpc_id: 'vpc-1' } };
    const { stdout } = await verb.run(`${name} network -c dev`);
    expect(stdout).toBe('network: no changes (0.0 s)\n');
    expect(runFile()).toMatchObject({ outputs: { vpc_id: 'vpc-1' } });
  });

  it('prints the outputs as JSON', async () => {
    verb.terraform.summary = { ...nothingChanged, outputs: { subnet_ids: ['a', 'b'] } };
    const { stdout } = await verb.run(`${name} network -c dev --json`);
    expect(JSON.parse(stdout)).toMatchObject({ type: 'result', outputs: { subnet_ids: ['a', 'b'] }, exitCode: 0 });
  });

  it('uses the local cloud for an environment with cloud: local', async () => {
    await verb.run(`${name} network -c local`);
    expect(verb.effects.installed.env).toEqual({ AWS_ENDPOINT_URL: 'http://127.0.0.1:45660', AWS_REGION: 'us-east-1' });
  });

  it('discards a saved plan, which is for a previous state', async () => {
    writeFileSync(planFile(), '');
    await verb.run(`${name} network -c dev`);
    expect(existsSync(planFile())).toBe(false);
  });

  it('exits 1 with the cause', async () => {
    verb.terraform.whileRunning = () => {
      throw new UserError({ where: 'network', what: 'broken', todo: 'repair it' });
    };
    expect(await verb.run(`${name} network -c dev`)).toEqual({
      stdout: '',
      stderr: 'error network: broken - repair it\nnetwork: failed after 0.0 s, nothing was changed\n',
      exitCode: 1,
    });
  });
});

describe('deploy at a terminal', () => {
  const verb = forEachTest(() => new StackVerbRun());
  beforeEach(() => {
    verb.effects.interactive = true;
    const resource = { mode: 'managed', type: 'aws_vpc', name: 'Vpc_1A', address: 'aws_vpc.Vpc_1A' } as const;
    verb.terraform.planned = {
      ...verb.terraform.planned,
      resource_changes: [
        { ...resource, change: { actions: ['delete', 'create'], before: {}, after: {} } },
        { ...resource, address: 'aws_vpc.Old', change: { actions: ['delete'], before: {}, after: null } },
        { ...resource, address: 'aws_vpc.New', change: { actions: ['create'], before: null, after: {} } },
      ] as never,
    };
  });

  const planned = [['init'], ['plan', { out: 'plan.tfplan' }], ['show', 'plan.tfplan']];

  it('asks before it destroys or replaces resources', async () => {
    verb.effects.answer = 'dev';
    const { stdout, exitCode } = await verb.run('deploy network -c dev');
    expect(verb.effects.questions).toEqual([
      'This destroys or replaces 2 resources of network in dev. Type dev to continue: ',
    ]);
    expect(stdout).toBe('  ± Vpc  aws_vpc\n  - aws_vpc.Old\nnetwork: no changes (0.0 s)\n');
    expect(verb.terraform.calls).toEqual([...planned, ['apply', { planFile: 'plan.tfplan' }]]);
    expect(exitCode).toBe(0);
  });

  it('changes nothing without the name of the environment', async () => {
    verb.effects.answer = 'y';
    const { stderr, exitCode } = await verb.run('redeploy network -c dev');
    expect(stderr).toBe(
      'error nightshift redeploy network: not confirmed; nothing was changed, got y - type dev, or add --yes\nnetwork: failed after 0.0 s, nothing was changed\n',
    );
    expect(verb.terraform.calls).toEqual(planned);
    expect(exitCode).toBe(1);
  });

  it('changes nothing after Ctrl-C', async () => {
    verb.effects.answer = new InterruptedError('interrupted; nothing was changed');
    const { stderr, exitCode } = await verb.run('deploy network -c dev');
    expect(stderr).toBe('interrupted; nothing was changed\n');
    expect(verb.terraform.calls).toEqual(planned);
    expect(exitCode).toBe(130);
    expect(readRun(verb.effects.root)).toMatchObject({ status: 'interrupted', problems: [] });
  });

  it('does not ask if nothing is lost', async () => {
    verb.terraform.planned = { ...verb.terraform.planned, resource_changes: [] };
    await verb.run('deploy network -c dev');
    expect(verb.effects.questions).toEqual([]);
    expect(verb.terraform.calls).toEqual([...planned, ['apply', { planFile: 'plan.tfplan' }]]);
  });

  it.each(['--yes', '-y', '--json'])('does not ask with %s', async (option) => {
    await verb.run(`deploy network -c dev ${option}`);
    expect(verb.effects.questions).toEqual([]);
    expect(verb.terraform.calls).toEqual([['init'], ['apply', {}]]);
  });
});

describe('deploy --plan', () => {
  const verb = forEachTest(() => new StackVerbRun());

  it('applies the saved plan', async () => {
    writeFileSync(join(verb.effects.root, STACK, 'plan.tfplan'), '');
    await verb.run('deploy network -c dev --plan');
    expect(verb.terraform.calls).toEqual([['init'], ['apply', { planFile: 'plan.tfplan' }]]);
  });

  it('requires a saved plan', async () => {
    expect(await verb.run('deploy network -c dev --plan')).toEqual({
      stdout: '',
      stderr:
        'error cdktf.out/dev/stacks/network/plan.tfplan: no saved plan of network - create a plan and review it: npx nx run network:plan -c dev\n',
      exitCode: 1,
    });
    expect(verb.terraform.calls).toEqual([]);
  });
});
