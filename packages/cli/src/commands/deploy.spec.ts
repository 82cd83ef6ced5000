import { rmSync } from 'node:fs';
import { fakeWorkspace, reportOf } from '@nightshift/stack-run/testing';
import { FakeAws, FakeBucket } from '@nightshift/state-bucket/testing';
import { Command } from 'commander';
import { verbs } from '../program';
import { register as registerDeploy } from './deploy';
import { register as registerRedeploy } from './redeploy';
import { VerbRun } from '../testing/run-verb';
import { FakeEffects } from '../testing/fake-effects';

type Refusing = 'plan' | 'deploy' | 'redeploy';

/** Every option of a verb, as a user types it, except `plan --destroy`, which skips the policy check. */
async function optionsOf(name: Refusing): Promise<string[]> {
  const command = new Command(name);
  (await verbs[name].load()).register(command, new FakeEffects());
  const others = command.options.filter(
    ({ long, hidden }) => !hidden && long !== '--configuration' && long !== '--destroy',
  );
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

  it.each(['plan', 'deploy'])('no variable does: %s reads no such variable before it refuses', async (name) => {
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
      // The second one shows that Nx has synthesized; the command checks the files in any case. It reads the third one when it prints the error.
      expect([...read]).toEqual(['ENVIRONMENT_SUFFIX', 'NX_TASK_TARGET_PROJECT', 'NIGHTSHIFT_RUN_ID']);
    } finally {
      verb.dispose();
    }
  });
});

it('reports a violation in the JSON result', async () => {
  const verb = new VerbRun();
  verb.effects.report = reportOf('error');
  const { stdout } = await verb.run('deploy compute -c dev --json');
  verb.dispose();
  expect(JSON.parse(stdout)).toMatchObject({
    type: 'result',
    status: 'failed',
    problems: [expect.stringMatching(/^dev: policy check failed, /), expect.stringContaining('tags-required')],
    exitCode: 1,
  });
});

it.each([
  ['deploy', registerDeploy],
  ['redeploy', registerRedeploy],
])('%s --ask-for asks once for a whole Nx run, and deploys nothing', async (name, register) => {
  const aws = new FakeAws();
  aws.s3.buckets.set('s3-tfstate-nightshift-dev', new FakeBucket());
  const effects = Object.assign(new FakeEffects(), { root: fakeWorkspace() });
  const command = new Command(name).exitOverride();
  register(command, effects, () => Promise.resolve(aws.clients));
  await command.parseAsync(['-c', 'dev', '--ask-for'], { from: 'user' });
  rmSync(effects.root, { recursive: true });
  expect(effects.synthesized).toHaveLength(1);
  expect(effects.played.calls).toEqual([]);
});
