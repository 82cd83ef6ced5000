import { synthTarget } from './synth-target';

const target = synthTarget({ environments: ['dev', 'preview'], suffix: undefined });

describe('the synth target', () => {
  it('runs the command in the environment that the configuration names', () => {
    expect(target).toMatchObject({
      executor: 'nx:run-commands',
      options: { command: 'node packages/cli/bin/nightshift.mjs synth', forwardAllArgs: false },
      configurations: { dev: { command: 'node packages/cli/bin/nightshift.mjs synth -c dev', suffix: 'dev' } },
    });
  });

  it('keeps the files that it writes, and no folder in which Terraform keeps its own', () => {
    expect(target).toMatchObject({
      cache: true,
      outputs: [
        '{workspaceRoot}/cdktf.out/{options.suffix}/manifest.json',
        '{workspaceRoot}/cdktf.out/{options.suffix}/stacks/*/cdk.tf.json',
      ],
    });
  });

  it('is done again when anything that decides has changed, the day included: waivers end', () => {
    expect(target.inputs).toEqual([
      'production',
      '^production',
      { input: 'production', projects: ['cli'] },
      '{workspaceRoot}/environments/*.yaml',
      '{workspaceRoot}/cdktf.json',
      { env: 'ENVIRONMENT_SUFFIX' },
      { env: 'NIGHTSHIFT_DAY' },
    ]);
  });

  it('can skip the policy check', () => {
    const unchecked = synthTarget({ environments: ['dev'], suffix: undefined, skipPolicy: true });
    expect(unchecked).toMatchObject({
      options: { command: 'node packages/cli/bin/nightshift.mjs synth --skip-policy' },
      configurations: {
        dev: { command: 'node packages/cli/bin/nightshift.mjs synth --skip-policy -c dev', suffix: 'dev' },
      },
      outputs: target.outputs,
      metadata: {
        description:
          'Writes the configuration even if it violates a rule, to inspect or destroy it. plan and deploy still refuse it.',
      },
    });
  });

  it('writes where the suffix of an ephemeral environment says', () => {
    expect(synthTarget({ environments: ['preview'], suffix: 'pr-123' })).toMatchObject({
      configurations: { preview: { suffix: 'pr-123' } },
    });
  });
});
