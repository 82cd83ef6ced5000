import { join, relative, resolve } from 'node:path';
import { listEnvironments, loadEnvironment, type Environment } from '@nightshift/config';
import type { Subject } from '@nightshift/policy';
import type { Effects } from '../effects';
import { chosenEnvironment } from '../environment/chosen-environment';
import { requestedSuffix } from '../environment/requested-suffix';
import type { Judged } from './judged';
import type { JudgedOptions } from './judged-options';
import { readPlan } from './read-plan';
import { readStacks } from './read-stacks';

/** The suffix with which a profile is judged where none is given. */
const SAMPLE_SUFFIX = 'pr-1';

/**
 * What is to be judged. An environment is synthesized for it as the sources are now, and not written.
 * @throws {UserError} when something that is named is not there, or not what it should be.
 */
export async function loadJudged(verb: string, options: JudgedOptions, effects: Effects): Promise<readonly Judged[]> {
  const { root } = effects;
  if (options.plan !== undefined) return [await planned(options.plan, effects)];
  if (options.stacks !== undefined) return [await synthesizedBefore(options.stacks, effects)];
  if (!options.all) return [await judgedEnvironment(chosenEnvironment(verb, options, effects), effects)];
  const directory = join(root, 'environments');
  const judged: Judged[] = [];
  for (const { name, profile } of listEnvironments(directory)) {
    const suffix = profile ? (requestedSuffix(effects) ?? SAMPLE_SUFFIX) : undefined;
    judged.push(await judgedEnvironment(loadEnvironment({ directory, name, suffix }), effects));
  }
  return judged;
}

async function judgedEnvironment(environment: Environment, effects: Effects): Promise<Judged> {
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

async function synthesizedBefore(name: string, { cwd, root }: Effects): Promise<Judged> {
  const { modelOf } = await import('@nightshift/policy');
  const directory = resolve(cwd, name);
  const { stacks, fileOf } = await readStacks(directory, name);
  return {
    name,
    model: modelOf({ stacks }),
    fileOf: ({ stack }) => relative(root, join(directory, fileOf(stack))),
  };
}

async function planned(name: string, { cwd, root }: Effects): Promise<Judged> {
  const { modelOfPlan } = await import('@nightshift/policy');
  const file = resolve(cwd, name);
  return { name, model: modelOfPlan({ plan: await readPlan(file, name), name }), fileOf: () => relative(root, file) };
}
