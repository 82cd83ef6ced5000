import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Effects } from '../effects';
import { reportOf, violationLine } from '../testing/policy-report';
import { VerbRun } from '../testing/run-verb';

const refusal = `error dev: what was synthesized breaks rules that refuse it, got 1 violation - mend each as it says, or waive it for a while (docs/policy.md), and synthesize again
error ${violationLine} (why: Nobody could say who pays for it)
`;

describe('what breaks a rule', () => {
  let verb: VerbRun;
  beforeEach(() => {
    verb = new VerbRun();
  });
  afterEach(() => {
    verb.dispose();
  });

  it.each(['plan compute -c dev', 'deploy compute -c dev', 'redeploy compute -c dev', 'deploy compute -c dev --plan'])(
    'is refused by %s, before Terraform is started',
    async (line) => {
      verb.effects.report = reportOf('error');
      expect(await verb.run(line)).toEqual({ stdout: '', stderr: refusal, exitCode: 1 });
      expect(verb.terraform.calls).toEqual([]);
    },
  );

  it('is told to programs too', async () => {
    verb.effects.report = reportOf('error');
    const { stdout } = await verb.run('deploy compute -c dev --json');
    expect(JSON.parse(stdout)).toMatchObject({
      type: 'result',
      status: 'failed',
      problems: [
        expect.stringMatching(/^dev: what was synthesized breaks rules/),
        expect.stringContaining('tags-required'),
      ],
      exitCode: 1,
    });
  });

  it.each([
    'destroy compute -c dev --yes',
    'outputs compute -c dev',
    'drift compute -c dev',
    'plan compute -c dev --destroy',
  ])('does not keep %s from its work', async (line) => {
    verb.effects.report = reportOf('error');
    await verb.run(line);
    expect(verb.terraform.calls).not.toEqual([]);
  });

  it('is shown and goes on where it is a warning, once: with the stack that it is in', async () => {
    verb.effects.report = reportOf('warning');
    const { stderr } = await verb.run('plan network -c dev');
    expect(stderr).toContain(`warning ${violationLine}\n`);
    expect(verb.terraform.calls).not.toEqual([]);
  });

  it('is not shown with another stack where it is a warning', async () => {
    verb.effects.report = reportOf('warning');
    const { stderr } = await verb.run('plan compute -c dev');
    expect(stderr).not.toContain('warning');
  });

  it('is looked for in all stacks as they lie there, with the environment that is named', async () => {
    const judged: Parameters<Effects['judge']>[] = [];
    verb.effects.judge = (...input) => {
      judged.push(input);
      return Promise.resolve(verb.effects.report);
    };
    writeFileSync(join(verb.effects.root, 'cdktf.out/pr-1/stacks/network/cdk.tf.json'), '{"edited":true}');
    verb.effects.env = { ENVIRONMENT_SUFFIX: 'pr-1' };
    await verb.run('plan compute -c preview');
    expect(judged).toMatchObject([
      [
        { name: 'preview', suffix: 'pr-1' },
        { network: { edited: true }, compute: { resource: { aws_vpc: {} } } },
      ],
    ]);
  });
});
