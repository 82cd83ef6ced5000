import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '@nightshift/errors';
import { FakeAws, FakeBucket } from '@nightshift/state-bucket/testing';
import { Command } from 'commander';
import { FakeEffects } from '../testing/fake-effects';
import { fakeWorkspace } from '../testing/fake-workspace';
import { register as registerDeploy } from './deploy';
import { register as registerRedeploy } from './redeploy';

const BUCKET = 's3-tfstate-nightshift-dev';

const change = (address: string, ...actions: string[]) => ({
  mode: 'managed',
  type: 'aws_vpc',
  name: 'Vpc_1A',
  address,
  change: { actions, before: {}, after: {} },
});

/** `nightshift deploy --ask-for`, as the hook of Nx runs it, where compute reads values of network. */
function setUp(answer = 'dev') {
  const aws = new FakeAws();
  aws.s3.buckets.set(BUCKET, new FakeBucket());
  const effects = Object.assign(new FakeEffects(), { root: fakeWorkspace(), interactive: true, answer });
  const terraform = effects.played;
  const losing = () => {
    const resource_changes = [change('aws_vpc.Vpc_1A', 'delete', 'create'), change('aws_vpc.New', 'create')];
    terraform.planned = { ...terraform.planned, resource_changes: resource_changes as never };
  };
  const deployed = (...stacks: string[]) => {
    for (const stack of stacks) {
      const resources = [{ mode: 'managed', type: 'aws_vpc', instances: [{}] }];
      const state = JSON.stringify({ version: 4, serial: 1, outputs: {}, resources });
      aws.s3.bucket(BUCKET).put(`dev/${stack}.tfstate`, state);
    }
  };
  const run = async (line: string, verb: 'deploy' | 'redeploy' = 'deploy') => {
    const command = new Command(verb).exitOverride();
    (verb === 'deploy' ? registerDeploy : registerRedeploy)(command, effects, () => Promise.resolve(aws.clients));
    await command.parseAsync([...line.split(' '), '-c', 'dev'], { from: 'user' });
  };
  return { effects, terraform, losing, deployed, run };
}

const workspaces: string[] = [];

const started = (answer?: string) => {
  const all = setUp(answer);
  workspaces.push(all.effects.root);
  return all;
};

afterEach(() => {
  for (const root of workspaces.splice(0)) rmSync(root, { recursive: true });
});

describe('the question for a whole run of Nx that deploys', () => {
  it('names the stacks and resources that are lost, and deploys nothing itself', async () => {
    const { effects, terraform, losing, deployed, run } = started();
    deployed('network', 'compute');
    losing();
    await run('--ask-for');
    expect(effects.questions).toEqual([
      'This destroys or replaces 2 resources of network, compute in dev. Type dev to continue: ',
    ]);
    expect(effects.printed.stdout).toBe(
      'network: destroys or replaces 1 resource (0.0 s)\n  ± Vpc  aws_vpc\n' +
        'compute: destroys or replaces 1 resource (0.0 s)\n  ± Vpc  aws_vpc\n',
    );
    const plan = [['init'], ['plan', { out: 'question.tfplan' }], ['show', 'question.tfplan']];
    expect(terraform.calls).toEqual([...plan, ...plan]);
    expect(existsSync(join(effects.root, 'cdktf.out/dev/stacks/network/question.tfplan'))).toBe(false);
    expect(effects.exitCode).toBe(0);
  });

  it('fails unless the answer is the environment', async () => {
    const { losing, deployed, run } = started('y');
    deployed('network');
    losing();
    await expect(run('--ask-for')).rejects.toThrow(
      'nightshift deploy network: not confirmed; nothing was changed, got y - type dev, or add --yes',
    );
  });

  it('names the stacks whose resources may follow', async () => {
    const { effects, terraform, losing, deployed, run } = started();
    deployed('network', 'compute');
    losing();
    terraform.meanwhile = () => {
      if (terraform.calls.length > 3) terraform.planned = { ...terraform.planned, resource_changes: [] };
    };
    await run('--ask-for');
    expect(effects.printed.stdout).toContain('\nnew values of network can also replace resources of compute\n');
    expect(effects.questions).toEqual([
      'This destroys or replaces 1 resource of network in dev. Type dev to continue: ',
    ]);
  });

  it('is not asked if nothing is lost', async () => {
    const { effects, deployed, run } = started();
    deployed('network');
    await run('--ask-for');
    expect(effects.questions).toEqual([]);
    expect(effects.printed.stdout).toBe('network: destroys or replaces 0 resources (0.0 s)\n');
  });

  it.each([
    ['--ask-for=compute', 'deploy', ['network', 'compute']],
    ['--ask-for=compute', 'redeploy', ['compute']],
    ['--ask-for=network', 'deploy', ['network']],
  ] as const)('%s of %s plans %j', async (option, verb, stacks) => {
    const { effects, deployed, run } = started();
    deployed('network', 'compute');
    await run(option, verb);
    expect(effects.printed.stdout.match(/^\w+(?=:)/gm)).toEqual(stacks);
  });

  it('needs no plan of a stack without resources', async () => {
    const { terraform, run } = started();
    await run('--ask-for');
    expect(terraform.calls).toEqual([]);
  });

  it('needs no plan of a stack that is up to date', async () => {
    const { effects, terraform, deployed, run } = started();
    deployed('network');
    const backend = { s3: { bucket: 'state', key: 'dev/network.tfstate' } };
    const json = JSON.stringify({ terraform: { backend }, resource: {} });
    writeFileSync(join(effects.root, 'cdktf.out/dev/stacks/network/cdk.tf.json'), json);
    const state = JSON.stringify({ version: 4, serial: 1, lineage: 'l', outputs: {} });
    await effects.stored.write('state', 'dev/network.tfstate', state);
    await run('network --yes');
    terraform.calls.length = 0;
    effects.printed.stdout = '';
    await run('--ask-for');
    expect(terraform.calls).toEqual([]);
    expect(effects.printed.stdout).toBe('network: up to date (0.0 s)\n');
  });

  it('ends with the cause if a plan fails', async () => {
    const { effects, terraform, deployed, run } = started();
    deployed('network', 'compute');
    terraform.meanwhile = () => {
      throw new UserError({ where: 'network', what: 'broken', todo: 'repair it' });
    };
    await run('--ask-for');
    expect(effects.printed.stderr).toBe(
      'error network: broken - repair it\nnetwork: failed after 0.0 s, nothing was changed\n',
    );
    expect(effects.exitCode).toBe(1);
    expect(effects.questions).toEqual([]);
  });
});
