import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readOptionalDirectory } from '@nightshift/files';
import type { Command } from 'commander';
import { checklistLine, type Terminal } from '@nightshift/console';
import type { Directories } from '@nightshift/stack-run';
import type { Effects } from '../effects';
import { addConfigurationOption, type ConfigurationOption, STARTED_BY_DEFAULT } from '../verb-options';
import type { LocalClouds } from '@nightshift/aws-access';

export function register(command: Command, effects: Effects): void {
  addConfigurationOption(command)
    .usage('[options]')
    .description(
      'Stop the local cloud, delete everything that was deployed to it, and remove the synthesized files of the environment (default: `local`). `npm run stop` runs this verb. The Python environment and downloads are kept.',
    )
    .action(async ({ configuration = STARTED_BY_DEFAULT }: ConfigurationOption) => {
      await stopEnvironment(configuration, effects);
    });
}

/**
 * Stops the local cloud and removes the synthesized files of an environment, if they exist. Does not read the environment file,
 * so that it works with an invalid one.
 */
async function stopEnvironment(
  suffix: string,
  { stdout, root, localCloud }: Pick<Terminal, 'stdout'> & Pick<Directories, 'root'> & LocalClouds,
): Promise<void> {
  const report = (title: string, detail: string) => {
    stdout.write(checklistLine({ mark: 'OK', title, detail }, stdout.colours));
  };
  const { stopped } = await (await localCloud()).down();
  report('local cloud', stopped ? 'stopped; everything deployed to it is deleted' : 'was not running');
  const outdir = join('cdktf.out', suffix);
  // Removes only directories in the list, so that no name can lead out of the directory.
  const synthesized = (await readOptionalDirectory(join(root, 'cdktf.out'))).includes(suffix);
  if (synthesized) await rm(join(root, outdir), { recursive: true, force: true });
  report(outdir, synthesized ? 'removed' : 'already gone');
}
