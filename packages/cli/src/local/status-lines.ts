import type { LocalCloudStatus, LocalEnvironment } from '@nightshift/local-cloud';

function environmentLine({ suffix, region, url, testUrl }: LocalEnvironment): string {
  return `  ${suffix} in ${region} answers at ${url}${testUrl === null ? '' : `, its test listener at ${testUrl}`}`;
}

/** What `local status` tells people. */
export function statusLines(status: LocalCloudStatus): string {
  if (!status.running) {
    const died = status.diedLog === undefined ? '' : `It ended by itself; its log: ${status.diedLog}\n`;
    return `The local cloud is not running. Start it: npx nightshift local up\n${died}`;
  }
  const { url, pid, startedAt, outdated, timeScale, environments } = status;
  const advice = outdated
    ? 'It runs the code of another version of this checkout. Start it anew: npx nightshift local down, then npx nightshift local up\n'
    : '';
  const lines = [
    `The local cloud runs at ${url} since ${startedAt} (process ${String(pid)}).`,
    `A second there is ${String(timeScale)} s of AWS.`,
    ...environments.map(environmentLine),
  ];
  return `${lines.join('\n')}\n${advice}`;
}
