import { oneLine } from '@nightshift/console';
import type { ReleaseEvent, Snapshot, TaskSetView } from '@nightshift/release';
import { limitOf, serviceEventText, stoppedTaskText, valueOf } from './cockpit-lines';
import { releasePhases, taskSetName } from './release-text';

/** The fields of a task set whose changes are events. */
const counts = ['desired', 'running', 'pending', 'failed', 'healthy', 'unhealthy', 'draining'] as const;

/** The events between two snapshots, in order. @param previous undefined before the first one. */
export function eventsBetween(previous: Snapshot | undefined, latest: Snapshot): readonly ReleaseEvent[] {
  const { time } = latest;
  const events: readonly ReleaseEvent[] = [
    ...phase(previous, latest),
    ...lifecycle(previous, latest),
    ...latest.events
      .filter(
        (event) =>
          !previous?.events.some(({ time: at, text }) => Number(at) === Number(event.time) && text === event.text),
      )
      .map(({ time: happened, text }) => ({ type: 'service', time: happened, text }) as const),
    ...latest.stoppedTasks
      .filter(({ id }) => !previous?.stoppedTasks.some((known) => known.id === id))
      .map((task) => ({ type: 'task-stopped', time: task.stoppedAt, task }) as const),
    ...latest.taskSets
      .filter((set) => tasksChanged(previous, set))
      .map((taskSet) => ({ type: 'tasks', time, taskSet }) as const),
    ...traffic(previous, latest),
    ...latest.alarms
      .filter((gate) => stateOf(previous, gate.name) !== gate.state)
      .map((gate) => ({ type: 'gate', time, gate }) as const),
    ...verdict(previous, latest),
  ];
  return [...events].sort((one, other) => Number(one.time) - Number(other.time));
}

function phase(previous: Snapshot | undefined, { time, phase: now, status }: Snapshot): readonly ReleaseEvent[] {
  return previous?.phase === now ? [] : [{ type: 'phase', time, phase: now, status }];
}

function lifecycle(previous: Snapshot | undefined, latest: Snapshot): readonly ReleaseEvent[] {
  return latest.lifecycle
    .filter(({ status }) => status === 'Failed')
    .filter(({ name }) => previous?.lifecycle.find((event) => event.name === name)?.status !== 'Failed')
    .map(({ name, status, diagnostics }) => ({
      type: 'lifecycle',
      time: latest.time,
      name,
      status,
      ...(diagnostics !== undefined && { diagnostics }),
    }));
}

function tasksChanged(previous: Snapshot | undefined, set: TaskSetView): boolean {
  const known = previous?.taskSets.find(({ id }) => id === set.id);
  return !known || counts.some((count) => known[count] !== set[count]);
}

function traffic(previous: Snapshot | undefined, { time, taskSets }: Snapshot): readonly ReleaseEvent[] {
  const greenPercent = shareOf(taskSets, 'green');
  const bluePercent = shareOf(taskSets, 'blue');
  const unchanged = previous && shareOf(previous.taskSets, 'green') === greenPercent;
  return (unchanged ?? greenPercent === 0) ? [] : [{ type: 'traffic', time, greenPercent, bluePercent }];
}

function shareOf(taskSets: readonly TaskSetView[], label: TaskSetView['label']): number {
  return taskSets.find((set) => set.label === label)?.trafficPercent ?? 0;
}

/** Gates count as OK before the first snapshot. */
function stateOf(previous: Snapshot | undefined, name: string): string {
  return previous?.alarms.find((gate) => gate.name === name)?.state ?? 'OK';
}

function verdict(previous: Snapshot | undefined, latest: Snapshot): readonly ReleaseEvent[] {
  const { time, verdict: word, verdictReason: reason } = latest;
  const isSame =
    (previous?.verdict ?? 'on-time') === word && withoutNumbers(previous?.verdictReason) === withoutNumbers(reason);
  // The end reports the outcome, and a release that is rolled back is not on time again.
  const isOver = latest.phase === 'ended' || (latest.phase === 'rolling-back' && word === 'on-time');
  if (isSame || isOver) return [];
  return [{ type: 'verdict', time, verdict: word, ...(reason !== undefined && { reason }) }];
}

/** Each failure increases a number in the reason, and its log line is already in the event of the task. */
function withoutNumbers(reason = ''): string {
  return reason.replace(/ tasks? ha(?:s|ve) failed.*/s, ' tasks have failed').replaceAll(/\d+/g, '');
}

const verdicts = {
  'on-time': 'on time again',
  slow: 'SLOW, but progressing',
  stuck: 'STUCK',
} as const;

/** An event as one sentence. */
export function eventText(event: ReleaseEvent): string {
  switch (event.type) {
    case 'phase':
      return `${releasePhases[event.phase]} (${event.status})`;
    case 'traffic':
      return `traffic: ${String(event.greenPercent)} % on new tasks, ${String(event.bluePercent)} % on current tasks`;
    case 'tasks':
      return tasksText(event.taskSet);
    case 'gate':
      return gateText(event.gate);
    case 'service':
      return `service: ${serviceEventText(event.text)}`;
    case 'task-stopped':
      return stoppedTaskText(event.task);
    case 'lifecycle':
      return `${event.name} ${event.status.toLowerCase()}${because(event.diagnostics)}`;
    case 'verdict':
      return `${verdicts[event.verdict]}${because(event.reason)}`;
  }
}

type EventOf<Type extends ReleaseEvent['type']> = Extract<ReleaseEvent, { readonly type: Type }>;

function tasksText(set: EventOf<'tasks'>['taskSet']): string {
  const counts = [
    `${String(set.running)} running, ${String(set.desired)} desired`,
    ...(['pending', 'failed'] as const).flatMap((name) => (set[name] === 0 ? [] : [`${String(set[name])} ${name}`])),
    `${String(set.healthy)} healthy`,
    ...(['unhealthy', 'draining'] as const).flatMap((name) =>
      set[name] === 0 ? [] : [`${String(set[name])} ${name}`],
    ),
  ];
  return `${taskSetName(set)} ${set.version}: ${counts.join(', ')}`;
}

function gateText(gate: EventOf<'gate'>['gate']): string {
  const state = { OK: 'OK', ALARM: 'ALARM', INSUFFICIENT_DATA: 'NO DATA' }[gate.state];
  const reason = gate.state === 'ALARM' ? because(gate.reason) : '';
  return `gate ${gate.name}: ${state}, ${valueOf(gate)} (alarm at ${limitOf(gate)})${reason}`;
}

function because(reason: string | undefined): string {
  return reason === undefined ? '' : `: ${oneLine(reason)}`;
}
