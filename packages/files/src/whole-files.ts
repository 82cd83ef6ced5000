import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The text of a file, or undefined if the file does not exist. @throws when it exists and cannot be read. */
export async function readOptionalFile(path: string): Promise<string | undefined> {
  return await readFile(path, 'utf8').catch(undefinedIf('ENOENT'));
}

/** The names in a directory; none if the directory does not exist. */
export async function readOptionalDirectory(path: string): Promise<readonly string[]> {
  return (await readdir(path).catch(undefinedIf('ENOENT'))) ?? [];
}

/** For `catch`: turns failures with these codes into undefined, and throws all others again. */
export function undefinedIf(...codes: readonly string[]): (error: unknown) => undefined {
  return (error) => {
    if (codes.includes(String((error as NodeJS.ErrnoException).code))) return undefined;
    throw error;
  };
}

/** Whether the path is a file, or a link to one. */
export async function isFile(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ?? false;
}

/** Writes a file so that readers see all of it or nothing, even if several processes write it. Creates its directory. */
export async function writeFileAtomically(path: string, content: string | Uint8Array): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeFile(draft, content);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
