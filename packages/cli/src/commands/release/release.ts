import { UserError } from '@nightshift/errors';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Effects } from '../../effects';
import { addConfigurationOption, type ConfigurationOption } from '../../environment/chosen-environment';
import { addWindowOption } from '../../stack-run/window-guard';
import { type HistoryOptions, showHistory } from './history';
import type { OnInterrupt } from './interrupts';
import { makeRelease } from './make-release';
import { onReleases, type Releases, releaseWorld, type ReleaseWorld } from './on-releases';
import { statusOfNewest, type StatusOptions } from './status';
import { promoteNewest, stopNewest, type StopOptions } from './stop';
import { watchNewest } from './watch';

export function register(command: Command, effects: Effects, world: ReleaseWorld = releaseWorld): void {
  addReleaseOptions(addConfigurationOption(command))
    .description(
      'Replaces the version that runs, without a dropped request: checks everything, says what will be different, shifts the traffic step by step, and takes it back by itself when the new version is bad.',
    )
    .usage('[options] [status | watch | stop | promote | history]')
    .option(
      '--image <tag or digest>',
      'what to release (default: the image that runs, with the newest task definition)',
    )
    .argument('[action]')
    .enablePositionalOptions()
    .helpCommand(false)
    .addHelpText(
      'after',
      `
${exitCodes}

Examples:
  npx nightshift release -c dev --image 4f1c2e9           release a tag or a digest
  npx nightshift release -c dev                           the same image, with the newest task definition
  npx nightshift release -c dev --image 4f1c2e9 --check   only say whether it could begin, and what would change
  npx nightshift release watch -c dev                     look at it from another shell, or after a lost connection
  npx nx run compute:release -c dev --image 4f1c2e9       the same through Nx
  npx nightshift rollback -c dev                          back to the last good release`,
    )
    .action(async (action: string | undefined, options: ReleaseOptions) => {
      if (action !== undefined) throw noSuchAction(action);
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
      // `-c` may stand before the action as well.
      const options: Options = added.optsWithGlobals();
      await onReleases(`release ${name}`, options, world, effects, async (releases) => {
        await act(options, releases);
      });
    });
  };

  add<StatusOptions>(
    'status',
    [
      'what can be seen of the newest release at this moment',
      'Shows what can be seen of the newest release at this moment. Ends with 13 while it goes on, else with 0. A release whose command was killed, and that has ended since, is put in order.',
    ],
    statusOfNewest,
  ).option('--json', 'one JSON object a line');
  addWatchOptions(
    add<WatchOptions>(
      'watch',
      [
        'the newest release to its end, whoever started it',
        'Shows the newest release to its end, whoever started it, and ends with the exit code of that end; also when the deployment has already ended.',
      ],
      watchNewest,
    ),
  ).addHelpText('after', `\n${exitCodes}`);
  addWatchOptions(
    add<StopOptions>(
      'stop',
      [
        'stop the release: the former version gets all traffic back',
        'Stops the release that is under way: the former version gets all traffic back at once. Watches until it has.',
      ],
      stopNewest,
    ),
  )
    .option('--detach', 'do not wait until it has')
    .addHelpText('after', `\n${exitCodes}`);
  addWindowOption(
    addWatchOptions(
      add<StopOptions>(
        'promote',
        [
          'end the wait for the old tasks',
          'Ends the wait for the old tasks, once all traffic is on the new ones: they are taken away now, and the quick way back with them.',
        ],
        promoteNewest,
      ),
    ),
  )
    .option('--detach', 'do not wait until they are gone')
    .addHelpText('after', `\n${exitCodes}`);
  add<HistoryOptions>(
    'history',
    [
      'what was released, by whom, and how it ended',
      'Lists the releases of an environment, newest first: from what to what, by whom, and how they ended.',
    ],
    showHistory,
  )
    .option('--limit <number>', 'how many of the newest', wholeNumber, 20)
    .option('--json', 'print one JSON object, with the whole records');
}

function noSuchAction(got: string): UserError {
  return new UserError({
    where: 'nightshift release',
    what: 'there is no such action',
    got,
    todo: 'use one of status, watch, stop, promote, history, or --image <tag or digest> for what to release',
  });
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('It is not a number from 1 to 9999.');
  return Number(text);
}

/** What can be said of every verb that watches. */
export interface WatchOptions extends ConfigurationOption {
  readonly onInterrupt?: OnInterrupt;
  readonly json?: boolean;
  /** A file to which the report is appended as Markdown. */
  readonly summary?: string;
}

export interface ReleaseOptions extends WatchOptions {
  /** Tag or digest. Of a release. */
  readonly image?: string;
  /** Stops before anything is changed. */
  readonly check?: boolean;
  readonly yes?: boolean;
  readonly detach?: boolean;
  /** Why it may reach into a processing window. */
  readonly duringWindow?: string;
}

/** What a command ends with that has watched a release. */
export const exitCodes = `Exit codes: 0 succeeded, 1 refused before anything was changed, 10 failed and rolled back, 11 failed and the rollback too,
12 stopped by somebody, 13 still going on (detached), 70 a defect of nightshift.`;

/** What can be said of every verb that watches. */
function addWatchOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--on-interrupt <what>',
        'what Ctrl-C or a signal does to the release (default: at a terminal it asks, elsewhere detach)',
      ).choices(['detach', 'stop']),
    )
    .option('--json', 'one JSON object a line, as packages/release/schema/release-line.json says')
    .option('--summary <file>', 'append the report as Markdown to a file (default: $GITHUB_STEP_SUMMARY)');
}

/** What `release` and `rollback` have in common. */
export function addReleaseOptions(command: Command): Command {
  return addWindowOption(addWatchOptions(command))
    .option('--check', 'stop before anything is changed: 0 if it could begin, else 1')
    .option('--yes', 'do not ask')
    .option('--detach', 'start it, and do not watch');
}
