import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Puts the bundle of an image where the tasks of the local cloud find it: a file that is called after its digest. */
export async function keepBundle(folder: string, digest: string, bundle: Uint8Array): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(join(folder, `${digest.replace('sha256:', '')}.js`), bundle, {
    mode: 0o600,
  });
}
