import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sdkError } from '@nightshift/testing/aws';
import { nothingChanged } from './testing/fake-terraform';
import { forEachTest } from './testing/for-each-test';
import { StackVerbRun } from './testing/stack-verb-run';

const missing = { kind: 'missing-image', image: 'initial', repository: 'ecr-repository-dev' } as const;

const unhealthy = { kind: 'unhealthy', reason: 'task 2b stopped: out of memory', milliseconds: 600_000 } as const;

describe('the service after a deploy', () => {
  const verb = forEachTest(() => new StackVerbRun());
  beforeEach(() => {
    verb.terraform.summary = { ...nothingChanged, add: 1, hasChanges: true, outputs: { cluster_name: 'c' } };
  });

  const runFile = () =>
    JSON.parse(
      readFileSync(join(verb.effects.root, 'cdktf.out', 'dev', 'stacks', 'compute', 'run.json'), 'utf8'),
    ) as object;

  it.each(['deploy', 'redeploy'])(
    'ends %s with 3 if its image is missing, and explains how to push it',
    async (name) => {
      verb.effects.unhealthy = missing;
      const { stdout, stderr, exitCode } = await verb.run(`${name} compute -c dev`);
      expect(stdout).toContain(
        [
          'compute: 1 added, 0 changed, 0 destroyed in 0.0 s',
          '  cluster_name  c',
          '  ! deployed, but no task is healthy: image initial is not in ecr-repository-dev',
          '      push it, as docs/deployment.md describes. ECS then starts the tasks by itself; then verify: npx nx run compute:deploy -c dev',
          '',
        ].join('\n'),
      );
      expect(stderr).toBe('');
      expect(exitCode).toBe(3);
      expect(runFile()).toMatchObject({
        status: 'failed',
        add: 1,
        outputs: { cluster_name: 'c' },
        problems: [
          'deployed, but no task is healthy: image initial is not in ecr-repository-dev - push it, as docs/deployment.md describes. ' +
            'ECS then starts the tasks by itself; then verify: npx nx run compute:deploy -c dev',
        ],
      });
    },
  );

  it('suggests the push command of the local cloud', async () => {
    verb.effects.unhealthy = missing;
    const { stdout } = await verb.run('deploy compute -c local');
    expect(stdout).toContain(
      '      push it: npx nightshift local push initial -c local. ECS then starts the tasks by itself; then verify: npx nx run compute:deploy -c local\n',
    );
  });

  it('ends with 3 if no task becomes healthy, with the reason', async () => {
    verb.effects.unhealthy = unhealthy;
    const { stdout, exitCode } = await verb.run('deploy compute -c dev');
    expect(stdout).toContain('compute  waiting until a task is healthy\n');
    expect(stdout).toContain(
      [
        '  ! deployed, but no task is healthy after 10 min 00 s: task 2b stopped: out of memory',
        '      see the tasks: npx nightshift status -c dev, and fix the cause; then verify: npx nx run compute:deploy -c dev',
        '',
      ].join('\n'),
    );
    expect(exitCode).toBe(3);
  });

  it('prints exit code and problem as JSON', async () => {
    verb.effects.unhealthy = unhealthy;
    const { stdout } = await verb.run('deploy compute -c dev --json');
    const result: unknown = JSON.parse(String(stdout.trim().split('\n').at(-1)));
    expect(result).toMatchObject({ type: 'result', status: 'failed', exitCode: 3, problems: [expect.any(String)] });
  });

  it('ends with 130 if Ctrl-C ends the wait', async () => {
    verb.terraform.whileRunning = () => {
      verb.effects.signal('SIGINT');
    };
    verb.effects.unhealthy = unhealthy;
    expect((await verb.run('deploy compute -c dev')).exitCode).toBe(130);
  });

  it('is not checked for stacks without a service', async () => {
    verb.effects.unhealthy = missing;
    expect((await verb.run('deploy network -c dev')).exitCode).toBe(0);
    expect(verb.effects.keptImages).toEqual([]);
  });

  it('keeps its images in the repository (R2.2)', async () => {
    await verb.run('deploy compute -c dev');
    expect(verb.effects.keptImages).toEqual(['dev']);
  });

  it('causes no failure if AWS does not respond, but a defect does', async () => {
    verb.effects.unhealthy = sdkError('AccessDeniedException', 'not authorized to perform: ecs:DescribeServices');
    verb.effects.keepImages = sdkError('AccessDeniedException', 'not authorized to perform: ecr:PutImage');
    const { stdout, stderr, exitCode } = await verb.run('deploy compute -c dev');
    const denied = 'service of dev: AWS does not allow it, got AccessDeniedException: not authorized to perform:';
    expect(stdout + stderr).toContain(`cannot check whether a task is healthy: ${denied} ecs:DescribeServices`);
    expect(stdout + stderr).toContain(`cannot keep the images in use: ${denied} ecr:PutImage`);
    expect(exitCode).toBe(0);
    verb.effects.unhealthy = new TypeError('x is undefined');
    expect((await verb.run('deploy compute -c dev')).exitCode).toBe(70);
  });
});
