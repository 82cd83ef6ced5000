import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordFixture } from '@nightshift/release-view/testing';
import { sdkError } from '@nightshift/testing/aws';
import { nothingChanged } from './testing/fake-terraform';
import { forEachTest } from './testing/for-each-test';
import { StackVerbRun } from './testing/stack-verb-run';

const capacity = { what: 'capacity', before: 'FARGATE 100', after: 'FARGATE 30, FARGATE_SPOT 70' } as const;

describe('a release that is needed (R10.5)', () => {
  const verb = forEachTest(() => new StackVerbRun());

  const planned = (address: string) => {
    verb.terraform.summary = { ...nothingChanged, add: 1, remove: 1, hasChanges: true };
    verb.terraform.planned = {
      format_version: '1.2',
      terraform_version: '1.11.4',
      resource_changes: [
        {
          address,
          type: address.split('.')[0] ?? '',
          name: 'A',
          mode: 'managed',
          change: { actions: ['create', 'delete'], before: { cpu: 1 }, after: { cpu: 2 } },
        },
      ],
    };
  };
  const last = (text: string) => JSON.parse(text.trim().split('\n').at(-1) ?? '') as Record<string, unknown>;

  it('is reported by plan as text, in the summary and as JSON', async () => {
    planned('aws_ecs_task_definition.T');
    const { stdout, exitCode } = await verb.run('plan compute -c dev --summary summary.md');
    expect(exitCode).toBe(0);
    expect(stdout.split('\n').slice(-4)).toEqual([
      '  ! a release is needed after the deploy: npx nx run compute:release -c dev',
      '      this plan creates a new task definition; only a release deploys it to the running tasks',
      '  saved: cdktf.out/dev/stacks/compute/plan.tfplan',
      '',
    ]);
    expect(readFileSync(join(verb.effects.cwd, 'summary.md'), 'utf8')).toContain(
      '\n\n**a release is needed after the deploy**: `npx nx run compute:release -c dev`\n\n- `this plan creates',
    );
    const json = last((await verb.run('plan compute -c dev --json')).stdout);
    expect(json['release']).toMatchObject([{ need: 'a release is needed after the deploy' }]);
  });

  it('is reported by plan for deployed changes, even if nothing changes', async () => {
    verb.effects.pendingChanges = { runs: true, definition: [], service: [capacity] };
    const { stdout } = await verb.run('plan compute -c dev');
    expect(stdout).toBe(
      [
        'compute: no changes (0.0 s)',
        '  ! a release is needed: npx nx run compute:release -c dev',
        '      capacity: FARGATE 100 → FARGATE 30, FARGATE_SPOT 70',
        '  saved: cdktf.out/dev/stacks/compute/plan.tfplan',
        '',
      ].join('\n'),
    );
  });

  it('is not reported by plan without differences, for a destroy, and in other stacks', async () => {
    const plain = (stack: string, file: string) =>
      `${stack}: no changes (0.0 s)\n  saved: cdktf.out/dev/stacks/${stack}/${file}.tfplan\n`;
    expect((await verb.run('plan compute -c dev')).stdout).toBe(plain('compute', 'plan'));
    verb.effects.pendingChanges = { runs: true, definition: [], service: [capacity] };
    verb.effects.printed.stdout = '';
    expect((await verb.run('plan compute -c dev --destroy')).stdout).toBe(plain('compute', 'destroy'));
    verb.effects.printed.stdout = '';
    expect((await verb.run('plan network -c dev')).stdout).toBe(plain('network', 'plan'));
  });

  it('is preceded by the changes of the network that need the service to be replaced', async () => {
    planned('aws_subnet.S');
    const { stdout } = await verb.run('plan network -c dev');
    expect(stdout).toContain(
      '  ! the service must be replaced; neither a deploy nor a release can do that: npx nx run compute:destroy -c dev, then npx nx run-many -t deploy -c dev\n      aws_subnet.S is replaced while the service uses it\n',
    );
  });

  it('is reported by deploy', async () => {
    verb.effects.pendingChanges = { runs: true, definition: [], service: [capacity] };
    const { stdout, exitCode } = await verb.run('deploy compute -c dev');
    expect(exitCode).toBe(0);
    expect(stdout).toBe(
      'compute: no changes (0.0 s)\n  ! a release is needed: npx nx run compute:release -c dev\n      capacity: FARGATE 100 → FARGATE 30, FARGATE_SPOT 70\n',
    );
    expect(last((await verb.run('deploy compute -c dev --json')).stdout)['release']).toEqual([
      {
        need: 'a release is needed',
        command: 'npx nx run compute:release -c dev',
        reasons: ['capacity: FARGATE 100 → FARGATE 30, FARGATE_SPOT 70'],
      },
    ]);
    const file = join(verb.effects.root, 'cdktf.out/dev/stacks/compute/run.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ release: [{ need: 'a release is needed' }] });
  });

  it('is determined again by deploy if it has changed something', async () => {
    verb.effects.pendingChanges = { runs: true, definition: [], service: [capacity] };
    verb.terraform.summary = { ...nothingChanged, change: 1, hasChanges: true };
    verb.terraform.whileRunning = () => {
      verb.effects.pendingChanges = { runs: true, definition: [], service: [] };
    };
    expect((await verb.run('deploy compute -c dev')).stdout).not.toContain('a release is needed');
  });

  it('does not fail if Terraform fails', async () => {
    verb.effects.pendingChanges = new TypeError('x is undefined');
    verb.terraform.whileRunning = () => {
      throw new Error('Terraform failed');
    };
    expect((await verb.run('deploy compute -c dev')).stderr).toContain('Terraform failed');
    verb.terraform.whileRunning = () => undefined;
    verb.effects.pendingChanges = { runs: true, definition: [], service: [capacity] };
  });

  it('is reported as not known by plan if AWS does not respond', async () => {
    verb.effects.pendingChanges = sdkError('AccessDeniedException', 'not authorized to perform: ecs:DescribeServices');
    const text =
      'cannot determine whether a release is needed: what runs in dev: AWS does not allow it, got AccessDeniedException: not authorized to perform: ecs:DescribeServices - allow ecs:DescribeServices for the role that you use, then run the same command again';
    const { stdout, exitCode } = await verb.run('plan compute -c dev --summary summary.md');
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`  ! ${text}\n`);
    expect(readFileSync(join(verb.effects.cwd, 'summary.md'), 'utf8')).toContain(text);
    const json = last((await verb.run('plan compute -c dev --json')).stdout);
    expect(json['release']).toMatchObject([{ need: 'not known' }]);
  });

  it.each(['plan', 'deploy'])('%s restores the auto-scaling of a release that ended unwatched', async (name) => {
    const record = recordFixture({ startedAt: '2026-09-16T08:00:00.000Z', outcome: 'rolled-back' });
    verb.effects.remains = { kind: 'finished', record };
    const text =
      'the release of 2026-09-16T08:00:00.000Z ended while nobody watched it: rolled-back. Its record is now closed and auto-scaling is restored.';
    expect((await verb.run(`${name} network -c dev`)).stdout).not.toContain('ended while nobody watched it');
    const { stdout, exitCode } = await verb.run(`${name} compute -c dev`);
    expect(exitCode).toBe(0);
    expect(stdout).toContain(text);
  });

  it.each(['plan', 'deploy'])('%s reports suspended scale-in, and what restores it', async (name) => {
    const record = recordFixture({ startedAt: '2026-09-16T08:00:00.000Z' });
    verb.effects.remains = { kind: 'starting', record };
    expect((await verb.run(`${name} compute -c dev`)).stdout).toContain(
      'the release of 2026-09-16T08:00:00.000Z is starting, with scale-in suspended. If its command was killed, any deploy, plan, doctor or release command that runs a few minutes later restores it.',
    );
    const problem = { severity: 'warning', what: 'auto-scaling is suspended', todo: 'resume it' } as const;
    verb.effects.remains = { kind: 'suspended', problem };
    const { stdout, exitCode } = await verb.run(`${name} compute -c dev`);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('auto-scaling is suspended - resume it');
  });

  it('plan continues without the rights to restore auto-scaling, but not with a defect', async () => {
    verb.effects.remains = sdkError('AccessDeniedException', 'not authorized to perform: s3:GetObject');
    const { stdout, stderr, exitCode } = await verb.run('plan compute -c dev');
    expect(exitCode).toBe(0);
    expect(stdout + stderr).toContain(
      'cannot determine whether a release left scale-in suspended: releases of dev: AWS does not allow it, got AccessDeniedException: not authorized to perform: s3:GetObject - allow s3:GetObject for the role that you use, then run the same command again. To check it later: npx nightshift release status -c dev',
    );
    verb.effects.remains = new TypeError('x is undefined');
    expect((await verb.run('plan compute -c dev')).exitCode).toBe(70);
  });

  it('plan throws a defect', async () => {
    verb.effects.pendingChanges = new TypeError('x is undefined');
    expect((await verb.run('plan compute -c dev')).exitCode).toBe(70);
  });

  describe('destroy', () => {
    it.each([
      [['a:2'], '1 task definition deregistered'],
      [['a:2', 'a:3'], '2 task definitions deregistered'],
    ])('removes the revisions that releases registered: %j', async (arns, text) => {
      verb.effects.revisions = arns;
      expect((await verb.run('destroy compute -c dev --yes')).stdout).toBe(
        `compute: nothing to destroy (0.0 s)\n  ${text}\n`,
      );
      expect(last((await verb.run('destroy compute -c dev --yes --json')).stdout)['deregistered']).toEqual(arns);
    });

    it('deregisters nothing in other stacks', async () => {
      verb.effects.revisions = ['a:2'];
      expect((await verb.run('destroy network -c dev --yes --ignore-dependents')).stdout).toBe(
        'network: nothing to destroy (0.0 s)\n',
      );
    });

    it('fails without permission, so that it can be repeated', async () => {
      verb.effects.revisions = sdkError(
        'AccessDeniedException',
        'not authorized to perform: ecs:DeregisterTaskDefinition',
      );
      const { stderr, exitCode } = await verb.run('destroy compute -c dev --yes');
      expect(exitCode).toBe(1);
      expect(stderr).toContain('error task definitions of dev: AWS does not allow it, got');
    });
  });
});
