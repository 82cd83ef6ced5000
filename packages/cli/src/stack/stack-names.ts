import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The stacks in CDKTF's manifest, in the order in which they were made; undefined where nothing has been synthesized. */
export async function stackNames(outdir: string): Promise<readonly string[] | undefined> {
  try {
    const text = await readFile(join(outdir, 'manifest.json'), 'utf8');
    return Object.keys((JSON.parse(text) as { readonly stacks: object }).stacks);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
