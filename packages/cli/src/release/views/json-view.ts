import type { Snapshot } from '@nightshift/release';
import type { Effects } from '../../effects';
import { eventText } from '../events/event-text';
import { eventsBetween } from '../events/events-between';
import type { ReleaseView, ViewProps } from './release-view';

/**
 * For programs: one JSON object a line, as `packages/release/schema/release-line.json` says. Each event, and after it all that can
 * be seen.
 */
export function jsonView({ notices }: ViewProps, { stdout, now }: Pick<Effects, 'stdout' | 'now'>): ReleaseView {
  let latest: Snapshot | undefined;
  const write = (line: object) => {
    stdout.write(`${JSON.stringify(line)}\n`);
  };
  const note = (text: string) => {
    write({ type: 'note', time: now(), text });
  };
  notices(now()).forEach(note);
  return {
    snapshot: (snapshot) => {
      for (const event of eventsBetween(latest, snapshot)) write({ ...event, text: eventText(event) });
      if (!latest || seen(latest) !== seen(snapshot)) write({ type: 'snapshot', ...snapshot });
      latest = snapshot;
    },
    note,
    hint: () => undefined,
    end: () => undefined,
  };
}

/** All but the time at which it was seen. */
function seen(snapshot: Snapshot): string {
  return JSON.stringify({ ...snapshot, time: undefined });
}
