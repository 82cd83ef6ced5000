import { createHash } from 'node:crypto';
import { realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { JsonReader } from './json-reader';
import { readOptionalFile } from './read-optional-file';
import type { TerraformBinary } from './terraform-binary';
import { writeFileAtomically } from './write-file-atomically';

/** The binary itself: version managers put scripts, or links to themselves, in its place. */
const BINARY_NAME = /^(?:terraform|terraform-bin|tofu)(?:\.exe)?$/;
const SMALLEST_BINARY_BYTES = 1_000_000;

/**
 * What `ask` says of a binary, asked again only when its file has changed: 0.04 s less for every command. A program
 * that may be another one tomorrow without a change of its file is always asked.
 */
export async function knownVersion(
  path: string,
  cacheDirectory: string,
  ask: (path: string) => Promise<TerraformBinary | undefined>,
): Promise<TerraformBinary | undefined> {
  const file = await realpath(path);
  const { size, mtimeMs } = await stat(file);
  if (!BINARY_NAME.test(basename(file)) || size < SMALLEST_BINARY_BYTES) return await ask(path);
  const identity = createHash('sha256')
    .update(JSON.stringify([file, size, mtimeMs]))
    .digest('hex');
  const note = join(cacheDirectory, 'terraform', 'versions', `${identity}.json`);
  const known = JsonReader.parse((await readOptionalFile(note)) ?? '');
  const version = known?.text('version');
  if (version !== undefined)
    return { path, version, product: known?.text('product') === 'opentofu' ? 'opentofu' : 'terraform' };
  const answer = await ask(path);
  if (answer) await writeFileAtomically(note, JSON.stringify(answer));
  return answer;
}
