import { Command } from 'commander';
import { FakeEffects } from '../testing/fake-effects';
import { reportOf } from '../testing/policy-report';
import { VerbRun } from '../testing/run-verb';
import { verbs } from '../verb-table';

type Refusing = 'plan' | 'deploy' | 'redeploy';

/** Every option that a verb has, as it is typed; but `plan --destroy`, which plans nothing to keep. */
async function optionsOf(name: Refusing): Promise<string[]> {
  const command = new Command(name);
  (await verbs[name].load()).register(command, new FakeEffects());
  const others = command.options.filter(({ long }) => long !== '--configuration' && long !== '--destroy');
  return others.map(({ long, required }) => (required ? `${String(long)}=x` : String(long)));
}

describe('round a rule there is no way but a waiver in the environment file', () => {
  it.each(['plan', 'deploy', 'redeploy'] as const)('no option of %s is one', async (name) => {
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

  it.each(['plan', 'deploy'])('no variable is one: %s reads none but the suffix before it refuses', async (name) => {
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
      expect([...read]).toEqual(['ENVIRONMENT_SUFFIX']);
    } finally {
      verb.dispose();
    }
  });
});
