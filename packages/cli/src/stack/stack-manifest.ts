import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** For each synthesized stack, the stacks whose values it reads. */
export type StackManifest = ReadonlyMap<string, readonly string[]>;

interface ManifestFile {
  readonly stacks: Readonly<Record<string, { readonly dependencies?: readonly string[] }>>;
}

/** Reads CDKTF's manifest, in its order; undefined where nothing has been synthesized. */
export async function readStackManifest(outdir: string): Promise<StackManifest | undefined> {
  try {
    const { stacks } = JSON.parse(await readFile(join(outdir, 'manifest.json'), 'utf8')) as ManifestFile;
    return new Map(Object.entries(stacks).map(([name, { dependencies = [] }]) => [name, dependencies]));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The stacks that read values of one of these, directly or through others, in the manifest's order. */
export function dependentStacks(manifest: StackManifest, stacks: readonly string[]): readonly string[] {
  const found = new Set(stacks);
  for (let known = 0; known < found.size;) {
    known = found.size;
    for (const [name, dependencies] of manifest) if (dependencies.some((one) => found.has(one))) found.add(name);
  }
  return [...manifest.keys()].filter((name) => found.has(name) && !stacks.includes(name));
}
