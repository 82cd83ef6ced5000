import { releaseRecord } from '@nightshift/release';
import type { ConfigurationOption } from '../../verb-options';
import { ExitCode } from '@nightshift/errors';
import { z } from 'zod';
import { environmentResult, resultOf } from '../../json-result';
import type { Releases } from './on-releases';
import { historyTable } from '@nightshift/release-view';

export const historyOutput = environmentResult('release history', {
  releases: z.array(releaseRecord).describe('The newest first.'),
  unreadable: z.array(z.string()).describe('Records that cannot be read, and why: one sentence each.'),
});

export interface HistoryOptions extends ConfigurationOption {
  /** Number of newest releases. */
  readonly limit: number;
  readonly json?: boolean;
}

/** `release history`: time, version, author and outcome of each release. */
export async function showHistory({ limit, json = false }: HistoryOptions, releases: Releases): Promise<void> {
  const { verb, environment, context, engine, effects } = releases;
  const { write } = effects.stdout;
  const { records, unreadable } = await engine.releaseHistory(context, limit);
  if (json) {
    const result = { ...resultOf({ verb, environment }), releases: records, unreadable, exitCode: ExitCode.done };
    effects.stdout.json(historyOutput, result);
    return;
  }
  if (records.length === 0) write(`no releases of ${environment.suffix} yet\n`);
  else write(`${historyTable(records).join('\n')}\n`);
  for (const problem of unreadable) effects.stderr.write(`${problem}\n`);
}
