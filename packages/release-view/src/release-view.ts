import type { Environment } from '@nightshift/config';
import {
  about,
  clockTime,
  liveArea,
  logLineText,
  paint,
  span,
  type Terminal,
  type Time,
  wholeSeconds,
} from '@nightshift/console';
import { type ReleaseEvent, releaseLine, type Snapshot } from '@nightshift/release';
import { cockpit } from './cockpit';
import { eventsBetween, eventText } from './release-events';
import { releasePhases } from './release-text';
import { repeated, serviceEventKey, stopKey } from './cockpit-lines';

/** The view of a release: JSON, a terminal, or a log. */
export function viewFor(props: ViewProps, effects: Terminal & Time, json: boolean): ReleaseView {
  if (json) return jsonView(props, effects);
  return effects.watched ? liveView(props, effects) : lineView(props, effects);
}

/** Shows a release until it ends. */
export interface ReleaseView {
  readonly snapshot: (snapshot: Snapshot) => void;
  /** Prints a note. */
  readonly note: (text: string) => void;
  /** Shows the available keys or a question, in a live view only. */
  readonly hint: (text: string) => void;
  /** Removes the live area. */
  readonly end: () => void;
}

/** Notices for the operator at a time, such as a processing window that opens soon. */
export type Notices = (now: Date, snapshot?: Snapshot) => readonly string[];

/** Windows that open within this time are shown. */
const HOURS_AHEAD = 12;

const HOUR_MILLISECONDS = 3_600_000;

/** Notices during a release: when the next processing window opens, and how long the release still needs (R14.2). */
export async function windowNotices({ processingWindows }: Pick<Environment, 'processingWindows'>): Promise<Notices> {
  if (processingWindows.length === 0) return () => [];
  const { describeOccurrence, nextOccurrence } = await import('@nightshift/windows');
  return (now, snapshot) => {
    const next = nextOccurrence(processingWindows, now);
    if (!next || Number(next.opens) - Number(now) > HOURS_AHEAD * HOUR_MILLISECONDS) return [];
    const left = snapshot && snapshot.phase !== 'ended' ? Number(snapshot.progress.expectedEnd) - Number(now) : 0;
    return [`${describeOccurrence(next, now)}${left > 0 ? `: the release needs ${about(left)} more` : ''}`];
  };
}

/** The kind and the environment of the release. */
export interface ViewProps {
  readonly suffix: string;
  readonly kind: 'release' | 'rollback';
  /** Other notices for the operator, such as a processing window that opens soon. */
  readonly notices: Notices;
}

/** For programs: one JSON object per line: each event, followed by a snapshot. */
function jsonView({ notices }: ViewProps, { stdout, now }: Pick<Terminal, 'stdout'> & Pick<Time, 'now'>): ReleaseView {
  let latest: Snapshot | undefined;
  const note = (text: string) => {
    stdout.json(releaseLine, { type: 'note', time: now(), text });
  };
  notices(now()).forEach(note);
  return {
    snapshot: (snapshot) => {
      for (const event of eventsBetween(latest, snapshot))
        stdout.json(releaseLine, { ...event, text: eventText(event) });
      if (!latest || seen(latest) !== seen(snapshot)) stdout.json(releaseLine, { type: 'snapshot', ...snapshot });
      latest = snapshot;
    },
    note,
    hint: () => undefined,
    end: () => undefined,
  };
}

/** A snapshot without its time. */
function seen(snapshot: Snapshot): string {
  return JSON.stringify({ ...snapshot, time: undefined });
}

const QUIET_MILLISECONDS = 60_000;

/** Repeated events: a log has each once, and then the number of repetitions. */
function repetitionKey(event: ReleaseEvent): string | undefined {
  if (event.type === 'service') return serviceEventKey(event.text);
  return event.type === 'task-stopped' ? stopKey(event.task) : undefined;
}

/** For logs: one line per event, a count of repeated events each minute, and a status line after each minute without one. */
function lineView(
  { notices }: ViewProps,
  { stdout, now, monotonic, every }: Pick<Terminal, 'stdout'> & Time,
): ReleaseView {
  /** By text: their number, and the last one if it is not in the log yet. */
  const seen = new Map<string, { count: number; repetition?: ReleaseEvent | undefined }>();
  let latest: Snapshot | undefined;
  let written = monotonic();
  const isRepetition = (event: ReleaseEvent) => {
    const key = repetitionKey(event);
    if (key === undefined) return false;
    const { count } = seen.get(key) ?? { count: 0 };
    seen.set(key, { count: count + 1, ...(count > 0 && { repetition: event }) });
    return count > 0;
  };
  const write = (time: Date, text: string) => {
    stdout.write(`${clockTime(time)} ${text}\n`);
    written = monotonic();
  };
  for (const notice of notices(now())) write(now(), notice);
  const writeRepetitions = () => {
    const due = [...seen.values()].flatMap((one) => (one.repetition ? [{ ...one, event: one.repetition }] : []));
    for (const one of seen.values()) one.repetition = undefined;
    due.sort((one, other) => Number(one.event.time) - Number(other.event.time));
    for (const { count, event } of due) write(event.time, repeated(count, eventText(event)));
  };
  const stop = every(QUIET_MILLISECONDS, () => {
    writeRepetitions();
    if (latest && monotonic() - written >= QUIET_MILLISECONDS) write(now(), signOfLife(latest, now()));
  });
  return {
    snapshot: (snapshot) => {
      for (const event of eventsBetween(latest, snapshot)) {
        if (isRepetition(event)) continue;
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
    end: () => {
      stop();
      writeRepetitions();
    },
  };
}

function signOfLife({ phase, startedAt, progress }: Snapshot, now: Date): string {
  const elapsed = wholeSeconds(Number(now) - Number(startedAt));
  const expected = about(Number(progress.expectedEnd) - Number(startedAt));
  return `… ${releasePhases[phase]}, ${String(progress.shiftedPercent)} % on new tasks, ${elapsed} of about ${expected}`;
}

/** The clock in the view shows seconds. */
const FRAME_MILLISECONDS = 1000;

/** Longer lines are hard to read. */
const WIDEST = 120;

/** Events that get a permanent line above the view. */
const lasting: readonly ReleaseEvent['type'][] = ['phase', 'verdict', 'gate', 'task-stopped', 'lifecycle'];

/** For a terminal: the cockpit, drawn every second below the events. The last one stays. */
function liveView(
  props: ViewProps,
  { stdout, now, every }: Pick<Terminal, 'stdout'> & Pick<Time, 'now' | 'every'>,
): ReleaseView {
  const area = liveArea(stdout);
  /** Reported stops; the cockpit counts repetitions. */
  const stops = new Set<string>();
  let latest: Snapshot | undefined;
  let hint: string | undefined;

  const isNew = (event: ReleaseEvent) => {
    if (event.type !== 'task-stopped') return true;
    const before = stops.size;
    return stops.add(stopKey(event.task)).size > before;
  };
  const viewOf = (snapshot: Snapshot) => {
    const time = now();
    return { ...props, snapshot, now: time, notices: props.notices(time, snapshot), hint };
  };
  const frame = (): readonly string[] => {
    // The last column stays free, since terminals differ in wrapping; the last row is for the cursor.
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
      const happened = eventsBetween(latest, snapshot).filter((event) => lasting.includes(event.type) && isNew(event));
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
