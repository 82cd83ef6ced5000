import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SynthesizedStacks } from '@nightshift/platform';
import type { Attributes } from '@nightshift/policy';
import type { Effects } from '../effects';
import type { ChosenStack } from '../stack/chosen-stack';
import { printWarnings } from './print-warnings';

/**
 * Judges what a verb is about to work on, all stacks together. What synth let through may have been edited since, may come from a
 * cache, and its waivers may have ended.
 * @throws {UserError} with all that breaks a rule.
 */
export async function requireObedience(stack: ChosenStack, effects: Effects): Promise<void> {
  const report = await effects.judge(stack.environment, await readSiblings(stack));
  await printWarnings(report, effects, stack.name);
  const { refusalOf } = await import('@nightshift/policy');
  const refusal = refusalOf(report, stack.environment);
  if (refusal) throw refusal;
}

async function readSiblings({ absoluteDirectory, siblings }: ChosenStack): Promise<SynthesizedStacks> {
  const stacks = dirname(absoluteDirectory);
  const read = async (name: string) =>
    [name, JSON.parse(await readFile(join(stacks, name, 'cdk.tf.json'), 'utf8')) as Attributes] as const;
  return Object.fromEntries(await Promise.all(siblings.map(read)));
}
