import type { Snapshot } from '@nightshift/release';
import type { Effects } from '../../effects';
import { wholeSeconds } from '../../progress/whole-seconds';
import { eventText } from '../events/event-text';
import { eventsBetween } from '../events/events-between';
import { about } from '../text/about';
import { clockTime } from '../text/clock-time';
import { logLineText } from '../text/log-line-text';
import { phaseWords } from '../text/phase-words';
import type { ReleaseView, ViewProps } from './release-view';

const QUIET_MILLISECONDS = 60_000;

/** For logs: one line an event, and each minute in which nothing happened a sign of life. */
export function lineView(
  { notices }: ViewProps,
  { stdout, now, monotonic, every }: Pick<Effects, 'stdout' | 'now' | 'monotonic' | 'every'>,
): ReleaseView {
  let latest: Snapshot | undefined;
  let written = monotonic();
  const write = (time: Date, text: string) => {
    stdout.write(`${clockTime(time)} ${text}\n`);
    written = monotonic();
  };
  for (const notice of notices(now())) write(now(), notice);
  const stop = every(QUIET_MILLISECONDS, () => {
    if (latest && monotonic() - written >= QUIET_MILLISECONDS) write(now(), signOfLife(latest, now()));
  });
  return {
    snapshot: (snapshot) => {
      for (const event of eventsBetween(latest, snapshot)) {
        write(event.time, eventText(event));
        if (event.type === 'task-stopped')
          for (const line of event.task.logLines) stdout.write(`           | ${logLineText(line)}\n`);
      }
      latest = snapshot;
    },
    note: (text) => {
      write(now(), text);
    },
    hint: () => undefined,
    end: stop,
  };
}

function signOfLife({ phase, startedAt, progress }: Snapshot, now: Date): string {
  const elapsed = wholeSeconds(Number(now) - Number(startedAt));
  const expected = about(Number(progress.expectedEnd) - Number(startedAt));
  return `… ${phaseWords[phase]}, ${String(progress.shiftedPercent)} % on green, ${elapsed} of about ${expected}`;
}
