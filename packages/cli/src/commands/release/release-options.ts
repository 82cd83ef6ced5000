import { type Command, Option } from 'commander';
import { type ConfigurationOption, addYesOption, addWindowOption } from '../../verb-options';
import type { YesOption } from '@nightshift/stack-run';
import type { OnInterrupt } from '@nightshift/release-view';

/** Options of all verbs that watch a release. */
export interface WatchOptions extends ConfigurationOption {
  readonly onInterrupt?: OnInterrupt;
  readonly json?: boolean;
  /** A file to which the report is appended as Markdown. */
  readonly summary?: string;
}

export interface ReleaseOptions extends WatchOptions, YesOption {
  /** Tag or digest. Only for a release. */
  readonly image?: string;
  /** The id of the release to return to, or its first digits. Only for a rollback. */
  readonly to?: string;
  /** Stops before anything is changed. */
  readonly check?: boolean;
  readonly detach?: boolean;
  /** The reason to overlap a processing window. */
  readonly duringWindow?: string;
}

/** Exit codes of all verbs that watch a release. */
export const exitCodes = `Exit codes:
  0    succeeded
  1    refused; nothing was changed
  10   failed and rolled back
  11   failed, and the rollback failed
  12   stopped
  13   in progress (detached)
  70   internal error of nightshift`;

/** Options of `release` and `rollback`. */
export function addReleaseOptions(command: Command): Command {
  return addYesOption(addWindowOption(addWatchOptions(command)), '; required with --json at a terminal')
    .option(
      '--check',
      'run the checks and show the differences only; exits with 0 if the release can start, otherwise with 1',
    )
    .option('--detach', 'start the release without watching it');
}

/** Options of all verbs that watch a release. */
export function addWatchOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--on-interrupt <what>',
        'action on Ctrl-C or a signal (default: ask on a terminal, otherwise detach)',
      ).choices(['detach', 'stop']),
    )
    .option('--json', 'print one JSON object per line')
    .option('--summary <file>', 'append the report to a file as Markdown (default: $GITHUB_STEP_SUMMARY)');
}
