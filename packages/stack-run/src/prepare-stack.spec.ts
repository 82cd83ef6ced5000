import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '@nightshift/errors';
import { closedPart } from './prepare-stack';
import { nothingChanged } from './testing/fake-terraform';
import { forEachTest } from './testing/for-each-test';
import { StackVerbRun } from './testing/stack-verb-run';

const BUCKET = 'state-bucket';

const synthesized = {
  terraform: { backend: { s3: { bucket: BUCKET, key: 'dev/compute.tfstate' } } },
  data: {
    aws_region: { Region: {} },
    terraform_remote_state: {
      'cross-stack-reference-input-network': {
        backend: 's3',
        config: { bucket: BUCKET, key: 'dev/network.tfstate' },
      },
    },
  },
  resource: {
    aws_kms_key: { Key: { description: '${data.aws_region.Region.name}' } },
    aws_sns_topic: { Topic: { kms_master_key_id: '${aws_kms_key.Key.arn}' } },
    aws_lb: {
      Balancer: { subnets: ['${data.terraform_remote_state.cross-stack-reference-input-network.outputs.id}'] },
    },
    aws_lb_listener: { Listener: { load_balancer_arn: '${aws_lb.Balancer.arn}' } },
    aws_iam_role: { Last: { depends_on: ['aws_lb_listener.Listener'] } },
  },
};

const CLOSED = ['aws_kms_key.Key', 'aws_sns_topic.Topic'];

describe('closedPart', () => {
  it('contains the resources that depend on no value of another stack, directly, indirectly or by depends_on', () => {
    expect(closedPart(synthesized)).toEqual(CLOSED);
  });

  it('is empty without resources', () => {
    expect(closedPart({})).toEqual([]);
  });
});

describe('prepare', () => {
  const verb = forEachTest(() => new StackVerbRun());
  beforeEach(() => {
    synthesize(synthesized);
    verb.terraform.summary = { ...nothingChanged, add: 2, hasChanges: true };
  });

  const inStack = (file: string) => join(verb.effects.root, 'cdktf.out/dev/stacks/compute', file);
  const synthesize = (json: object) => {
    writeFileSync(inStack('cdk.tf.json'), JSON.stringify(json));
  };
  const store = (stack: string, resources: readonly unknown[]) =>
    verb.effects.stored.write(BUCKET, `dev/${stack}.tfstate`, JSON.stringify({ resources }));
  const prepare = () => verb.run('prepare compute -c dev');

  it('creates the closed part of a stack without a state, and records no deployment', async () => {
    expect(await prepare()).toEqual({
      stdout: 'compute: 2 added, 0 changed, 0 destroyed in 0.0 s; its deploy follows\n',
      stderr: '',
      exitCode: 0,
    });
    expect(verb.terraform.calls).toEqual([
      ['init'],
      ['plan', { out: 'prepare.tfplan', targets: CLOSED }],
      ['apply', { planFile: 'prepare.tfplan' }],
    ]);
    expect([...verb.effects.stored.objects.keys()]).toEqual([]);
    expect(existsSync(inStack('run.json'))).toBe(false);
    expect(JSON.parse(readFileSync(inStack('prepare.json'), 'utf8'))).toMatchObject({ verb: 'prepare', add: 2 });
  });

  it('creates it in a stack that was destroyed', async () => {
    await store('compute', []);
    expect(await prepare()).toMatchObject({ exitCode: 0 });
    expect(verb.terraform.calls).toHaveLength(3);
  });

  it('removes its plan', async () => {
    verb.terraform.whileRunning = () => {
      writeFileSync(inStack('prepare.tfplan'), '');
    };
    await prepare();
    expect(existsSync(inStack('prepare.tfplan'))).toBe(false);
  });

  const nothing = async (reason: string, options = '') => {
    expect(await verb.run(`prepare compute -c dev${options}`)).toEqual({
      stdout: `compute: nothing prepared: ${reason} (0.0 s)\n`,
      stderr: '',
      exitCode: 0,
    });
    expect(verb.terraform.calls).toEqual([]);
  };

  it('does nothing in a stack with resources, so that nothing can be destroyed', async () => {
    await store('compute', [{}]);
    await nothing('it has resources');
  });

  it('does nothing if the deploy does not wait for other stacks', async () => {
    await store('network', [{}]);
    await nothing('the stacks that it depends on are deployed');
  });

  it('does nothing before the deploy of a saved plan, which belongs to the current state', async () => {
    await nothing('the saved plan would be out of date', ' --plan');
  });

  it('does nothing if all resources read another stack', async () => {
    const { aws_lb } = synthesized.resource;
    synthesize({ ...synthesized, resource: { aws_lb } });
    await nothing('every resource depends on another stack');
  });

  it.each([{ terraform: { backend: { local: {} } } }, { terraform: undefined }])(
    'does nothing if the state is not in S3: %j',
    async (elsewhere) => {
      synthesize({ ...synthesized, ...elsewhere });
      await nothing('its state is not in S3');
    },
  );

  it('does nothing if a state cannot be read, which the deploy explains', async () => {
    await verb.effects.stored.write(BUCKET, 'dev/compute.tfstate', 'no JSON');
    await nothing('the states cannot be read');
  });

  it.each([{ change: 1 }, { remove: 1 }])('refuses a plan that does not only create resources: %j', async (counts) => {
    verb.terraform.summary = { ...nothingChanged, ...counts };
    const { stdout, exitCode } = await prepare();
    expect(stdout).toBe('compute: nothing prepared: another run has changed its state (0.0 s)\n');
    expect(exitCode).toBe(0);
    expect(verb.terraform.calls.map(([command]) => command)).toEqual(['init', 'plan']);
  });

  it('prints one note if it fails, and leaves everything to the deploy', async () => {
    verb.terraform.whileRunning = () => {
      throw new UserError({ where: 'compute/Key', what: 'access denied', todo: 'allow kms:CreateKey' });
    };
    expect(await prepare()).toEqual({
      stdout: [
        'compute  cannot prepare: compute/Key: access denied - allow kms:CreateKey; the deploy creates everything\n',
        'compute: nothing prepared: see above (0.0 s)\n',
      ].join(''),
      stderr: '',
      exitCode: 0,
    });
  });

  it('exits with 130 after an interruption, so that no deploy follows', async () => {
    verb.terraform.whileRunning = () => {
      verb.effects.signal();
      throw new UserError({ where: 'compute', what: 'interrupted', todo: 'run it again' });
    };
    expect(await prepare()).toMatchObject({ exitCode: 130 });
  });

  it('throws a defect', async () => {
    verb.terraform.whileRunning = () => {
      throw new TypeError('x is undefined');
    };
    expect(await prepare()).toMatchObject({ exitCode: 70 });
  });

  it('refuses a stack that violates a rule', async () => {
    const refusal = new UserError({ where: 'compute', what: 'the load balancer is public', todo: 'make it internal' });
    verb.effects.checkPolicy = () => Promise.reject(refusal);
    expect(await prepare()).toMatchObject({ exitCode: 1 });
    expect(verb.terraform.calls).toEqual([]);
  });
});
