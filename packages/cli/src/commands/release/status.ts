import { everydayCommands } from '@nightshift/errors';
import { exitCodeOf, type ReleaseRecord, type Snapshot, versionName } from '@nightshift/release';
import { jsonResult } from '../../console/output-text';
import { paint } from '@nightshift/console';
import type { ConfigurationOption } from '../../chosen-environment';
import { cockpit } from '@nightshift/release-view';
import type { Releases } from './on-releases';
import { windowNotices } from './release-windows';
import { releaseResult } from './report-end';

export interface StatusOptions extends ConfigurationOption {
  readonly json?: boolean;
}

/** As many rows as there is something to say. */
const ROWS = 1000;

/** `release status`: show the status of the newest release. Ends with 13 while it goes on. */
export async function statusOfNewest({ json = false }: StatusOptions, releases: Releases): Promise<void> {
  const { verb, environment, context, engine, effects } = releases;
  const { suffix } = environment;
  const { write } = effects.stdout;
  const resumed = await engine.resumeRelease(context);
  const { kind, record } = resumed;
  const ongoing = kind === 'running' || kind === 'starting';
  if (json) {
    if (kind === 'running') write(`${JSON.stringify({ type: 'snapshot', ...resumed.snapshot })}\n`);
    const about = { verb, environment, record };
    write(ongoing ? releaseResult({ ...about, end: { kind: 'detached' } }) : jsonResult({ ...about, exitCode: 0 }));
  } else if (kind === 'running') {
    await picture(resumed.record?.kind ?? 'release', resumed.snapshot, releases);
  } else if (kind === 'starting') {
    write(`${sentence(record)} is starting\n`);
  } else {
    write(`no release of ${suffix} in progress\n`);
    if (record) write(`last release: ${sentence(record)}: ${String(record.outcome)}\n`);
  }
  const warning = json ? undefined : await engine.imageWarning(context);
  if (warning !== undefined) write(`${effects.stdout.colours.yellow('!')} ${warning}\n`);
  effects.exitWith(ongoing ? exitCodeOf({ kind: 'detached' }) : 0);
}

async function picture(
  kind: ReleaseRecord['kind'],
  snapshot: Snapshot,
  { environment, effects }: Releases,
): Promise<void> {
  const { write, columns: width, colours } = effects.stdout;
  const { suffix } = environment;
  const columns = width - 1;
  const hint = `watch it: ${everydayCommands(environment).nightshift('release watch')}`;
  const now = effects.now();
  const notices = (await windowNotices(environment))(now, snapshot);
  const view = { suffix, kind, snapshot, now, notices, hint };
  for (const line of cockpit(view, { columns, rows: ROWS })) write(`${paint(line, columns, colours)}\n`);
}

function sentence({ kind, from, to, startedAt, by }: ReleaseRecord): string {
  return `${kind} ${versionName(from)} -> ${versionName(to)}, started ${startedAt} by ${by}`;
}
