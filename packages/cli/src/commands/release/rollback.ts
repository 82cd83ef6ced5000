import type { Command } from 'commander';
import type { Effects } from '../../effects';
import { addConfigurationOption } from '../../environment/chosen-environment';
import { makeRelease } from './make-release';
import { onReleases, releaseWorld, type ReleaseWorld } from './on-releases';
import { addReleaseOptions, exitCodes, type ReleaseOptions } from './release';

export function register(command: Command, effects: Effects, world: ReleaseWorld = releaseWorld): void {
  addReleaseOptions(addConfigurationOption(command))
    .description(
      'Goes back to the last good release that is recorded, image and task definition, as a release of its own: with all checks, step by step. While a release is under way, stop that instead: it is back in seconds.',
    )
    .addHelpText(
      'after',
      `
${exitCodes}

Examples:
  npx nightshift rollback -c dev
  npx nightshift release stop -c dev     while the release that is to be taken back still goes on
  npx nx run compute:rollback -c dev     the same through Nx`,
    )
    .action(async (options: ReleaseOptions) => {
      await onReleases('rollback', options, world, effects, async (releases) => {
        await makeRelease('rollback', options, releases);
      });
    });
}
