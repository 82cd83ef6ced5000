import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { requestedSuffix } from '@nightshift/config/names';
import { dependentStacks } from '@nightshift/stack-run/dependent-stacks';
import { type CreateNodes, createNodesFromFiles } from '@nx/devkit';
import { answerEarly } from './early-answer';
import { environmentNames, requestedRun } from './requested-run';
import { RELEASED_STACK, releaseTargets, stackTargets, synthTarget } from './targets';

/** The file that marks the app which builds all stacks. */
const COMPOSITION_ROOT = 'build-platform.ts';

const FILES = 'apps/*/src/{*-stack,build-platform}.ts';

/**
 * Infers the targets of each stack, and `synth` and `synth-skip-policy` of the platform, so that a new stack or environment needs no other
 * change.
 */
export const createNodes: CreateNodes = [
  FILES,
  (files, options, context) => {
    const packages = workspacePackages(context.workspaceRoot);
    const environments = environmentNames(context.workspaceRoot);
    const suffix = requestedSuffix(process.env);
    const appOf = (file: string) => dirname(dirname(file));
    const stacks = files.filter((file) => basename(file) !== COMPOSITION_ROOT).map(appOf);
    answerEarly(requestedRun(process.argv.slice(2)), {
      workspaceRoot: context.workspaceRoot,
      projects: packages.map(({ project }) => project),
      stacks: packages.filter(({ root }) => stacks.includes(root)).map(({ project }) => project),
    });
    const needs = new Map(packages.map((one) => [one.root, one.needs]));
    const dependentsOf = (root: string) => dependentStacks(needs, [root]).filter((one) => stacks.includes(one));
    const dependenciesOf = (root: string) => stacks.filter((one) => dependentsOf(one).includes(root));
    const projectOf = (root: string) => packages.find((one) => one.root === root)?.project ?? basename(root);
    return createNodesFromFiles(
      (file) => {
        const root = appOf(file);
        const dependents = dependentsOf(root);
        const targets =
          basename(file) === COMPOSITION_ROOT
            ? {
                synth: synthTarget({ environments, suffix }),
                'synth-skip-policy': synthTarget({ environments, suffix, skipPolicy: true }),
              }
            : {
                ...stackTargets({
                  stack: projectOf(root),
                  dependents: dependents.map(projectOf),
                  waitsLong: dependenciesOf(root).some((one) => dependenciesOf(one).length > 0),
                  environments,
                }),
                ...(projectOf(root) === RELEASED_STACK && releaseTargets(environments)),
              };
        return { projects: { [root]: { root, targets } } };
      },
      files,
      options,
      context,
    );
  },
];

/** The fields of a `package.json` that define the order. */
interface WorkspacePackage {
  /** Relative to the workspace, such as `apps/network`. */
  readonly root: string;
  /** The name of the Nx project, such as `network`. */
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
