import { createNodesFromFiles, type CreateNodes } from '@nx/devkit';
import { basename, dirname } from 'node:path';
import { dependentsOf } from './dependents-of';
import { environmentNames } from './environment-names';
import { ephemeralSuffix } from './ephemeral-suffix';
import { releaseTargets } from './release-targets';
import { RELEASED_STACK } from './release-verbs';
import { stackTargets } from './stack-targets';
import { synthTarget } from './synth-target';
import { workspacePackages } from './workspace-package';

/** What makes an app a stack, and the app that builds all stacks. */
const COMPOSITION_ROOT = 'build-platform.ts';
const FILES = 'apps/*/src/{*-stack,build-platform}.ts';

/** Gives each stack its targets, and the platform `synth` and `synth-skip-policy`: a new stack or environment needs no other file to be edited. */
export const createNodes: CreateNodes = [
  FILES,
  (files, options, context) => {
    const packages = workspacePackages(context.workspaceRoot);
    const environments = environmentNames(context.workspaceRoot);
    const suffix = ephemeralSuffix(process.env);
    const appOf = (file: string) => dirname(dirname(file));
    const stacks = files.filter((file) => basename(file) !== COMPOSITION_ROOT).map(appOf);
    const projectOf = (root: string) => packages.find((one) => one.root === root)?.project ?? basename(root);
    return createNodesFromFiles(
      (file) => {
        const root = appOf(file);
        const dependents = dependentsOf(root, packages).filter((one) => stacks.includes(one));
        const targets =
          basename(file) === COMPOSITION_ROOT
            ? {
                synth: synthTarget({ environments, suffix }),
                'synth-skip-policy': synthTarget({ environments, suffix, skipPolicy: true }),
              }
            : {
                ...stackTargets({ stack: projectOf(root), dependents: dependents.map(projectOf), environments }),
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
