import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const LENGTH = 12;

/** A short name for some texts: equal texts, equal name. */
export function fingerprintOf(...texts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, LENGTH);
}

/** Names the state of the code that a server runs: every Python module, and what is installed beside them. */
export async function codeFingerprint(python: string): Promise<string> {
  const names = await readdir(join(python, 'nightshift_cloud'), { recursive: true });
  const modules = names.filter((name) => name.endsWith('.py')).sort();
  const files = ['requirements.txt', ...modules.map((name) => join('nightshift_cloud', name))];
  const texts = await Promise.all(files.map((file) => readFile(join(python, file), 'utf8')));
  return fingerprintOf(...files, ...texts);
}
