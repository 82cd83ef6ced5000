import { limitOf, valueOf } from '../cockpit/gate-lines';
import { serviceEventText } from '../cockpit/service-event-line';
import { stoppedTaskText } from '../cockpit/stopped-task-lines';
import { oneLine } from '../text/one-line';
import { phaseWords } from '../text/phase-words';
import type { ReleaseEvent } from './release-event';

const verdicts = {
  'on-time': 'on time again',
  slow: 'SLOW, but going on',
  stuck: 'STUCK',
} as const;

/** An event as one sentence. */
export function eventText(event: ReleaseEvent): string {
  switch (event.type) {
    case 'phase':
      return `${phaseWords[event.phase]} (${event.status})`;
    case 'traffic':
      return `traffic: ${String(event.greenPercent)} % on green, ${String(event.bluePercent)} % on blue`;
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

function tasksText({ label, version, ...set }: EventOf<'tasks'>['taskSet']): string {
  const counts = [
    `${String(set.running)} of ${String(set.desired)} running`,
    ...(['pending', 'failed'] as const).flatMap((name) => (set[name] === 0 ? [] : [`${String(set[name])} ${name}`])),
    `${String(set.healthy)} healthy`,
    ...(['unhealthy', 'draining'] as const).flatMap((name) =>
      set[name] === 0 ? [] : [`${String(set[name])} ${name}`],
    ),
  ];
  return `${label} ${version}: ${counts.join(', ')}`;
}

function gateText(gate: EventOf<'gate'>['gate']): string {
  const state = { OK: 'OK', ALARM: 'ALARM', INSUFFICIENT_DATA: 'NO DATA' }[gate.state];
  const reason = gate.state === 'ALARM' ? because(gate.reason) : '';
  return `gate ${gate.name}: ${state}, ${valueOf(gate)} (alarm at ${limitOf(gate)})${reason}`;
}

function because(reason: string | undefined): string {
  return reason === undefined ? '' : `: ${oneLine(reason)}`;
}
