import type { TargetConfiguration } from '@nx/devkit';
import { releaseVerbs } from './release-verbs';
import { commands } from './stack-targets';

/** Targets for releases. They work on what is deployed, so that nothing goes first. */
export function releaseTargets(environments: readonly string[]): Record<string, TargetConfiguration> {
  return Object.fromEntries(
    Object.entries(releaseVerbs).map(([verb, description]) => [
      verb,
      {
        ...commands(`node packages/nx-stacks/bin/stack-task.mjs ${verb}`, environments),
        cache: false,
        metadata: {
          description,
          technologies: ['codedeploy'],
          help: { command: `npx nightshift ${verb} --help`, example: {} },
        },
      },
    ]),
  );
}
