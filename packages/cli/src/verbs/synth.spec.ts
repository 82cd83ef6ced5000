import { join } from 'node:path';
import { reportOf, violationLine } from '../testing/policy-report';
import { VerbRun } from '../testing/run-verb';

describe('synth', () => {
  let verb: VerbRun;
  beforeEach(() => {
    verb = new VerbRun();
  });
  afterEach(() => {
    verb.dispose();
  });

  it('writes all stacks of the environment to a directory of its own', async () => {
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

  it('gives programs a result', async () => {
    const { stdout } = await verb.run('synth -c dev --json');
    expect(JSON.parse(stdout)).toEqual({
      type: 'result',
      verb: 'synth',
      environment: 'dev',
      suffix: 'dev',
      status: 'succeeded',
      directory: 'cdktf.out/dev',
      stacks: ['network', 'compute'],
      seconds: 0.2,
      exitCode: 0,
    });
  });

  it('shows what breaks a rule that only warns', async () => {
    verb.effects.report = reportOf('warning');
    const { stdout, stderr } = await verb.run('synth -c dev');
    expect(stderr).toBe(`warning ${violationLine}\n`);
    expect(stdout).toBe('dev: network, compute written to cdktf.out/dev (0.2 s)\n');
  });

  it('writes what breaks a rule where it is asked to, and plan and deploy refuse it still (R0.10)', async () => {
    verb.effects.report = reportOf('error');
    const { stdout, stderr } = await verb.run('synth -c dev --skip-policy');
    expect([stdout, stderr]).toEqual(['dev: network, compute written to cdktf.out/dev (0.0 s)\n', '']);
    expect(verb.effects.unchecked).toEqual([join(verb.effects.root, 'cdktf.out/dev')]);
    for (const refusing of ['plan', 'deploy']) {
      expect((await verb.run(`${refusing} network -c dev`)).exitCode).toBe(1);
    }
    expect(verb.terraform.calls).toEqual([]);
  });

  it('needs the name of an environment', async () => {
    expect((await verb.run('synth')).stderr).toBe(
      'error nightshift synth: no environment is named - add -c and one of dev, local, preview\n',
    );
  });
});
