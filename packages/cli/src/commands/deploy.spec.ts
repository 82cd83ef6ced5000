import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '@nightshift/errors';
import { nothingChanged } from '../testing/fake-terraform';
import { VerbRun } from '../testing/run-verb';

const STACK = 'cdktf.out/dev/stacks/network';

describe.each(['deploy', 'redeploy'])('%s', (name) => {
  let verb: VerbRun;
  beforeEach(() => {
    verb = new VerbRun();
  });
  afterEach(() => {
    verb.dispose();
  });

  const planFile = () => join(verb.effects.root, STACK, 'plan.tfplan');
  const runFile = () => JSON.parse(readFileSync(join(verb.effects.root, STACK, 'run.json'), 'utf8')) as object;

  it('applies the stack in one run of Terraform and prints what it publishes (R0.4, R0.5)', async () => {
    verb.terraform.meanwhile = (emit) => {
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

  it('says so when nothing changes', async () => {
    verb.terraform.summary = { ...nothingChanged, outputs: { vpc_id: 'vpc-1' } };
    const { stdout } = await verb.run(`${name} network -c dev`);
    expect(stdout).toBe('network: no changes (0.0 s)\n  vpc_id  vpc-1\n');
  });

  it('gives programs the outputs', async () => {
    verb.terraform.summary = { ...nothingChanged, outputs: { subnet_ids: ['a', 'b'] } };
    const { stdout } = await verb.run(`${name} network -c dev --json`);
    expect(JSON.parse(stdout)).toMatchObject({ type: 'result', outputs: { subnet_ids: ['a', 'b'] }, exitCode: 0 });
  });

  it('goes to the local cloud where the environment is there', async () => {
    await verb.run(`${name} network -c local`);
    expect(verb.effects.installed.env).toEqual({ AWS_ENDPOINT_URL: 'http://127.0.0.1:45660', AWS_REGION: 'us-east-1' });
  });

  it('throws away a saved plan, which is of a state that is gone', async () => {
    writeFileSync(planFile(), '');
    await verb.run(`${name} network -c dev`);
    expect(existsSync(planFile())).toBe(false);
  });

  it('exits 1 with the cause', async () => {
    verb.terraform.meanwhile = () => {
      throw new UserError({ where: 'network', what: 'broken', todo: 'mend it' });
    };
    expect(await verb.run(`${name} network -c dev`)).toEqual({
      stdout: '',
      stderr: 'error network: broken - mend it\nnetwork: failed after 0.0 s, nothing was changed\n',
      exitCode: 1,
    });
  });
});

describe('deploy --plan', () => {
  let verb: VerbRun;
  beforeEach(() => {
    verb = new VerbRun();
  });
  afterEach(() => {
    verb.dispose();
  });

  it('applies the plan that was saved', async () => {
    writeFileSync(join(verb.effects.root, STACK, 'plan.tfplan'), '');
    await verb.run('deploy network -c dev --plan');
    expect(verb.terraform.calls).toEqual([['init'], ['apply', { planFile: 'plan.tfplan' }]]);
  });

  it('needs one', async () => {
    expect(await verb.run('deploy network -c dev --plan')).toEqual({
      stdout: '',
      stderr:
        'error cdktf.out/dev/stacks/network/plan.tfplan: no saved plan of network - create a plan and review it: npx nx run network:plan -c dev\n',
      exitCode: 1,
    });
    expect(verb.terraform.calls).toEqual([]);
  });
});
