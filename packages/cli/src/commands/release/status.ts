import { everydayCommands, ExitCode } from '@nightshift/errors';
import {
  exitCodeOf,
  type ReleaseRecord,
  type ServiceStatus,
  type Snapshot,
  serviceStatusSchema,
  snapshotLine,
} from '@nightshift/release';
import { z } from 'zod';
import { type Output, paint } from '@nightshift/console';
import type { ConfigurationOption } from '../../verb-options';
import { cockpit, releaseSentence, serviceLines, windowNotices } from '@nightshift/release-view';
import { resultOf } from '../../json-result';
import type { Releases } from './on-releases';
import { releaseEnd, releaseResult } from './report-end';

const statusLine = serviceStatusSchema
  .extend({ type: z.literal('status') })
  .describe('While no release is in progress: the state of the service.');

const result = releaseResult('release status');

export const statusOutput = z.discriminatedUnion('type', [snapshotLine, statusLine, result]);

export interface StatusOptions extends ConfigurationOption {
  readonly json?: boolean;
}

/** No limit on the number of rows. */
const ROWS = 1000;

/** The exit code for a service whose traffic or tasks are not all on the primary task set, as after a failed rollback. */
const NOT_ON_PRIMARY = exitCodeOf({ kind: 'rollback-failed', cause: '' });

/** 11 while traffic or tasks are on another task set than the primary one. */
export function exitCodeOfService({ problems }: Pick<ServiceStatus, 'problems'>): number {
  return problems.some(({ severity }) => severity === 'act') ? NOT_ON_PRIMARY : ExitCode.done;
}

/** Why the exit code is 11. */
export function problemsOfService(service: Pick<ServiceStatus, 'problems'> | undefined): readonly string[] {
  const urgent = service?.problems.filter(({ severity }) => severity === 'act') ?? [];
  return urgent.map(({ what, todo }) => `${what} - ${todo}`);
}

/**
 * `release status`: shows the release in progress, or the current state of the service. Exits with 13 or 11 unless the service is on one
 * version.
 */
export async function statusOfNewest({ json = false }: StatusOptions, releases: Releases): Promise<void> {
  const { verb, environment, context, engine, effects } = releases;
  const { write, json: writeLine, colours } = effects.stdout;
  const resumed = await engine.resumeRelease(context);
  const { kind, record } = resumed;
  if (kind === 'running' || kind === 'starting') {
    const imageWarning = await engine.imageWarning(context);
    const end = { kind: 'detached' } as const;
    if (json && kind === 'running') writeLine(snapshotLine, { type: 'snapshot', ...resumed.snapshot });
    if (json) writeLine(result, { ...releaseEnd({ verb, environment, end }), record, imageWarning });
    else if (kind === 'running') await picture(record?.kind ?? 'release', resumed.snapshot, releases);
    else write(`${releaseSentence(resumed.record)} is starting\n`);
    if (!json && imageWarning !== undefined) write(`${colours.yellow('!')} ${imageWarning}\n`);
    effects.exitWith(exitCodeOf({ kind: 'detached' }));
    return;
  }
  const status = await engine.serviceStatus(context);
  const exitCode = exitCodeOfService(status);
  if (json) {
    writeLine(statusLine, { type: 'status', ...status });
    writeLine(result, { ...resultOf({ verb, environment, problems: problemsOfService(status) }), record, exitCode });
  } else {
    write(`no release of ${environment.suffix} in progress\n`);
    // The next steps are commands, so they are not shortened.
    const lines = serviceLines(status, environment.suffix, roomIn(effects.stdout));
    for (const line of lines) write(`${paint(line, Infinity, colours)}\n`);
  }
  effects.exitWith(exitCode);
}

/** The width for a table, with room for the cursor. A pipe has any width. */
export function roomIn({ isTerminal, columns }: Pick<Output, 'isTerminal' | 'columns'>): number {
  return isTerminal ? columns - 1 : Infinity;
}

/** Room for the cockpit in a pipe, which stands on both sides of a line. */
const PIPE_COLUMNS = 119;

async function picture(
  kind: ReleaseRecord['kind'],
  snapshot: Snapshot,
  { environment, effects }: Releases,
): Promise<void> {
  const { write, colours } = effects.stdout;
  const { suffix } = environment;
  const room = roomIn(effects.stdout);
  const columns = Math.min(room, PIPE_COLUMNS);
  const hint = `watch it: ${everydayCommands(environment).nightshift('release watch')}`;
  const now = effects.now();
  const notices = (await windowNotices(environment))(now, snapshot);
  const view = { suffix, kind, snapshot, now, notices, hint };
  for (const line of cockpit(view, { columns, rows: ROWS })) write(`${paint(line, room, colours)}\n`);
}
