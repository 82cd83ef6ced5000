import type { WorkspacePackage } from './workspace-package';

/** Roots of all packages that need a package, directly or through others, in the order of `packages`. */
export function dependentsOf(root: string, packages: readonly WorkspacePackage[]): string[] {
  const found = new Set([root]);
  for (let known = 0; known < found.size;) {
    known = found.size;
    for (const one of packages) {
      if (one.needs.some((need) => found.has(need))) found.add(one.root);
    }
  }
  return packages.map((one) => one.root).filter((one) => one !== root && found.has(one));
}
