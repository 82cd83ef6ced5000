import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sdkError } from '@nightshift/testing/aws';
import { nothingChanged } from './testing/fake-terraform';
import { StackVerbRun } from './testing/stack-verb-run';

const NAME = '/aws/ecs/containerinsights/ecs-cluster-dev/performance';

const denied = sdkError('AccessDeniedException', 'not authorized to perform: logs:DescribeLogGroups');

describe('the log group of Container Insights (R0.10)', () => {
  let verb: StackVerbRun;
  const file = () => join(verb.effects.root, 'cdktf.out', 'dev', 'stacks', 'compute', 'import.tf.json');
  let during: unknown;
  beforeEach(() => {
    verb = new StackVerbRun();
    during = undefined;
    verb.terraform.whileRunning = () => {
      during = existsSync(file()) ? JSON.parse(readFileSync(file(), 'utf8')) : undefined;
    };
  });
  afterEach(() => {
    verb.dispose();
  });

  it.each(['deploy', 'redeploy', 'plan'])('is adopted by %s if an earlier deployment left it', async (name) => {
    verb.effects.strayLogGroup = NAME;
    const { stdout, exitCode } = await verb.run(`${name} compute -c dev`);
    expect(stdout).toContain(`adopting log group ${NAME}, which Container Insights created after the last destroy`);
    expect(during).toEqual({ import: [{ to: 'aws_cloudwatch_log_group.Logs_Insights_1A', id: NAME }] });
    expect(existsSync(file())).toBe(false);
    expect(exitCode).toBe(0);
  });

  it('is not adopted by a destroy', async () => {
    verb.effects.strayLogGroup = NAME;
    await verb.run('plan compute -c dev --destroy');
    expect(during).toBeUndefined();
  });

  it.each([
    ['it is not there', 'compute', undefined],
    ['the stack does not have it', 'compute', '/aws/other'],
    ['the stack has no service', 'network', NAME],
  ])('is not adopted if %s', async (_, stack, found) => {
    verb.effects.strayLogGroup = found;
    expect((await verb.run(`deploy ${stack} -c dev`)).stdout).not.toContain('adopting');
    expect(during).toBeUndefined();
  });

  it('causes no failure if AWS does not respond, but a defect does', async () => {
    verb.effects.strayLogGroup = denied;
    const { stdout, stderr, exitCode } = await verb.run('deploy compute -c dev');
    expect(stdout + stderr).toContain(
      'cannot look for a log group of Container Insights: log groups of dev: AWS does not allow it, got AccessDeniedException: not authorized to perform: logs:DescribeLogGroups',
    );
    expect(exitCode).toBe(0);
    verb.effects.strayLogGroup = new TypeError('x is undefined');
    expect((await verb.run('deploy compute -c dev')).exitCode).toBe(70);
  });

  it('is deleted after a destroy, which waits until AWS has created it again', async () => {
    verb.effects.lateLogGroup = true;
    verb.terraform.summary = { ...nothingChanged, remove: 1, hasChanges: true };
    const { stdout } = await verb.run('destroy compute -c dev --yes');
    expect(stdout).toContain('waiting for the last metrics of Container Insights, which create its log group again');
    expect(stdout).toMatch(/\n {2}log group of Container Insights deleted again\n$/);
    expect(verb.effects.swept).toEqual([true]);
  });

  it('is deleted once if nothing was destroyed, and never for another stack', async () => {
    expect((await verb.run('destroy compute -c dev --yes')).stdout).toBe('compute: nothing to destroy (0.0 s)\n');
    expect(verb.effects.swept).toEqual([false]);
    await verb.run('destroy network -c dev --yes --ignore-dependents');
    expect(verb.effects.swept).toEqual([false]);
  });

  it('fails the destroy if it cannot be deleted, so that it can be repeated', async () => {
    verb.effects.lateLogGroup = sdkError('AccessDeniedException', 'not authorized to perform: logs:DeleteLogGroup');
    const { stderr, exitCode } = await verb.run('destroy compute -c dev --yes');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('error log groups of dev: AWS does not allow it, got');
  });
});
