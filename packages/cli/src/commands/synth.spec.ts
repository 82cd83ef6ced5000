import { join } from 'node:path';
import { UserError } from '@nightshift/errors';
import { reportOf, violationLine, forEachTest } from '@nightshift/stack-run/testing';
import { VerbRun } from '../testing/run-verb';
import { stackError } from './synth';

describe('synth', () => {
  const verb = forEachTest(() => new VerbRun());

  it('writes all stacks of the environment to its own directory', async () => {
    expect(await verb.run('synth -c dev')).toEqual({
      stdout: 'dev: network, compute written to cdktf.out/dev (0.2 s)\n',
      stderr: '',
      exitCode: undefined,
    });
    expect(verb.effects.synthesized).toEqual([
      { name: 'dev', suffix: 'dev', directory: join(verb.effects.root, 'cdktf.out/dev') },
    ]);
  });

  it('writes an ephemeral environment under its suffix (R0.11)', async () => {
    verb.effects.env = { ENVIRONMENT_SUFFIX: 'pr-1' };
    await verb.run('synth -c preview');
    expect(verb.effects.synthesized).toEqual([
      { name: 'preview', suffix: 'pr-1', directory: join(verb.effects.root, 'cdktf.out/pr-1') },
    ]);
  });

  it('prints a JSON result', async () => {
    const { stdout } = await verb.run('synth -c dev --json');
    expect(JSON.parse(stdout)).toEqual({
      type: 'result',
      verb: 'synth',
      environment: 'dev',
      suffix: 'dev',
      status: 'succeeded',
      problems: [],
      directory: 'cdktf.out/dev',
      stacks: ['network', 'compute'],
      seconds: 0.2,
      exitCode: 0,
    });
  });

  it('shows violations of severity warning', async () => {
    verb.effects.report = reportOf('warning');
    const { stdout, stderr } = await verb.run('synth -c dev');
    expect(stderr).toBe(`warning ${violationLine}\n`);
    expect(stdout).toBe('dev: network, compute written to cdktf.out/dev (0.2 s)\n');
  });

  it('writes violations with --skip-policy, which plan and deploy still refuse (R0.10)', async () => {
    verb.effects.report = reportOf('error');
    const { stdout, stderr } = await verb.run('synth -c dev --skip-policy');
    expect([stdout, stderr]).toEqual(['dev: network, compute written to cdktf.out/dev (0.0 s)\n', '']);
    expect(verb.effects.unchecked).toEqual([join(verb.effects.root, 'cdktf.out/dev')]);
    for (const refusing of ['plan', 'deploy']) {
      expect((await verb.run(`${refusing} network -c dev`)).exitCode).toBe(1);
    }
    expect(verb.terraform.calls).toEqual([]);
  });

  it('requires an environment', async () => {
    expect((await verb.run('synth')).stderr).toBe(
      'error nightshift synth: no environment specified - use -c with one of dev, local, preview\n',
    );
  });
});

const thrown = (message: string, ...frames: string[]) =>
  Object.assign(new Error(message), { stack: [`Error: ${message}`, ...frames].join('\n    at ') });

const asTheUserReads = (error: unknown) => {
  const known = stackError(error, (trace) => trace.replace('bundle.cjs:9', 'apps/network/src/vpc.ts:3:5'));
  expect(known).toBeInstanceOf(UserError);
  return (known as UserError).message;
};

describe('an error in the stacks', () => {
  it('is shown with the position in the stack that caused it', () => {
    const error = thrown(
      "names: 'x' is not a resource\n  type",
      'nameOf (packages/naming/src/names.ts:1:2)',
      'bundle.cjs:9',
    );
    expect(asTheUserReads(error)).toBe(
      "apps/network/src/vpc.ts:3:5: names: 'x' is not a resource type - correct the source",
    );
  });

  it('is shown with the position in a package if no stack is in the stack trace', () => {
    expect(asTheUserReads(thrown('oops', 'visit (/ws/packages/aspects/src/apply-tags.ts:8:1)'))).toBe(
      'packages/aspects/src/apply-tags.ts:8:1: oops - correct the source',
    );
  });

  it('can be without a position', () => {
    const error = Object.assign(new Error('oops'), { stack: undefined });
    expect(asTheUserReads(error)).toBe('apps/platform: oops - correct the source');
  });

  it('is reported for each construct that CDKTF names', () => {
    const message =
      'Encountered Annotations with level "ERROR":\n[network/Vpc] too large\n[network] no outputs\n\nEither fix the issues above, or set the environment variable';
    expect(asTheUserReads(thrown(message))).toBe(
      'network/Vpc: too large - correct the construct\nnetwork: no outputs - correct the construct',
    );
  });

  it('keeps errors of rules and of the compiler, which have their own copy of UserError', () => {
    const problem = { where: 'apps/network/src/a.ts:1:2', what: 'Unexpected "x"', todo: 'correct the source' };
    expect(asTheUserReads(Object.assign(new Error('Build failed'), { problems: [problem, problem] }))).toBe(
      'apps/network/src/a.ts:1:2: Unexpected "x" - correct the source\napps/network/src/a.ts:1:2: Unexpected "x" - correct the source',
    );
  });

  it.each(['text', Object.assign(new Error('EROFS'), { syscall: 'open' })])('does not include %s', (other) => {
    expect(stackError(other, String)).toBe(other);
  });
});
