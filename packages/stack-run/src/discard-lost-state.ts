import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { LocalClouds } from '@nightshift/aws-access';
import { type ChosenStack, DESTROY_PLAN_FILE, PLAN_FILE } from './chosen-stack';

/**
 * Removes a state that could not be saved, and saved plans, when the local cloud that they describe is gone: the one that
 * runs now was started later, with nothing in it. Elsewhere that state is the only record of what exists, and stays.
 * @returns a message for the user; undefined when nothing was removed.
 */
export async function discardLostState(
  { environment, absoluteDirectory }: Pick<ChosenStack, 'environment' | 'absoluteDirectory'>,
  { localCloud }: LocalClouds,
): Promise<string | undefined> {
  if (environment.cloud !== 'local') return undefined;
  const { UNSAVED_STATE } = await import('@nightshift/terraform');
  const unsaved = await stat(join(absoluteDirectory, UNSAVED_STATE)).catch(() => undefined);
  if (!unsaved) return undefined;
  const cloud = await (await localCloud()).status();
  if (!cloud.running || unsaved.mtime >= new Date(cloud.startedAt)) return undefined;
  for (const name of [UNSAVED_STATE, PLAN_FILE, DESTROY_PLAN_FILE]) {
    await rm(join(absoluteDirectory, name), { force: true });
  }
  return `discarded ${UNSAVED_STATE}: the local cloud that it describes is gone, this stack starts with nothing`;
}
