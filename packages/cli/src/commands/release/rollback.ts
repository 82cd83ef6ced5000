import type { Command } from 'commander';
import { addConfigurationOption } from '../../verb-options';
import type { Effects } from '../../effects';
import { makeRelease } from './make-release';
import { onReleases, releaseWorld, type ReleaseWorld } from './on-releases';
import { watchedOutput } from './release';
import { addReleaseOptions, exitCodes, type ReleaseOptions } from './release-options';

export const output = { rollback: watchedOutput('rollback') };

export function register(command: Command, effects: Effects, world: ReleaseWorld = releaseWorld): void {
  addReleaseOptions(addConfigurationOption(command))
    .description(
      'Roll back to the last good release: its image and task definition are released again, with all checks. To cancel a release in progress, use `nightshift release stop`; that takes seconds.',
    )
    .option('--to <release>', 'release to return to: its id, or the start of it, from `release history`')
    .addHelpText(
      'after',
      `
Examples:
  npx nightshift rollback -c dev
  npx nightshift rollback -c dev --to 7c9e6679   return to this release
  npx nightshift release stop -c dev              cancel a release in progress
  npx nx run compute:rollback -c dev              the same with Nx

${exitCodes}`,
    )
    .action(async (options: ReleaseOptions) => {
      await onReleases('rollback', options, world, effects, async (releases) => {
        await makeRelease('rollback', options, releases);
      });
    });
}
