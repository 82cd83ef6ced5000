import { join, relative, resolve } from 'node:path';
import { type Environment, listEnvironments, loadEnvironment, requestedSuffix } from '@nightshift/config';
import { UserError } from '@nightshift/errors';
import type { Model, Subject } from '@nightshift/policy';
import type { Command } from 'commander';
import type { Directories } from '@nightshift/stack-run';
import { addConfigurationOption, chosenEnvironment, type ConfigurationOption } from '../../verb-options';
import type { ProcessVariables } from '@nightshift/aws-access';
import type { CheckedSynthesis } from '../../effects';

/** The default suffix of a profile. */
const SAMPLE_SUFFIX = 'pr-1';

export interface PolicyInputOptions extends ConfigurationOption {
  readonly all?: boolean;
  readonly stacks?: string;
  readonly plan?: string;
}

/** Infrastructure to check, or to compute network paths in. */
export interface PolicyInput {
  /** Display name: `dev`, `preview as pr-1`, or the directory or file as entered. */
  readonly name: string;
  readonly model: Model;
  /** The environment whose waivers apply. @default - no waivers */
  readonly environment?: Environment;
  /** The file of a resource, relative to the workspace. */
  readonly fileOf: (subject: Subject) => string;
}

/** The options that name the input; the user gives exactly one. */
export function addPolicyInputOptions(command: Command): Command {
  return addConfigurationOption(command)
    .option('--stacks <directory>', 'check a directory of synthesized stacks, such as cdktf.out/dev')
    .option('--plan <file>', 'check a Terraform plan in JSON: the output of terraform show -json <plan>');
}

/** The given options, as entered. */
export function selectedInputs({ configuration, all, stacks, plan }: PolicyInputOptions): readonly string[] {
  return [
    ...(configuration === undefined ? [] : [`-c ${configuration}`]),
    ...(all ? ['--all'] : []),
    ...(stacks === undefined ? [] : [`--stacks ${stacks}`]),
    ...(plan === undefined ? [] : [`--plan ${plan}`]),
  ];
}

/**
 * Loads the named input. Environments are synthesized from the current sources, and not written.
 * @param choices the options that the verb has, such as `-c, --stacks or --plan`
 * @throws {UserError} unless exactly one input is named, and when it does not exist or is of the wrong type.
 */
export async function loadPolicyInputs(
  verb: string,
  options: PolicyInputOptions,
  choices: string,
  effects: ProcessVariables & Directories & CheckedSynthesis,
): Promise<readonly PolicyInput[]> {
  requireOne(verb, options, choices);
  const { root } = effects;
  if (options.plan !== undefined) return [await planned(options.plan, effects)];
  if (options.stacks !== undefined) return [await synthesizedBefore(options.stacks, effects)];
  if (!options.all) return [await synthesizedNow(chosenEnvironment(verb, options, effects), effects)];
  const directory = join(root, 'environments');
  const inputs: PolicyInput[] = [];
  for (const { name, profile } of listEnvironments(directory)) {
    const suffix = profile ? (requestedSuffix(effects.env) ?? SAMPLE_SUFFIX) : undefined;
    inputs.push(await synthesizedNow(loadEnvironment({ directory, name, suffix }), effects));
  }
  return inputs;
}

function requireOne(verb: string, options: PolicyInputOptions, choices: string): void {
  const selected = selectedInputs(options);
  if (selected.length === 1) return;
  throw new UserError({
    where: `nightshift ${verb}`,
    what: selected.length === 0 ? 'no input specified' : 'more than one input specified',
    got: selected.length === 0 ? undefined : selected.join(' '),
    todo: `pass ${choices}`,
  });
}

async function synthesizedNow(environment: Environment, effects: CheckedSynthesis): Promise<PolicyInput> {
  const { modelOf, WAIVERS } = await import('@nightshift/policy');
  const { name, suffix } = environment;
  return {
    name: name === suffix ? name : `${name} as ${suffix}`,
    model: modelOf({ stacks: await effects.synthesizedStacks(environment), environment }),
    environment,
    fileOf: ({ stack }: Subject) =>
      stack === WAIVERS ? `environments/${name}.yaml` : `cdktf.out/${suffix}/stacks/${stack}/cdk.tf.json`,
  };
}

async function synthesizedBefore(name: string, { cwd, root }: Directories): Promise<PolicyInput> {
  const { modelOf, readStacks } = await import('@nightshift/policy');
  const directory = resolve(cwd, name);
  const { stacks, fileOf } = await readStacks(directory, name);
  return {
    name,
    model: modelOf({ stacks }),
    fileOf: ({ stack }) => relative(root, join(directory, fileOf(stack))),
  };
}

async function planned(name: string, { cwd, root }: Directories): Promise<PolicyInput> {
  const { modelOfPlan, readPlan, readSources } = await import('@nightshift/policy');
  const file = resolve(cwd, name);
  const plan = await readPlan(file, name);
  const model = modelOfPlan({ plan, name, sources: await readSources(file) });
  return { name, model, fileOf: () => relative(root, file) };
}
