import type { TargetConfiguration } from '@nx/devkit';
import { commands } from './stack-targets';

export interface SynthTargetProps {
  readonly environments: readonly string[];
  /** The suffix of an ephemeral environment. @default - the environment's name */
  readonly suffix: string | undefined;
  /** Writes the configuration even if it violates a rule. @default false */
  readonly skipPolicy?: boolean;
}

/** The variable that holds today's date, `2026-01-31`. The command does not read it: it looks at the clock. */
export const DAY = 'NIGHTSHIFT_DAY';

/**
 * Writes `cdktf.out/<suffix>`. The only target with a cache, with and without a policy check: its outputs are the files that it writes and no folder, as
 * Nx removes old outputs before it restores kept ones, and Terraform's files lie beside them.
 */
export function synthTarget({ environments, suffix, skipPolicy = false }: SynthTargetProps): TargetConfiguration {
  const verb = `node packages/cli/bin/nightshift.mjs synth${skipPolicy ? ' --skip-policy' : ''}`;
  const { executor, options, configurations } = commands(verb, environments);
  return {
    executor,
    // Nx would append what it does not know, such as `suffix`, to the command.
    options: { ...options, forwardAllArgs: false },
    configurations: Object.fromEntries(
      Object.entries(configurations).map(([name, command]) => [name, { ...command, suffix: suffix ?? name }]),
    ),
    cache: true,
    inputs: [
      'production',
      '^production',
      { input: 'production', projects: ['cli'] },
      '{workspaceRoot}/environments/*.yaml',
      '{workspaceRoot}/cdktf.json',
      { env: 'ENVIRONMENT_SUFFIX' },
      // What is written stays the same, but waivers end: what was allowed yesterday may be refused today.
      { env: DAY },
    ],
    outputs: ['manifest.json', 'stacks/*/cdk.tf.json'].map(
      (file) => `{workspaceRoot}/cdktf.out/{options.suffix}/${file}`,
    ),
    metadata: {
      description: skipPolicy
        ? 'Writes the configuration even if it violates a rule, to inspect or destroy it. plan and deploy still refuse it.'
        : 'Writes the Terraform configuration of all stacks of an environment to cdktf.out/<suffix>.',
      technologies: ['cdktf'],
      help: { command: 'npx nightshift synth --help', example: {} },
    },
  };
}
