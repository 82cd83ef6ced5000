import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ProcessVariables } from '@nightshift/aws-access';
import { type Environment, warningsAbout } from '@nightshift/config';
import { describeProblem } from '@nightshift/errors';
import type { SynthesizedStacks } from '@nightshift/platform';
import type { Attributes, Report } from '@nightshift/policy';
import type { Directories, Synthesis } from './effects';
import type { ChosenStack } from './chosen-stack';
import { isFirstNotice } from './print-error';
import type { Terminal } from '@nightshift/console';

/**
 * Checks the synthesized files of all stacks of the environment: since synth, they may have been edited or restored from a cache, and
 * waivers may have expired. Violations block plan and deploy, never destroy.
 * @throws {UserError} with every violation of severity `error`.
 */
export async function enforcePolicy(stack: ChosenStack, effects: Terminal & Synthesis): Promise<void> {
  const report = await effects.checkPolicy(stack.environment, await readSiblings(stack));
  await printWarnings(report, effects, stack.name);
  const { refusalOf } = await import('@nightshift/policy');
  const refusal = refusalOf(report, stack.environment);
  if (refusal) throw refusal;
}

/** Prints violations of severity `warning`. @param stack @default - those of all stacks */
export async function printWarnings(
  report: Report,
  { stderr }: Pick<Terminal, 'stderr'>,
  stack?: string,
): Promise<void> {
  const { warningsOf } = await import('@nightshift/policy');
  for (const line of warningsOf(report, stack)) stderr.write(`${stderr.colours.yellow('warning')} ${line}\n`);
}

/** Prints the warnings of `nightshift environments` about the file of an environment, once in an Nx run. */
export function printFileWarnings(
  { name }: Pick<Environment, 'name'>,
  { stderr, root, env }: Pick<Terminal, 'stderr'> & Pick<Directories, 'root'> & Pick<ProcessVariables, 'env'>,
): void {
  // They depend only on the files, so one process of a run reports them.
  if (!isFirstNotice(`warnings about ${name}`, env['NIGHTSHIFT_RUN_ID'])) return;
  for (const warning of warningsAbout(join(root, 'environments'), name)) {
    stderr.write(`${stderr.colours.yellow('warning')} ${describeProblem(warning)}\n`);
  }
}

async function readSiblings({ absoluteDirectory, siblings }: ChosenStack): Promise<SynthesizedStacks> {
  const stacks = dirname(absoluteDirectory);
  const read = async (name: string) =>
    [name, JSON.parse(await readFile(join(stacks, name, 'cdk.tf.json'), 'utf8')) as Attributes] as const;
  return Object.fromEntries(await Promise.all(siblings.map(read)));
}
