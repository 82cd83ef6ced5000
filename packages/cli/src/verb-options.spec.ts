import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fakeWorkspace, forEachTest } from '@nightshift/stack-run/testing';
import { chosenEnvironment } from './verb-options';
import { VerbRun } from './testing/run-verb';

describe('chosenEnvironment', () => {
  const root = fakeWorkspace();
  afterAll(() => {
    rmSync(root, { recursive: true });
  });

  it('reads the file of the environment', () => {
    expect(chosenEnvironment('plan', { configuration: 'local' }, { root, env: {} })).toMatchObject({
      name: 'local',
      suffix: 'local',
      cloud: 'local',
    });
  });

  it('combines a profile with ENVIRONMENT_SUFFIX (R0.11)', () => {
    const env = { ENVIRONMENT_SUFFIX: 'pr-1' };
    expect(chosenEnvironment('plan', { configuration: 'preview' }, { root, env })).toMatchObject({
      name: 'preview',
      suffix: 'pr-1',
    });
  });

  it('treats an empty suffix as not set', () => {
    const env = { ENVIRONMENT_SUFFIX: '' };
    expect(chosenEnvironment('plan', { configuration: 'dev' }, { root, env }).suffix).toBe('dev');
  });

  it('requires an environment', () => {
    expect(() => chosenEnvironment('plan', {}, { root, env: {} })).toThrow(
      'nightshift plan: no environment specified - use -c with one of dev, local, preview',
    );
  });
});

describe('a verb on a stack', () => {
  const verb = forEachTest(() => new VerbRun());

  const directory = (suffix: string) => join(verb.effects.root, 'cdktf.out', suffix);

  it.each(['plan', 'prepare', 'deploy', 'redeploy', 'destroy --yes --ignore-dependents', 'drift', 'outputs'])(
    'synthesizes first, so that %s uses the current files',
    async (line) => {
      let synthesized = false;
      verb.effects.synthesizeUnchecked = () => {
        expect(verb.terraform.calls).toEqual([]);
        synthesized = true;
        return Promise.resolve();
      };
      expect((await verb.run(`${line} network -c dev`)).exitCode).toBe(0);
      expect(synthesized).toBe(true);
    },
  );

  it('ignores the options of deploy that Nx forwards to prepare', async () => {
    const { stdout, exitCode } = await verb.run('prepare network -c dev --refresh --yes --during-window=urgent');
    expect(stdout).toBe('network: nothing prepared: its state is not in S3 (0.0 s)\n');
    expect(exitCode).toBe(0);
  });

  it('synthesizes an ephemeral environment under its suffix', async () => {
    verb.effects.env = { ENVIRONMENT_SUFFIX: 'pr-1' };
    await verb.run('outputs network -c preview');
    expect(verb.effects.synthesized).toEqual([{ name: 'preview', suffix: 'pr-1', directory: directory('pr-1') }]);
  });

  it('does not synthesize in an Nx run, which does it once for all stacks', async () => {
    verb.effects.env = { NX_TASK_TARGET_PROJECT: 'network' };
    await verb.run('plan network -c dev');
    expect(verb.effects.synthesized).toEqual([]);
  });

  it('synthesizes in an Nx task that is not of this stack', async () => {
    verb.effects.env = { NX_TASK_TARGET_PROJECT: 'platform-e2e' };
    await verb.run('plan network -c dev');
    expect(verb.effects.synthesized).toHaveLength(1);
  });

  it('applies a saved plan with its configuration', async () => {
    await verb.run('deploy network -c dev --plan');
    expect(verb.effects.synthesized).toEqual([]);
  });

  it('fails for a saved plan if the stack is not synthesized', async () => {
    rmSync(directory('dev'), { recursive: true });
    expect((await verb.run('deploy network -c dev --plan')).stderr).toContain('dev has not been synthesized');
  });
});

it.each(['deploy', 'redeploy', 'destroy'])('%s requires a reason with text (R14.2)', async (name) => {
  const verb = new VerbRun();
  const { stderr, exitCode } = await verb.run([name, 'network', '-c', 'dev', '--during-window', ' ']);
  verb.dispose();
  expect(exitCode).toBe(1);
  expect(stderr).toBe(
    `error nightshift ${name}: --during-window has an invalid value, got   - the reason is empty; see npx nightshift ${name} --help\n`,
  );
});
