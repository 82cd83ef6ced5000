import { join } from 'node:path';
import type { Environment } from '@nightshift/config';
import { UserError } from '@nightshift/errors';
import type { Directories, Keyboard, Synthesis } from '../../effects';
import type { connectEnvironment, LocalClouds, ProcessVariables } from '@nightshift/aws-access';
import { confirmLoss } from '../../confirm-loss';
import { dependentStacks, readStackManifest, type StackManifest } from '../../stack-run/chosen-stack';
import { windowAhead } from '../../stack-run/window-guard';
import { deployedStacks, resourceCount, storedStacks, type StoredStacks } from './stored-stacks';
import type { Terminal, Time } from '@nightshift/console';

export interface Removal {
  readonly environment: Environment;
  /** The stacks to be destroyed. */
  readonly stacks: readonly string[];
  /** Stacks that stay although they read values of those. */
  readonly dependents: readonly string[];
  readonly stored: StoredStacks;
}

/** The Nx plugin asks once for a whole run and passes the ID of the confirmed run to the commands of the stacks. */
export function isConfirmedRun({ NIGHTSHIFT_CONFIRMED, NIGHTSHIFT_RUN_ID }: ProcessVariables['env']): boolean {
  return Boolean(NIGHTSHIFT_CONFIRMED) && NIGHTSHIFT_CONFIRMED === NIGHTSHIFT_RUN_ID;
}

/** @throws {UserError} without a terminal. */
export function requireTerminal(where: string, { interactive }: Pick<Keyboard, 'interactive'>): void {
  if (interactive) return;
  throw new UserError({
    where,
    what: 'confirmation required, but there is no terminal',
    todo: 'add --yes',
  });
}

/** Shows what will be lost and asks for the name of the environment. @throws {UserError} if the answer differs. */
export async function confirmDestroy(removal: Removal, effects: Terminal & Keyboard & Time): Promise<void> {
  const { suffix } = removal.environment;
  effects.stdout.write((await consequences(removal, effects.now())).map((line) => `  ${line}\n`).join(''));
  const deployed = removal.stacks.filter((stack) => removal.stored.has(stack));
  const count = deployed.reduce((sum, stack) => sum + Number(removal.stored.get(stack)?.resources), 0);
  const named = deployed.length === 0 ? removal.stacks : deployed;
  const text = `This destroys ${resourceCount(count)} of ${named.join(', ')} in ${suffix}.`;
  await confirmLoss({ where: 'nightshift destroy', suffix, text, kept: 'nothing was destroyed' }, effects);
}

async function consequences({ environment, stacks, dependents, stored }: Removal, now: Date): Promise<string[]> {
  const remaining = deployedStacks(dependents, stored);
  const data = stacks.flatMap((stack) => stored.get(stack)?.data ?? []);
  const occurrence = await windowAhead(environment, now);
  const { describeOccurrence } = await import('@nightshift/windows');
  return [
    ...(remaining.length === 0 ? [] : [`still deployed and depends on it: ${remaining.join(', ')}`]),
    ...(data.length === 0 ? [] : ['data that will be lost:', ...data.map((one) => `  ${one}`)]),
    ...(occurrence ? [`processing ${describeOccurrence(occurrence, now)}`] : []),
  ];
}

/**
 * Asks once for all stacks of an Nx run, and destroys nothing.
 * @param stacks as they are named on the command line of Nx; their dependents are destroyed with them.
 * @default - all
 */
export async function confirmRun(
  environment: Environment,
  stacks: readonly string[] | undefined,
  effects: Terminal & Keyboard & Time & ProcessVariables & Directories & Synthesis & LocalClouds,
  connect: typeof connectEnvironment,
): Promise<void> {
  requireTerminal('nightshift destroy', effects);
  const outdir = join(effects.root, 'cdktf.out', environment.suffix);
  await effects.synthesizeUnchecked(environment, outdir);
  const manifest = (await readStackManifest(outdir)) as StackManifest;
  const chosen = stacks ? [...dependentStacks(manifest, stacks), ...stacks] : [...manifest.keys()];
  const stored = await storedStacks(environment, effects, connect);
  await confirmDestroy({ environment, stacks: chosen, dependents: [], stored }, effects);
}
