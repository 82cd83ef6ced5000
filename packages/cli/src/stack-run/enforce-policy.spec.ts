import { randomUUID } from 'node:crypto';
import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import type { Synthesis } from '../effects';
import { verbs } from '../program';
import { FakeEffects } from '../testing/fake-effects';
import { reportOf, violationLine } from '../testing/policy-report';
import { VerbRun } from '../testing/run-verb';

const refusal = `error dev: policy check failed, got 1 violation - fix it as shown, or add a waiver (docs/policy.md)
error ${violationLine} (why: Nobody could say who pays for it)
`;

describe('a violation', () => {
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

  it('is in the JSON result', async () => {
    verb.effects.report = reportOf('error');
    const { stdout } = await verb.run('deploy compute -c dev --json');
    expect(JSON.parse(stdout)).toMatchObject({
      type: 'result',
      status: 'failed',
      problems: [expect.stringMatching(/^dev: policy check failed, /), expect.stringContaining('tags-required')],
      exitCode: 1,
    });
  });

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

type Refusing = 'plan' | 'deploy' | 'redeploy';

/** Every option of a verb, as a user types it, except `plan --destroy`, which plans nothing to keep. */
async function optionsOf(name: Refusing): Promise<string[]> {
  const command = new Command(name);
  (await verbs[name].load()).register(command, new FakeEffects());
  const others = command.options.filter(({ long }) => long !== '--configuration' && long !== '--destroy');
  return others.map(({ long, required }) => (required ? `${String(long)}=x` : String(long)));
}

describe('only a waiver in the environment file bypasses a rule', () => {
  it.each(['plan', 'deploy', 'redeploy'] as const)('no option of %s does', async (name) => {
    const options = await optionsOf(name);
    expect(options).toContain('--json');
    for (const given of ['', ...options, options.join(' ')]) {
      const verb = new VerbRun();
      verb.effects.report = reportOf('error');
      try {
        expect([given, (await verb.run(`${name} network -c dev ${given}`)).exitCode]).toEqual([given, 1]);
        expect(verb.terraform.calls).toEqual([]);
      } finally {
        verb.dispose();
      }
    }
  });

  it.each(['plan', 'deploy'])('no variable does: %s reads none that could before it refuses', async (name) => {
    const verb = new VerbRun();
    const read = new Set<PropertyKey>();
    verb.effects.env = new Proxy<Record<string, string | undefined>>(
      {},
      {
        get: (_, variable) => {
          read.add(variable);
          return variable === 'ENVIRONMENT_SUFFIX' ? undefined : 'true';
        },
      },
    );
    verb.effects.report = reportOf('error');
    try {
      expect((await verb.run(`${name} network -c dev`)).exitCode).toBe(1);
      // The second one says that Nx has synthesized. Whatever was written is checked. The third one is read when the error is printed.
      expect([...read]).toEqual(['ENVIRONMENT_SUFFIX', 'NX_TASK_TARGET_PROJECT', 'NIGHTSHIFT_RUN_ID']);
    } finally {
      verb.dispose();
    }
  });
});

describe('a warning about the file of the environment', () => {
  it.each(['plan', 'deploy'])('is printed by %s, once in an Nx run', async (name) => {
    const verb = new VerbRun();
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
