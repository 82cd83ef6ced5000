import { releaseLine } from '@nightshift/release';
import { type Command, InvalidArgumentError } from 'commander';
import { addConfigurationOption, addWindowOption } from '../../verb-options';
import type { Effects } from '../../effects';
import { unknownAction } from '../../nightshift-command';
import { type HistoryOptions, showHistory, historyOutput } from './history';
import { z } from 'zod';
import { makeRelease } from './make-release';
import { onReleases, type Releases, releaseWorld, type ReleaseWorld } from './on-releases';
import {
  type WatchOptions,
  type ReleaseOptions,
  exitCodes,
  addReleaseOptions,
  addWatchOptions,
} from './release-options';
import { releaseResult } from './report-end';
import { statusOfNewest, statusOutput, type StatusOptions } from './status';
import { promoteNewest, stopNewest, type StopOptions } from './stop';
import { watchNewest } from './watch';

/** The lines of a verb that watches a release. */
export function watchedOutput(verb: string) {
  return z.discriminatedUnion('type', [...releaseLine.options, releaseResult(verb)]);
}

export const output = {
  release: watchedOutput('release'),
  'release status': statusOutput,
  'release watch': watchedOutput('release watch'),
  'release stop': watchedOutput('release stop'),
  'release promote': watchedOutput('release promote'),
  'release history': historyOutput,
};

export function register(command: Command, effects: Effects, world: ReleaseWorld = releaseWorld): void {
  addReleaseOptions(addConfigurationOption(command))
    .description(
      'Release a new version with a blue/green deployment without dropping requests. Runs checks, shows the differences, shifts the traffic step by step, and rolls back automatically if the new version fails.',
    )
    .usage('[status | watch | stop | promote | history] -c <environment> [options]')
    .option('--image <tag or digest>', 'image to release (default: the current image, with the newest task definition)')
    .argument('[action]')
    .enablePositionalOptions()
    .helpCommand(false)
    .allowExcessArguments()
    .addHelpText(
      'after',
      `
Examples:
  npx nightshift release -c dev --image 4f1c2e9           release an image by its tag or digest
  npx nightshift release -c dev                           the current image, with the newest task definition
  npx nightshift release -c dev --image 4f1c2e9 --check   run the checks and show the differences
  npx nightshift release watch -c dev                     watch from another shell, or after a lost connection
  npx nx run compute:release -c dev --image 4f1c2e9       the same with Nx
  npx nightshift rollback -c dev                          return to the last good release

${exitCodes}`,
    )
    .action(async (action: string | undefined, options: ReleaseOptions) => {
      if (action !== undefined)
        throw unknownAction(command, action, 'to release an image, use --image <tag or digest>');
      await onReleases('release', options, world, effects, async (releases) => {
        await makeRelease('release', options, releases);
      });
    });

  /** An action on the newest release. */
  const add = <Options extends object>(
    name: string,
    [summary, description]: readonly [string, string],
    act: (options: Options, releases: Releases) => Promise<void>,
  ): Command => {
    const added = addConfigurationOption(command.command(name)).summary(summary).description(description);
    return added.action(async () => {
      // `-c` may also precede the action.
      const options: Options = added.optsWithGlobals();
      await onReleases(`release ${name}`, options, world, effects, async (releases) => {
        await act(options, releases);
      });
    });
  };

  add<StatusOptions>(
    'status',
    [
      'show the release in progress, or the state of the service',
      'Show the release in progress, whoever started it, or the state of the service: traffic, task sets, healthy targets, gates, scaling and image. Exits with 13 if a release is in progress, with 11 if traffic or tasks are on another task set than the primary one, otherwise with 0. Closes the record of a release that ended after its command was killed.',
    ],
    statusOfNewest,
  ).option('--json', 'print one JSON object per line');
  addWatchOptions(
    add<WatchOptions>(
      'watch',
      [
        'watch the newest release until it ends',
        'Watch the newest release until it ends, no matter who started it, and exit with the exit code of the release. Also works if it has already ended.',
      ],
      watchNewest,
    ),
  ).addHelpText('after', `\n${exitCodes}`);
  addWatchOptions(
    add<StopOptions>(
      'stop',
      [
        'stop the release and return all traffic to the previous version',
        'Stop the release in progress and return all traffic to the previous version. Watches until it is done.',
      ],
      stopNewest,
    ),
  )
    .option('--detach', 'do not wait for the end')
    .addHelpText('after', `\n${exitCodes}`);
  addWindowOption(
    addWatchOptions(
      add<StopOptions>(
        'promote',
        [
          'end the termination wait of the previous version',
          'End the termination wait: the tasks of the previous version stop now. Requires that the new version has all traffic. After this, a fast rollback is no longer possible.',
        ],
        promoteNewest,
      ),
    ),
  )
    .option('--detach', 'do not wait for the end')
    .addHelpText('after', `\n${exitCodes}`);
  add<HistoryOptions>(
    'history',
    [
      'list past releases',
      'List the releases of an environment, newest first, with their versions, outcome and the identity that started them.',
    ],
    showHistory,
  )
    .option('--limit <number>', 'number of releases to show', wholeNumber, 20)
    .option('--json', 'print one JSON object with the complete records');
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('Expected a number from 1 to 9999.');
  return Number(text);
}
