import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Writes a stack as CDKTF does. @returns its directory. */
export async function writeStack(outdir: string, configuration: object, name = 'network', suffix = 'dev') {
  const directory = join(outdir, suffix, 'stacks', name);
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'cdk.tf.json'), JSON.stringify(configuration));
  return directory;
}
