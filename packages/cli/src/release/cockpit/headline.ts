import type { Snapshot, TaskSetView } from '@nightshift/release';
import { wholeSeconds } from '../../progress/whole-seconds';
import { about } from '../text/about';
import { apart } from '../text/apart';
import { clockTime } from '../text/clock-time';
import { oneLine } from '../text/one-line';
import { phaseWords } from '../text/phase-words';
import { wrapped } from '../text/wrapped';
import { span, type TextLine, type TextSpan } from '../text/text-line';
import type { CockpitView } from './cockpit-view';

/** A snapshot that is older says that AWS does not answer. */
const STALE_MILLISECONDS = 20_000;

/** Which release this is, where it stands, and what is wrong with it. */
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
  return [span(phaseWords[phase], 'bold'), span(`  ${time}`)];
}

function verdict({ verdict: word, phase }: Snapshot): TextSpan {
  if (phase === 'ended') return span('');
  if (word === 'on-time') return span('[on time]', 'green');
  return word === 'slow' ? span('[SLOW]', 'yellow') : span('[STUCK]', 'red');
}

function reasons({ snapshot: { time, verdictReason, lifecycle }, now }: CockpitView): string[] {
  const age = Number(now) - Number(time);
  return [
    ...(age > STALE_MILLISECONDS ? [`AWS has not answered for ${wholeSeconds(age)}`] : []),
    ...(verdictReason === undefined ? [] : [oneLine(verdictReason)]),
    ...lifecycle.flatMap(({ name, diagnostics }) =>
      diagnostics === undefined ? [] : [`${name}: ${oneLine(diagnostics)}`],
    ),
  ];
}
