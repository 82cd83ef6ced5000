import type { Phase, Snapshot } from '@nightshift/release';
import { clockTime } from '../text/clock-time';
import { span, type TextLine, type TextSpan } from '../text/text-line';

/** In the order in which a release takes them. */
const steps = [
  ['installing', 'start new tasks'],
  ['testing', 'test'],
  ['shifting', 'shift traffic'],
  ['baking', 'wait'],
  ['terminating', 'end old tasks'],
] as const satisfies readonly (readonly [Phase, string])[];

const BAR_LABEL = 'traffic on green  ';
/** A longer bar says no more. */
const WIDEST_BAR = 80;
const PERCENT_WIDTH = '  100 %'.length;

/** What is done and what is to come. */
export function stepLine({ phase, lifecycle }: Snapshot): TextLine {
  const started = (event: string) => lifecycle.some(({ name, startedAt }) => name === event && startedAt !== undefined);
  const taken = phase === 'rolling-back' || phase === 'ended';
  const reached = steps.findIndex(([name]) => name === (taken ? failedIn(started) : phase));
  return steps.flatMap(([, label], index) => {
    const gap = span(index === 0 ? '' : '  ');
    if (index < reached || (phase === 'ended' && !lifecycle.some(({ status }) => status === 'Failed')))
      return [gap, span(`[x] ${label}`, 'dim')];
    if (index > reached) return [gap, span(`[ ] ${label}`)];
    return [gap, taken ? span(`[!] ${label}`, 'red') : span(`[>] ${label}`, 'bold')];
  });
}

/** A rollback tells no phase that it began in; what had been started does. */
function failedIn(started: (event: string) => boolean): Phase {
  if (started('AllowTraffic')) return 'shifting';
  return started('AllowTestTraffic') ? 'testing' : 'installing';
}

/** Share of the traffic that the new tasks have. */
export function trafficBar({ progress: { shiftedPercent } }: Snapshot, columns: number): TextLine {
  const width = Math.max(1, Math.min(WIDEST_BAR, columns - BAR_LABEL.length - PERCENT_WIDTH));
  const full = Math.round((width * shiftedPercent) / 100);
  const percent = `${String(shiftedPercent).padStart(PERCENT_WIDTH - 2)} %`;
  return [
    span(BAR_LABEL),
    span('█'.repeat(full), 'green'),
    span('░'.repeat(width - full), 'dim'),
    span(percent, 'bold'),
  ];
}

/** When what is to come will be over. */
export function endLine({ phase, progress }: Snapshot): TextLine {
  const { shiftEnds, terminationEnds, expectedEnd, deadline } = progress;
  const known: readonly TextSpan[] = [
    ...(phase === 'shifting' && shiftEnds ? [span(`all traffic on green ${clockTime(shiftEnds)}, `)] : []),
    ...(phase === 'baking' && terminationEnds ? [span(`old tasks end ${clockTime(terminationEnds)}, `)] : []),
  ];
  if (phase === 'ended') return [];
  if (phase === 'rolling-back') return [span(`over at the latest ${clockTime(deadline)}`)];
  return [...known, span(`over about ${clockTime(expectedEnd)}, at the latest ${clockTime(deadline)}`)];
}
