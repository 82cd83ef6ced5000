/** For each synthesized stack, the stacks whose values it reads. */
export type StackManifest = ReadonlyMap<string, readonly string[]>;

/** The stacks that depend on one of these, directly or through others, in the manifest's order. The Nx plugin uses it too. */
export function dependentStacks(manifest: StackManifest, stacks: readonly string[]): readonly string[] {
  const found = new Set(stacks);
  for (let known = 0; known < found.size;) {
    known = found.size;
    for (const [name, dependencies] of manifest) if (dependencies.some((one) => found.has(one))) found.add(name);
  }
  return [...manifest.keys()].filter((name) => found.has(name) && !stacks.includes(name));
}
