import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What a `package.json` of the workspace says about order. */
export interface WorkspacePackage {
  /** Relative to the workspace, such as `apps/network`. */
  readonly root: string;
  /** What Nx calls it, such as `network`. */
  readonly project: string;
  /** Roots of the workspace packages that it depends on. */
  readonly needs: readonly string[];
}

const FOLDERS = ['apps', 'packages'];

interface PackageJson {
  readonly name: string;
  readonly nx?: { readonly name?: string };
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** All packages of the workspace. */
export function workspacePackages(workspaceRoot: string): WorkspacePackage[] {
  const found = FOLDERS.flatMap((folder) =>
    readdirSync(join(workspaceRoot, folder)).map((name) => `${folder}/${name}`),
  ).flatMap((root) => {
    const path = join(workspaceRoot, root, 'package.json');
    return existsSync(path) ? [{ root, json: JSON.parse(readFileSync(path, 'utf8')) as PackageJson }] : [];
  });
  const rootOf = new Map(found.map(({ root, json }) => [json.name, root]));
  return found.map(({ root, json }) => ({
    root,
    project: json.nx?.name ?? json.name,
    needs: Object.keys(json.dependencies ?? {}).flatMap((name) => rootOf.get(name) ?? []),
  }));
}
