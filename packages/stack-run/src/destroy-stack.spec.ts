import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentFixture } from '@nightshift/testing/environment';
import { FakeBucket } from '@nightshift/state-bucket/testing';
import { confirmDestroyRun } from './confirm-destroy';
import { typesLine } from './destroy-stack';
import { nothingChanged } from './testing/fake-terraform';
import { StackVerbRun } from './testing/stack-verb-run';

const BUCKET = 's3-tfstate-nightshift-dev';

/** `nightshift destroy` in a workspace in which compute reads values of network. */
class DestroyRun extends StackVerbRun {
  constructor() {
    super();
    this.aws.s3.buckets.set(BUCKET, new FakeBucket());
    this.terraform.summary = { ...nothingChanged, remove: 2, hasChanges: true };
    this.terraform.meanwhile = (emit) => {
      for (const address of ['aws_vpc.Vpc_1A', 'aws_subnet.B']) {
        emit({ type: 'resource', status: 'start', address, action: 'delete', elapsedSeconds: 0 });
        emit({ type: 'resource', status: 'done', address, action: 'delete', elapsedSeconds: 0 });
      }
    };
  }

  get stdout() {
    return this.effects.printed.stdout;
  }

  /** Stores the state of a stack with so many resources. */
  deployed(stack: string, count: number, ...others: readonly object[]): void {
    const resources = [{ mode: 'managed', type: 'aws_vpc', instances: Array.from({ length: count }, () => ({})) }];
    const state = { version: 4, serial: 1, outputs: {}, resources: [...resources, ...others] };
    this.aws.s3.bucket(BUCKET).put(`dev/${stack}.tfstate`, JSON.stringify(state));
  }

  /** @returns why it was refused, if it was. */
  async destroy(line: string): Promise<string | undefined> {
    return await this.act(`destroy ${line}`).then(
      () => undefined,
      (error: unknown) => (error as Error).message,
    );
  }
}

let run: DestroyRun;

beforeEach(() => {
  run = new DestroyRun();
});

afterEach(() => {
  run.dispose();
});

describe('destroy', () => {
  it('removes the stack and says what is gone (R0.10)', async () => {
    expect(await run.destroy('network --yes')).toBeUndefined();
    expect(run.stdout).toBe(
      [
        'network  - Vpc  aws_vpc  0.0 s',
        'network  - aws_subnet.B  0.0 s',
        'network: 0 added, 0 changed, 2 destroyed in 0.0 s',
        '  1 aws_subnet, 1 aws_vpc',
        '',
      ].join('\n'),
    );
    expect(run.terraform.calls).toEqual([['init'], ['destroy']]);
    expect(run.effects.questions).toEqual([]);
  });

  it('says so where there was nothing', async () => {
    run.terraform.summary = nothingChanged;
    run.terraform.meanwhile = () => undefined;
    await run.destroy('network -y');
    expect(run.stdout).toBe('network: nothing to destroy (0.0 s)\n');
  });

  it('gives programs the addresses', async () => {
    await run.destroy('network --json --yes');
    expect(JSON.parse(run.stdout.trim().split('\n').at(-1) ?? '')).toMatchObject({
      type: 'result',
      remove: 2,
      removed: ['aws_vpc.Vpc_1A', 'aws_subnet.B'],
      outputs: {},
    });
  });

  it('needs --yes where nobody can answer', async () => {
    expect(await run.destroy('network')).toBe(
      'nightshift destroy network: confirmation required, but there is no terminal - add --yes',
    );
    expect(run.terraform.calls).toEqual([]);
  });

  it('goes on below Nx where the plugin has asked for this run', async () => {
    run.effects.env = { NIGHTSHIFT_RUN_ID: '42', NIGHTSHIFT_CONFIRMED: '42' };
    expect(await run.destroy('network')).toBeUndefined();
    expect(run.terraform.calls).toContainEqual(['destroy']);
  });

  it.each([
    { NIGHTSHIFT_RUN_ID: '42' },
    { NIGHTSHIFT_CONFIRMED: '42' },
    { NIGHTSHIFT_CONFIRMED: '' },
    { NIGHTSHIFT_RUN_ID: '43', NIGHTSHIFT_CONFIRMED: '42' },
  ])('takes no other run for it: %j', async (env) => {
    run.effects.env = env;
    expect(await run.destroy('network')).toContain('add --yes');
  });
});

describe('destroy of a stack that others depend on', () => {
  beforeEach(() => {
    run.deployed('network', 51);
  });

  it('is refused while those are deployed', async () => {
    run.deployed('compute', 37);
    expect(await run.destroy('network --yes')).toBe(
      'nightshift destroy network: stacks that depend on network are still deployed, got compute (37 resources) - destroy them first (npx nx run network:destroy -c dev does), or add --ignore-dependents',
    );
    expect(run.terraform.calls).toEqual([]);
  });

  it('is done when their states hold nothing any more, and when that does not matter', async () => {
    run.deployed('compute', 0);
    expect(await run.destroy('network --yes')).toBeUndefined();
    run.deployed('compute', 1);
    expect(await run.destroy('network --yes --ignore-dependents')).toBeUndefined();
    expect(run.terraform.calls).toHaveLength(4);
  });

  it('is refused where the states cannot be read', async () => {
    const denied = Object.assign(new Error('no'), { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
    run.aws.failures.set('ListObjectsV2', denied);
    expect(await run.destroy('network --yes')).toMatch(/^state bucket s3-tfstate-nightshift-dev: /);
    expect(run.terraform.calls).toEqual([]);
  });

  it('leaves it to Terraform to explain that there is no state bucket', async () => {
    run.aws.s3.buckets.clear();
    expect(await run.destroy('network --yes')).toBeUndefined();
  });

  it('asks no state of AWS for a stack that nothing depends on', async () => {
    expect(await run.destroy('compute --yes')).toBeUndefined();
    expect(run.aws.calls).toEqual([]);
  });
});

describe('destroy at a terminal', () => {
  beforeEach(() => {
    run.effects.interactive = true;
    run.deployed('network', 50, {
      mode: 'managed',
      type: 'aws_cloudwatch_log_group',
      instances: [{ attributes: { id: '/vpc/flow-log' } }],
    });
  });

  it('says how much is lost and asks for the name of the environment', async () => {
    run.effects.answer = ' dev ';
    expect(await run.destroy('network')).toBeUndefined();
    expect(run.stdout).toMatch(/^ {2}data that will be lost:\n {4}log group \/vpc\/flow-log\n/);
    expect(run.effects.questions).toEqual(['This destroys 51 resources of network in dev. Type dev to continue: ']);
    expect(run.terraform.calls).toContainEqual(['destroy']);
  });

  it('destroys nothing when something else is typed', async () => {
    run.effects.answer = 'yes';
    expect(await run.destroy('network')).toBe(
      'nightshift destroy: not confirmed; nothing was destroyed, got yes - type dev, or add --yes',
    );
    expect(run.terraform.calls).toEqual([]);
  });

  it('names dependents that stay and the processing window that is open', async () => {
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
        '    log group /vpc/flow-log',
        '  processing window night is open until Wed 06:00 UTC (in 6 h 0 min)',
        '',
      ].join('\n'),
    );
  });

  it('does not ask with --yes', async () => {
    expect(await run.destroy('network --yes')).toBeUndefined();
    expect(run.effects.questions).toEqual([]);
  });
});

describe('the question for a whole run of Nx', () => {
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

  it('names the stacks that hold resources, and destroys nothing itself', async () => {
    await ask();
    expect(run.effects.unchecked).toEqual([join(run.effects.root, 'cdktf.out/dev')]);
    expect(run.effects.questions).toEqual([
      'This destroys 88 resources of network, compute in dev. Type dev to continue: ',
    ]);
    expect(run.terraform.calls).toEqual([]);
  });

  it('names what depends on the stacks as well: Nx destroys that first', async () => {
    await ask('network');
    await ask('compute');
    expect(run.effects.questions).toEqual([
      'This destroys 88 resources of compute, network in dev. Type dev to continue: ',
      'This destroys 37 resources of compute in dev. Type dev to continue: ',
    ]);
  });

  it('names all where nothing is deployed', async () => {
    run.aws.s3.bucket(BUCKET).objects.clear();
    await ask();
    expect(run.effects.questions).toEqual([
      'This destroys 0 resources of network, compute in dev. Type dev to continue: ',
    ]);
  });

  it('is not asked without a terminal', async () => {
    run.effects.interactive = false;
    await expect(ask()).rejects.toThrow(
      'nightshift destroy: confirmation required, but there is no terminal - add --yes',
    );
  });
});

describe('what was removed', () => {
  it('is counted by type, most first', () => {
    expect(typesLine(['aws_vpc.A', 'aws_subnet.B', 'aws_eip.D', 'aws_subnet.C'])).toEqual([
      '  2 aws_subnet, 1 aws_eip, 1 aws_vpc',
    ]);
  });

  it('may be nothing', () => {
    expect(typesLine([])).toEqual([]);
  });
});
