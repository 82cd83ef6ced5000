import { randomUUID } from 'node:crypto';
import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Synthesis } from './effects';
import { printWarnings } from './enforce-policy';
import { FakeRunEffects } from './testing/fake-effects';
import { forEachTest } from './testing/for-each-test';
import { reportOf, violationLine } from './testing/policy-report';
import { StackVerbRun } from './testing/stack-verb-run';

const refusal = `error dev: policy check failed, got 1 violation - fix it as shown, or add a waiver (docs/policy.md)
error ${violationLine} (why: Nobody could say who pays for it)
`;

describe('a violation', () => {
  const verb = forEachTest(() => new StackVerbRun());

  it.each(['plan compute -c dev', 'deploy compute -c dev', 'redeploy compute -c dev', 'deploy compute -c dev --plan'])(
    'is refused by %s, before Terraform is started',
    async (line) => {
      verb.effects.report = reportOf('error');
      expect(await verb.run(line)).toEqual({ stdout: '', stderr: refusal, exitCode: 1 });
      expect(verb.terraform.calls).toEqual([]);
    },
  );

  it.each([
    'destroy compute -c dev --yes',
    'outputs compute -c dev',
    'drift compute -c dev',
    'plan compute -c dev --destroy',
  ])('does not block %s', async (line) => {
    verb.effects.report = reportOf('error');
    await verb.run(line);
    expect(verb.terraform.calls).not.toEqual([]);
  });

  it('of severity warning is printed once, with its own stack, and blocks nothing', async () => {
    verb.effects.report = reportOf('warning');
    const { stderr } = await verb.run('plan network -c dev');
    expect(stderr).toContain(`warning ${violationLine}\n`);
    expect(verb.terraform.calls).not.toEqual([]);
  });

  it('of severity warning is not printed with another stack', async () => {
    verb.effects.report = reportOf('warning');
    const { stderr } = await verb.run('plan compute -c dev');
    expect(stderr).not.toContain('warning');
  });

  it('is found in the files of all stacks, with the named environment', async () => {
    const checked: Parameters<Synthesis['checkPolicy']>[] = [];
    verb.effects.checkPolicy = (...input) => {
      checked.push(input);
      return Promise.resolve(verb.effects.report);
    };
    writeFileSync(join(verb.effects.root, 'cdktf.out/pr-1/stacks/network/cdk.tf.json'), '{"edited":true}');
    verb.effects.env = { ENVIRONMENT_SUFFIX: 'pr-1' };
    await verb.run('plan compute -c preview');
    expect(checked).toMatchObject([
      [
        { name: 'preview', suffix: 'pr-1' },
        { network: { edited: true }, compute: { resource: { aws_vpc: {} } } },
      ],
    ]);
  });
});

it('prints the warnings of all stacks if none is named', async () => {
  const effects = new FakeRunEffects();
  await printWarnings(reportOf('warning', 'compute'), effects);
  expect(effects.printed.stderr).toContain('(compute: aws_vpc.Vpc_1A): tags-required');
});

describe('a warning about the file of the environment', () => {
  it.each(['plan', 'deploy'])('is printed by %s, once in an Nx run', async (name) => {
    const verb = new StackVerbRun();
    const { effects } = verb;
    const runId = randomUUID();
    effects.env['NIGHTSHIFT_RUN_ID'] = runId;
    appendFileSync(join(effects.root, 'environments/dev.yaml'), 'network: { cidr: 8.8.0.0/16 }\n');
    try {
      const { stderr, exitCode } = await verb.run(`${name} network -c dev`);
      expect(exitCode).toBe(0);
      expect(stderr).toBe(
        'warning environments/dev.yaml: network.cidr: is a public network: tasks cannot reach these addresses on the internet, got 8.8.0.0/16 - use a private network, unless this one is yours: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html\n',
      );
      effects.printed.stderr = '';
      expect((await verb.run(`${name} compute -c dev`)).stderr).toBe('');
    } finally {
      verb.dispose();
      rmSync(join(tmpdir(), `nightshift-notices-${runId}`), { recursive: true });
    }
  });
});
