import type { Snapshot } from '@nightshift/release';
import type { Effects } from '../../effects';
import { liveArea } from '../../progress/live-area';
import { cockpit } from '../cockpit/cockpit';
import { eventText } from '../events/event-text';
import { eventsBetween } from '../events/events-between';
import type { ReleaseEvent } from '../events/release-event';
import { clockTime } from '../text/clock-time';
import { paint } from '../text/paint';
import { span } from '../text/text-line';
import type { ReleaseView, ViewProps } from './release-view';

/** The clock in the view shows seconds. */
const FRAME_MILLISECONDS = 1000;
/** Longer lines are hard to read. */
const WIDEST = 120;

/** What is worth a line that stays, above the view: all else the view shows. */
const lasting: readonly ReleaseEvent['type'][] = ['phase', 'verdict', 'gate', 'task-stopped', 'lifecycle'];

/** For a terminal: the cockpit, drawn again each second, and above it what has happened. The last picture stays. */
export function liveView(
  props: ViewProps,
  { stdout, now, every }: Pick<Effects, 'stdout' | 'now' | 'every'>,
): ReleaseView {
  const area = liveArea(stdout);
  let latest: Snapshot | undefined;
  let hint: string | undefined;

  const viewOf = (snapshot: Snapshot) => {
    const time = now();
    return { ...props, snapshot, now: time, notices: props.notices(time, snapshot), hint };
  };
  const frame = (): readonly string[] => {
    // The last column stays free: where a terminal goes on after it differs. So does the last row, for the cursor.
    const size = { columns: Math.min(WIDEST, stdout.columns - 1), rows: stdout.rows - 1 };
    const nothing = hint === undefined ? [] : [[span(hint)]];
    const lines = latest ? cockpit(viewOf(latest), size) : nothing;
    return lines.map((line) => paint(line, size.columns, stdout.colours));
  };
  const redraw = () => {
    area.draw(frame());
  };
  const stop = every(FRAME_MILLISECONDS, redraw);
  return {
    snapshot: (snapshot) => {
      const happened = eventsBetween(latest, snapshot).filter(({ type }) => lasting.includes(type));
      latest = snapshot;
      area.draw(
        frame(),
        happened.map((event) => `${stdout.colours.dim(clockTime(event.time))} ${eventText(event)}`),
      );
    },
    note: (text) => {
      area.draw(frame(), [text]);
    },
    hint: (text) => {
      hint = text;
      redraw();
    },
    end: () => {
      stop();
      hint = undefined;
      area.draw([], frame());
    },
  };
}
