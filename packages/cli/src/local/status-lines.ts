import type { LocalCloudStatus } from '@nightshift/local-cloud';

/** What `local status` tells people. */
export function statusLines(status: LocalCloudStatus): string {
  if (!status.running) {
    const died = status.diedLog === undefined ? '' : `It ended by itself; its log: ${status.diedLog}\n`;
    return `The local cloud is not running. Start it: npx nightshift local up\n${died}`;
  }
  const { url, pid, startedAt, outdated } = status;
  const advice = outdated
    ? 'It runs the code of another version of this checkout. Start it anew: npx nightshift local down, then npx nightshift local up\n'
    : '';
  return `The local cloud runs at ${url} since ${startedAt} (process ${String(pid)}).\n${advice}`;
}
