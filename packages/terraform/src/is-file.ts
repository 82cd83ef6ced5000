import { stat } from 'node:fs/promises';

/** Whether there is a file, itself or at the end of a link. */
export async function isFile(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ?? false;
}
