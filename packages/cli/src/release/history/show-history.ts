import type { ConfigurationOption } from '../../environment/configuration-option';
import { ExitCode } from '../../exit-code';
import { jsonResult } from '../../json-result';
import type { Releases } from '../on-releases';
import { historyTable } from './history-table';

export interface HistoryOptions extends ConfigurationOption {
  /** How many of the newest. */
  readonly limit: number;
  readonly json?: boolean;
}

/** `release history`: what was released when, by whom, and how it ended. */
export async function showHistory({ limit, json = false }: HistoryOptions, releases: Releases): Promise<void> {
  const { verb, environment, context, engine, effects } = releases;
  const { write } = effects.stdout;
  const { records, unreadable } = await engine.releaseHistory(context, limit);
  if (json) {
    write(jsonResult({ verb, environment, exitCode: ExitCode.done, releases: records, unreadable }));
    return;
  }
  if (records.length === 0) write(`nothing has been released in ${environment.suffix} yet\n`);
  else write(`${historyTable(records).join('\n')}\n`);
  for (const problem of unreadable) effects.stderr.write(`${problem}\n`);
}
