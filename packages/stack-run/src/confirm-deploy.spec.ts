import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '@nightshift/errors';
import { FakeBucket } from '@nightshift/state-bucket/testing';
import { environmentFixture } from '@nightshift/testing/environment';
import { confirmDeployRun } from './confirm-deploy';
import { readsNetworkAndRegistry } from './stack-json.fixture';
import { StackVerbRun } from './testing/stack-verb-run';

const BUCKET = 's3-tfstate-nightshift-dev';

const change = (address: string, ...actions: string[]) => ({
  mode: 'managed',
  type: 'aws_vpc',
  name: 'Vpc_1A',
  address,
  change: { actions, before: {}, after: {} },
});

/** The question for a run of Nx that deploys, where compute reads values of network. */
function setUp(answer = 'dev') {
  const verb = new StackVerbRun();
  const { aws, effects, terraform } = verb;
  aws.s3.buckets.set(BUCKET, new FakeBucket());
  Object.assign(effects, { interactive: true, answer });
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
  const ask = async (named?: readonly string[], name: 'deploy' | 'redeploy' = 'deploy') => {
    const connect = () => Promise.resolve(aws.clients);
    await confirmDeployRun({ verb: name, environment: environmentFixture(), named, effects, connect });
  };
  return { verb, effects, terraform, losing, deployed, ask };
}

const verbs: StackVerbRun[] = [];

const started = (answer?: string) => {
  const all = setUp(answer);
  verbs.push(all.verb);
  return all;
};

afterEach(() => {
  for (const verb of verbs.splice(0)) verb.dispose();
});

describe('the confirmation of an Nx run that deploys', () => {
  it('shows the stacks and resources that are lost, and deploys nothing', async () => {
    const { effects, terraform, losing, deployed, ask } = started();
    deployed('network', 'compute');
    losing();
    await ask();
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

  it('does not change the record of the last run, even if its plan fails', async () => {
    const { effects, terraform, losing, deployed, ask } = started();
    deployed('network');
    losing();
    const file = join(effects.root, 'cdktf.out/dev/stacks/network/run.json');
    await ask();
    expect(existsSync(file)).toBe(false);
    writeFileSync(file, '{ "verb": "deploy", "status": "interrupted" }');
    await ask();
    terraform.whileRunning = () => {
      throw new UserError({ where: 'network', what: 'broken', todo: 'repair it' });
    };
    await ask();
    expect(effects.exitCode).toBe(1);
    expect(readFileSync(file, 'utf8')).toBe('{ "verb": "deploy", "status": "interrupted" }');
  });

  it('fails unless the answer is the name of the environment', async () => {
    const { losing, deployed, ask } = started('y');
    deployed('network');
    losing();
    await expect(ask()).rejects.toThrow(
      'nightshift deploy network: not confirmed; nothing was changed, got y - type dev, or add --yes',
    );
  });

  it('names the stacks whose resources can be replaced as a consequence', async () => {
    const { effects, terraform, losing, deployed, ask } = started();
    deployed('network', 'compute');
    losing();
    terraform.whileRunning = () => {
      if (terraform.calls.length > 3) terraform.planned = { ...terraform.planned, resource_changes: [] };
    };
    await ask();
    expect(effects.printed.stdout).toContain('\nnew values of network can also replace resources of compute\n');
    expect(effects.questions).toEqual([
      'This destroys or replaces 1 resource of network in dev. Type dev to continue: ',
    ]);
  });

  it('is asked if new values of a stack can replace resources of deployed stacks that read them', async () => {
    const { effects, terraform, deployed, ask } = started();
    terraform.summary = { ...terraform.summary, hasChanges: true, changedOutputs: ['subnet_ids'] };
    deployed('network');
    await ask();
    expect(effects.questions).toEqual([]);
    deployed('compute');
    await ask();
    expect(effects.printed.stdout).toBe('new values of network can replace resources of compute\n');
    expect(effects.questions).toEqual(['This can replace resources of compute in dev. Type dev to continue: ']);
    await ask(['network']);
    expect(effects.questions).toHaveLength(1);
  });

  it('plans with a placeholder where an upstream stack does not publish a new value yet', async () => {
    const { effects, terraform, losing, deployed, ask } = started();
    deployed('compute');
    losing();
    const directory = join(effects.root, 'cdktf.out/dev/stacks/compute');
    writeFileSync(join(directory, 'cdk.tf.json'), JSON.stringify(readsNetworkAndRegistry));
    writeFileSync(join(directory, '.terraform.lock.hcl'), '');
    const { TerraformError } = await import('@nightshift/terraform');
    const problem = { where: 'compute', what: 'needs zone of the network stack', todo: 'deploy it first' };
    terraform.whileRunning = () => {
      terraform.whileRunning = () => undefined;
      throw new TerraformError([{ kind: 'upstream-missing', address: undefined, constructPath: undefined, problem }]);
    };
    await ask();
    expect(effects.printed.stderr).toBe('');
    expect(effects.questions).toEqual([
      'This destroys or replaces 1 resource of compute in dev. Type dev to continue: ',
    ]);
    expect(terraform.calls.map(([name]) => name)).toEqual([
      'init',
      'plan',
      'outputs',
      'outputs',
      'init',
      'plan',
      'show',
    ]);
  });

  it('is not asked if nothing is lost', async () => {
    const { effects, deployed, ask } = started();
    deployed('network');
    await ask();
    expect(effects.questions).toEqual([]);
    expect(effects.printed.stdout).toBe('');
  });

  it('is not required for a new revision of a task definition, but for its removal', async () => {
    const { effects, terraform, deployed, ask } = started();
    deployed('compute');
    const planned = (...actions: string[]) => {
      const resource_changes = [change('aws_ecs_task_definition.T', ...actions)];
      terraform.planned = { ...terraform.planned, resource_changes: resource_changes as never };
    };
    planned('create', 'delete');
    await ask();
    expect(effects.questions).toEqual([]);
    expect(effects.printed.stdout).toBe('');
    planned('delete');
    await ask();
    expect(effects.questions).toHaveLength(1);
    expect(effects.printed.stdout).toBe(
      'compute: destroys or replaces 1 resource (0.0 s)\n  - aws_ecs_task_definition.T\n',
    );
  });

  it.each([
    ['compute', 'deploy', ['network', 'compute']],
    ['compute', 'redeploy', ['compute']],
    ['network', 'deploy', ['network']],
  ] as const)('for %s, %s plans %j', async (named, verb, stacks) => {
    const { effects, losing, deployed, ask } = started();
    deployed('network', 'compute');
    losing();
    await ask([named], verb);
    expect(effects.printed.stdout.match(/^\w+(?=:)/gm)).toEqual(stacks);
  });

  it('plans no stack without resources', async () => {
    const { terraform, ask } = started();
    await ask();
    expect(terraform.calls).toEqual([]);
  });

  it('plans no stack that is up to date', async () => {
    const { verb, effects, terraform, deployed, ask } = started();
    deployed('network');
    const backend = { s3: { bucket: 'state', key: 'dev/network.tfstate' } };
    const json = JSON.stringify({ terraform: { backend }, resource: {} });
    writeFileSync(join(effects.root, 'cdktf.out/dev/stacks/network/cdk.tf.json'), json);
    const state = JSON.stringify({ version: 4, serial: 1, lineage: 'l', outputs: {} });
    await effects.stored.write('state', 'dev/network.tfstate', state);
    await verb.act('deploy network --yes');
    terraform.calls.length = 0;
    effects.printed.stdout = '';
    await ask();
    expect(terraform.calls).toEqual([]);
    expect(effects.printed.stdout).toBe('');
  });

  it('fails with the cause if a plan fails', async () => {
    const { effects, terraform, deployed, ask } = started();
    deployed('network', 'compute');
    terraform.whileRunning = () => {
      throw new UserError({ where: 'network', what: 'broken', todo: 'repair it' });
    };
    await ask();
    expect(effects.printed.stderr).toBe(
      'error network: broken - repair it\nnetwork: failed after 0.0 s, nothing was changed\n',
    );
    expect(effects.exitCode).toBe(1);
    expect(effects.questions).toEqual([]);
  });
});
