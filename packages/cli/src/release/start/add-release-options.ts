import { Option, type Command } from 'commander';
import { addWindowOption } from '../../windows/window-option';

/** What a command ends with that has watched a release. */
export const exitCodes = `Exit codes: 0 succeeded, 1 refused before anything was changed, 10 failed and rolled back, 11 failed and the rollback too,
12 stopped by somebody, 13 still going on (detached), 70 a defect of nightshift.`;

/** What can be said of every verb that watches. */
export function addWatchOptions(command: Command): Command {
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
