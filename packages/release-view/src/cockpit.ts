import {
  about,
  apart,
  clockTime,
  oneLine,
  span,
  type TextLine,
  type TextSpan,
  wholeSeconds,
  wrapped,
} from '@nightshift/console';
import type { Snapshot, TaskSetView } from '@nightshift/release';
import {
  endLine,
  gateLine,
  gateLines,
  repeatedStops,
  serviceEventLines,
  stepLine,
  stoppedTaskLines,
  trafficBar,
} from './cockpit-lines';
import { releasePhases } from './release-text';
import { taskSetTable } from './task-set-table';

/** The details that are shown. */
interface Detail {
  readonly steps: boolean;
  /** All gates, or one line for all of them. */
  readonly gates: boolean;
  /** Headings, and blank lines between the parts. */
  readonly airy: boolean;
  readonly stopped: number;
  readonly logLines: number;
  readonly events: number;
}

const least: Detail = { steps: false, gates: false, airy: false, stopped: 1, logLines: 0, events: 1 };

/** The details of a larger terminal, the most useful first. */
const more: readonly Partial<Detail>[] = [
  { steps: true },
  { logLines: 2 },
  { gates: true },
  { events: 2 },
  { airy: true },
  { events: 3 },
  { stopped: 3 },
  { logLines: 5 },
  { events: 5 },
  { events: 8 },
];

/** The view of a release on a terminal; a smaller terminal shows fewer details. */
export function cockpit(view: CockpitView, { columns, rows }: Size): readonly TextLine[] {
  const detail = more.reduce<Detail>((chosen, step) => {
    const next = { ...chosen, ...step };
    return lines(view, columns, next).length <= rows ? next : chosen;
  }, least);
  const all = lines(view, columns, detail);
  return all.length <= rows ? all : all.slice(0, Math.max(0, rows));
}

function lines(view: CockpitView, columns: number, detail: Detail): readonly TextLine[] {
  const { snapshot, hint } = view;
  const { taskSets, alarms } = snapshot;
  const gap: readonly TextLine[] = detail.airy ? [[]] : [];
  const part = (title: string, content: readonly TextLine[]): readonly TextLine[] =>
    content.length === 0 ? [] : [...gap, ...(detail.airy ? [[span(title, 'bold')]] : []), ...content];
  return [
    ...headline(view, columns),
    ...gap,
    ...(detail.steps ? [stepLine(snapshot)] : []),
    trafficBar(snapshot, columns),
    ...(detail.steps && snapshot.phase !== 'ended' ? [endLine(snapshot)] : []),
    ...gap,
    ...taskSetTable(taskSets, columns),
    ...part('Gates', detail.gates || alarms.length === 0 ? gateLines(alarms) : [gateLine(alarms)]),
    ...part('Stopped tasks', stopped(snapshot, detail)),
    ...part('Events', serviceEventLines(snapshot.events, detail.events)),
    ...(hint === undefined ? [] : [...gap, [span(hint, 'dim')]]),
  ];
}

function stopped({ stoppedTasks }: Snapshot, { stopped: shown, logLines, airy }: Detail): readonly TextLine[] {
  const stops = repeatedStops(stoppedTasks);
  const hidden = stops.slice(0, -shown).reduce((sum, { count }) => sum + count, 0);
  return [
    ...(airy && hidden > 0 ? [[span(`… and ${String(hidden)} more`, 'dim')]] : []),
    ...stops.slice(-shown).flatMap((stop) => stoppedTaskLines(stop, logLines)),
  ];
}

/** A snapshot and its context. */
export interface CockpitView {
  readonly suffix: string;
  readonly kind: 'release' | 'rollback';
  readonly snapshot: Snapshot;
  readonly now: Date;
  /** Other notices for the operator, such as a processing window that opens soon. */
  readonly notices: readonly string[];
  /** The available keys, as the last line. @default - none */
  readonly hint?: string | undefined;
}

interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** An older snapshot means that AWS does not respond. */
const STALE_MILLISECONDS = 20_000;

/** The release, its current step, and its problems. */
export function headline(view: CockpitView, columns: number): readonly TextLine[] {
  const { suffix, kind, snapshot, now, notices } = view;
  const title = [span(`${kind} of ${suffix}`, 'bold'), span(`: ${versionsOf(snapshot)}`)];
  const place = [span(`${snapshot.deploymentId}  ${clockTime(now)} UTC`, 'dim')];
  return [
    apart(title, place, columns),
    apart(state(view), [verdict(snapshot)], columns),
    ...[...reasons(view), ...notices].flatMap((reason) => warning(reason, columns)),
  ];
}

/** On two lines at most. */
function warning(text: string, columns: number): readonly TextLine[] {
  const mark = '! ';
  return wrapped(text, columns - mark.length, 2).map((line, index) => [
    span(`${index === 0 ? mark : '  '}${line}`, 'yellow'),
  ]);
}

function versionsOf({ taskSets }: Snapshot): string {
  const version = (label: TaskSetView['label']) => taskSets.find((set) => set.label === label)?.version ?? '?';
  return `${version('blue')} -> ${version('green')}`;
}

function state({ snapshot: { phase, startedAt, progress }, now }: CockpitView): TextLine {
  const expected = Number(progress.expectedEnd) - Number(startedAt);
  const elapsed = wholeSeconds(Number(now) - Number(startedAt));
  const time = phase === 'ended' || phase === 'rolling-back' ? elapsed : `${elapsed} of about ${about(expected)}`;
  return [span(releasePhases[phase], 'bold'), span(`  ${time}`)];
}

function verdict({ verdict: word, phase }: Snapshot): TextSpan {
  if (phase === 'ended') return span('');
  if (word === 'on-time') return span('[on time]', 'green');
  return word === 'slow' ? span('[SLOW]', 'yellow') : span('[STUCK]', 'red');
}

function reasons({ snapshot: { time, verdictReason, lifecycle }, now }: CockpitView): string[] {
  const age = Number(now) - Number(time);
  return [
    ...(age > STALE_MILLISECONDS ? [`AWS has not responded for ${wholeSeconds(age)}`] : []),
    ...(verdictReason === undefined ? [] : [oneLine(verdictReason)]),
    ...lifecycle.flatMap(({ name, diagnostics }) =>
      diagnostics === undefined ? [] : [`${name}: ${oneLine(diagnostics)}`],
    ),
  ];
}
