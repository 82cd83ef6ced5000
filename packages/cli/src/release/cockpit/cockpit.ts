import type { Snapshot } from '@nightshift/release';
import { span, type TextLine } from '../text/text-line';
import type { CockpitView, Size } from './cockpit-view';
import { gateLine, gateLines } from './gate-lines';
import { headline } from './headline';
import { endLine, stepLine, trafficBar } from './progress-lines';
import { serviceEventLine } from './service-event-line';
import { stoppedTaskLines } from './stopped-task-lines';
import { taskSetTable } from './task-set-table';

/** How much of what has no end is shown. */
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

/** What a larger terminal has room for, the most useful first. */
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

/** All that an operator has to know of a release, in the room that there is: the less of it, the fewer details. */
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
    ...part('Events', snapshot.events.slice(-detail.events).map(serviceEventLine)),
    ...(hint === undefined ? [] : [...gap, [span(hint, 'dim')]]),
  ];
}

function stopped({ stoppedTasks }: Snapshot, { stopped: shown, logLines, airy }: Detail): readonly TextLine[] {
  const hidden = stoppedTasks.length - shown;
  return [
    ...(airy && hidden > 0 ? [[span(`… and ${String(hidden)} before`, 'dim')]] : []),
    ...stoppedTasks.slice(-shown).flatMap((task) => stoppedTaskLines(task, logLines)),
  ];
}
