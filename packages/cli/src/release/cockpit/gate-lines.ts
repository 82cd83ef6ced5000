import type { GateView } from '@nightshift/release';
import { oneLine } from '../text/one-line';
import { span, type TextLine, type TextSpan } from '../text/text-line';

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricAlarm.html */
const comparisons: Readonly<Record<string, string>> = {
  GreaterThanThreshold: '>',
  GreaterThanOrEqualToThreshold: '>=',
  LessThanThreshold: '<',
  LessThanOrEqualToThreshold: '<=',
};

const units: Readonly<Record<string, string>> = { Seconds: ' s', Percent: ' %', Milliseconds: ' ms' };

const words = { OK: '[OK]', ALARM: '[ALARM]', INSUFFICIENT_DATA: '[NO DATA]' } as const;

/** The gates of a release, a line each, and why one holds the release up. */
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

/** All gates in one line: those that are not good, or that all are. */
export function gateLine(alarms: readonly GateView[]): TextLine {
  const bad = alarms.filter(({ state }) => state !== 'OK');
  if (bad.length === 0) return [span('[OK]', 'green'), span(` all ${String(alarms.length)} gates`)];
  return bad.flatMap((alarm, index) => [
    span(index === 0 ? '' : '  '),
    stateOf(alarm, 0),
    span(` ${alarm.name} ${valueOf(alarm)}`),
  ]);
}

function stateOf({ state }: GateView, width: number): TextSpan {
  const style = state === 'OK' ? 'green' : state === 'ALARM' ? 'red' : 'yellow';
  return span(words[state].padEnd(width), style);
}

/** What the gate sees. */
export function valueOf({ latest, unit }: Pick<GateView, 'latest' | 'unit'>): string {
  return latest === undefined ? '-' : `${shortNumber(latest)}${unitOf(unit)}`;
}

/** When the gate closes. */
export function limitOf({ comparison, threshold, unit }: Pick<GateView, 'comparison' | 'threshold' | 'unit'>): string {
  return `${comparisons[comparison] ?? comparison} ${shortNumber(threshold)}${unitOf(unit)}`;
}

function unitOf(unit: string | undefined): string {
  return unit === undefined ? '' : (units[unit] ?? '');
}

/** Three decimals at most, and none that say nothing. */
function shortNumber(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
