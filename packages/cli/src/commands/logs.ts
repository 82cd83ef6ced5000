import { clockTime, logLineText, type Output } from '@nightshift/console';
import { taskLogLine, type TaskLogLine } from '@nightshift/release';
import { type Command, InvalidArgumentError } from 'commander';
import { addConfigurationOption, type ConfigurationOption } from '../verb-options';
import { z } from 'zod';
import { environmentResult, resultOf } from '../json-result';
import type { Effects } from '../effects';
import { ExitCode } from '@nightshift/errors';
import { onReleases, releaseWorld, type ReleaseWorld } from './release/on-releases';
import { SHORT_ID } from './tasks';

const lineSchema = taskLogLine.extend({ type: z.literal('log') });

const result = environmentResult('logs', { lines: z.int().describe('Number of lines of type `log`.') });

export const output = { logs: z.discriminatedUnion('type', [lineSchema, result]) };

interface LogsOptions extends ConfigurationOption {
  readonly follow?: boolean;
  readonly task?: string;
  /** Milliseconds before now, or a time. */
  readonly since: number | Date;
  readonly json?: boolean;
}

export function register(command: Command, effects: Effects, world: ReleaseWorld = releaseWorld): void {
  addConfigurationOption(command)
    .description(
      'Print the log lines of the tasks of the service, including stopped tasks. Shows the level and the message of a JSON line first; --json prints each line unchanged.',
    )
    .option('-f, --follow', 'continue with new lines until Ctrl-C')
    .option('--task <id>', 'only this task: its id, or the first digits of it (see nightshift tasks)')
    .option(
      '--since <time>',
      'how far back: 30s, 10m, 2h, 1d, or a time such as 2026-11-24T02:00:00Z (default: 10m)',
      since,
    )
    .option('--json', 'print one JSON object per line')
    .addHelpText(
      'after',
      `
Examples:
  npx nightshift logs -c dev                        the lines of the last 10 minutes
  npx nightshift logs -c dev -f --task 3f2a1b9c     follow one task
  npx nightshift logs -c prod --since 2026-11-24T22:00:00Z --json`,
    )
    .action(async ({ follow = false, task, since: from = DEFAULT_SINCE, json = false, ...options }: LogsOptions) => {
      await onReleases('logs', options, world, effects, async ({ verb, environment, context, engine }) => {
        const { stdout, now } = effects;
        const start = typeof from === 'number' ? new Date(now().getTime() - from) : from;
        let count = 0;
        const stop = new AbortController();
        const dispose = effects.onSignal(() => {
          stop.abort();
        });
        try {
          const lines = engine.taskLogs(context, { since: start, task, ...(follow && { follow: stop.signal }) });
          for await (const line of lines) {
            if (stop.signal.aborted) break;
            count += 1;
            if (json) stdout.json(lineSchema, { type: 'log', ...line });
            else stdout.write(taskLogText(line, stdout));
          }
        } finally {
          dispose();
        }
        if (json) stdout.json(result, { ...resultOf({ verb, environment }), lines: count, exitCode: ExitCode.done });
        else if (count === 0) effects.stderr.write(`no log lines of ${environment.suffix} since ${utc(start)}\n`);
      });
    });
}

/** A log line of a task, for people. */
export function taskLogText({ time, task, text }: TaskLogLine, { colours }: Pick<Output, 'colours'>): string {
  return `${colours.dim(`${clockTime(time)} ${task.slice(0, SHORT_ID)}`)} ${logLineText(text)}\n`;
}

/** `2026-11-24 02:03:04 UTC` */
function utc(moment: Date): string {
  return `${moment.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

const DEFAULT_SINCE = 10 * 60_000;

function since(text: string): number | Date {
  const [, count, unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  if (count !== undefined) return Number(count) * Number(UNITS[unit]);
  const time = new Date(text);
  if (/^\d{4}-\d\d-\d\d/.test(text) && !Number.isNaN(time.getTime())) return time;
  throw new InvalidArgumentError(
    'Expected a duration such as 30s, 10m, 2h or 1d, or a time such as 2026-11-24T02:00:00Z.',
  );
}
