import { clockTime, logLineText, oneLine, span, type TextLine, type TextSpan } from '@nightshift/console';
import type { GateView, Phase, ServiceEventView, Snapshot, StoppedTask } from '@nightshift/release';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricAlarm.html */
const comparisons: Readonly<Record<string, string>> = {
  GreaterThanThreshold: '>',
  GreaterThanOrEqualToThreshold: '>=',
  LessThanThreshold: '<',
  LessThanOrEqualToThreshold: '<=',
};

const units: Readonly<Record<string, string>> = { Seconds: ' s', Percent: ' %', Milliseconds: ' ms' };

const words = { OK: '[OK]', ALARM: '[ALARM]', INSUFFICIENT_DATA: '[NO DATA]' } as const;

/** The gates of a release, one line each, with the reason of an alarm. */
export function gateLines(alarms: readonly GateView[]): readonly TextLine[] {
  const longest = (texts: readonly string[]) => Math.max(0, ...texts.map(({ length }) => length));
  const state = longest(alarms.map((alarm) => words[alarm.state]));
  const name = longest(alarms.map((alarm) => alarm.name));
  const value = longest(alarms.map(valueOf));
  return alarms.flatMap((alarm) => [
    [
      stateOf(alarm, state),
      span(` ${alarm.name.padEnd(name)}  ${valueOf(alarm).padStart(value)}`),
      span(`  alarm at ${limitOf(alarm)}`, 'dim'),
    ],
    ...(alarm.state === 'ALARM' && alarm.reason !== undefined ? [[span(`  ${oneLine(alarm.reason)}`)]] : []),
  ]);
}

/** All gates in one line: those in ALARM by name, and the number of others by state. A gate without data does not count as OK. */
export function gateLine(alarms: readonly GateView[]): TextLine {
  const inState = (state: GateView['state']) => alarms.filter((alarm) => alarm.state === state);
  const counted = (state: 'OK' | 'INSUFFICIENT_DATA') => {
    const gates = inState(state);
    const [first] = gates;
    return first ? [[stateOf(first, 0), span(` ${counts(gates.length, 'gate')}`)]] : [];
  };
  const parts: readonly TextLine[] = [
    ...inState('ALARM').map((alarm) => [stateOf(alarm, 0), span(` ${alarm.name} ${valueOf(alarm)}`)]),
    ...counted('INSUFFICIENT_DATA'),
    ...counted('OK'),
  ];
  return parts.flatMap((part, index) => (index === 0 ? part : [span('  '), ...part]));
}

function counts(count: number, thing: string): string {
  return `${String(count)} ${thing}${count === 1 ? '' : 's'}`;
}

function stateOf({ state }: GateView, width: number): TextSpan {
  const style = state === 'OK' ? 'green' : state === 'ALARM' ? 'red' : 'yellow';
  return span(words[state].padEnd(width), style);
}

/** Such as `2 datapoints [40.0 (24/11/26 02:03:00), 20.0 (24/11/26 02:02:00)] were greater than the threshold`. */
const DATAPOINTS = /\bdatapoints? \[([^\]]*)\]/;

const list = new Intl.ListFormat('en-GB');

/** The value of a gate. For an alarm, the datapoints that caused it, since the latest value may be OK again. */
export function valueOf({ latest, unit, state, reason = '' }: SeenGate): string {
  const [, datapoints = ''] = DATAPOINTS.exec(state === 'ALARM' ? reason : '') ?? [];
  const fired = [...datapoints.matchAll(/(\S+) \(/g)].map(([, value]) => Number(value));
  const values = fired.length > 0 || latest === undefined ? fired : [latest];
  return list.format(values.map((value) => `${shortNumber(value)}${unitOf(unit)}`)) || '-';
}

type SeenGate = Pick<GateView, 'latest' | 'unit'> & Partial<Pick<GateView, 'state' | 'reason'>>;

/** The threshold of the alarm. */
export function limitOf({ comparison, threshold, unit }: Pick<GateView, 'comparison' | 'threshold' | 'unit'>): string {
  return `${comparisons[comparison] ?? comparison} ${shortNumber(threshold)}${unitOf(unit)}`;
}

function unitOf(unit: string | undefined): string {
  return unit === undefined ? '' : (units[unit] ?? '');
}

/** At most three decimals, without trailing zeros. */
function shortNumber(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

/** In the order of a release. */
const steps = [
  ['installing', 'start tasks'],
  ['testing', 'test'],
  ['shifting', 'shift'],
  ['baking', 'termination wait'],
  ['terminating', 'stop old tasks'],
] as const satisfies readonly (readonly [Phase, string])[];

const BAR_LABEL = 'traffic on new tasks  ';

/** The maximum width of the bar. */
const WIDEST_BAR = 80;

const PERCENT_WIDTH = '  100 %'.length;

/** The completed and the remaining steps. */
export function stepLine({ phase, status, lifecycle, verification }: Snapshot): TextLine {
  const started = (event: string) => lifecycle.some(({ name, startedAt }) => name === event && startedAt !== undefined);
  const taken = phase === 'rolling-back' || phase === 'ended';
  const reached = steps.findIndex(([name]) => name === (taken ? failedIn(started) : phase));
  return steps.flatMap(([name, label], index) => {
    const gap = span(index === 0 ? '' : '  ');
    if (name === 'testing' && verification === 'not-verified' && index !== reached)
      return [gap, span(`[-] ${label}`, 'dim')];
    // A stopped deployment has no failed event, and its last phases never started.
    if (index < reached || (phase === 'ended' && status === 'Succeeded')) return [gap, span(`[x] ${label}`, 'dim')];
    if (index > reached) return [gap, span(`[ ] ${label}`)];
    return [gap, taken ? span(`[!] ${label}`, 'red') : span(`[>] ${label}`, 'bold')];
  });
}

/** The events show the phase in which a rollback started. */
function failedIn(started: (event: string) => boolean): Phase {
  if (started('AllowTraffic')) return 'shifting';
  return started('AllowTestTraffic') ? 'testing' : 'installing';
}

/** Share of the traffic on the new tasks. */
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

/** The expected end times. */
export function endLine({ phase, progress }: Snapshot): TextLine {
  const { shiftEnds, terminationEnds, expectedEnd, deadline } = progress;
  const known: readonly TextSpan[] = [
    ...(phase === 'shifting' && shiftEnds ? [span(`all traffic moved by ${clockTime(shiftEnds)}, `)] : []),
    ...(phase === 'baking' && terminationEnds ? [span(`old tasks stop ${clockTime(terminationEnds)}, `)] : []),
  ];
  if (phase === 'ended') return [];
  if (phase === 'rolling-back') return [span(`ends by ${clockTime(deadline)}`)];
  return [...known, span(`ends about ${clockTime(expectedEnd)}, by ${clockTime(deadline)} at the latest`)];
}

/** `(service ecs-service-prod) has reached a steady state.`: every event begins with the same service. */
const SERVICE = /^\(service [^)]*\)\s*/;

/** `arn:aws:elasticloadbalancing:…:targetgroup/tg-green-prod/0123456789abcdef` */
const TARGET_GROUP = /\barn:[^\s,()]*:targetgroup\/([^/\s]+)\/\w+/g;

/** Task ids have 32 digits; the first ones distinguish them. */
const TASK = /\b([0-9a-f]{8})[0-9a-f]{24}\b/g;

/** The events of the service, newest last. Equal events are one line with their number, at the time of the last one. */
export function serviceEventLines(events: readonly ServiceEventView[], shown: number): readonly TextLine[] {
  const keys = events.map(({ text }) => serviceEventKey(text));
  const newest = events.filter((_, index) => keys.lastIndexOf(String(keys[index])) === index).slice(-shown);
  return newest.map(({ time, text }) => {
    const count = keys.filter((key) => key === serviceEventKey(text)).length;
    return [span(`${clockTime(time)} `, 'dim'), span(repeated(count, serviceEventText(text)))];
  });
}

/** The same for events that differ only in their tasks. */
export function serviceEventKey(text: string): string {
  return serviceEventText(text).replaceAll(/\(task \w+\)/g, '(task)');
}

export function serviceEventText(text: string): string {
  return oneLine(text).replace(SERVICE, '').replace(TARGET_GROUP, '$1').replace(TASK, '$1');
}

/** Tasks of one version that stopped for the same reason. */
export interface RepeatedStop {
  readonly count: number;
  /** The last one. */
  readonly task: StoppedTask;
}

/** Stopped tasks, newest last, those of one version and reason together. */
export function repeatedStops(tasks: readonly StoppedTask[]): readonly RepeatedStop[] {
  const keys = tasks.map(stopKey);
  return tasks
    .map((task, index) => ({ task, index, count: keys.filter((key) => key === keys[index]).length }))
    .filter(({ index }) => keys.lastIndexOf(String(keys[index])) === index);
}

/** Merges equal events. */
export function repeated(count: number, text: string): string {
  return count === 1 ? text : `${String(count)} × ${text}`;
}

/** The same for tasks that stopped for the same reason. */
export function stopKey({ version, reason, exitCode }: StoppedTask): string {
  return JSON.stringify([version, reason, exitCode]);
}

/** A failed task: time, version, reason, and last log lines. */
export function stoppedTaskLines({ task, count }: RepeatedStop, logLines: number): readonly TextLine[] {
  return [
    [span(`${clockTime(task.stoppedAt)} `, 'dim'), span(repeated(count, stoppedTaskText(task)), 'red')],
    ...(logLines === 0 ? [] : task.logLines.slice(-logLines)).map((line) => [span(`  | ${logLineText(line)}`)]),
  ];
}

/** As one sentence. */
export function stoppedTaskText({
  id,
  version,
  reason,
  exitCode,
}: Omit<StoppedTask, 'logLines' | 'stoppedAt'>): string {
  const code = exitCode === undefined ? '' : `, exit code ${String(exitCode)}`;
  return `task ${id.slice(0, 8)} of ${version} stopped${code}: ${oneLine(reason)}`;
}
