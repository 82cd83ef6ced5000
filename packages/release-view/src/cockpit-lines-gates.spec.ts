import { paint } from '@nightshift/console';
import { createColors } from 'picocolors';
import { gateLine, gateLines, limitOf, valueOf } from './cockpit-lines';
import { gateFixture } from './testing/snapshot-fixture';

const plain = createColors(false);

const alarm = gateFixture({ name: 'alarm-a', state: 'ALARM', latest: 14.00049, reason: '3 datapoints\nwere greater' });

const withoutData = { ...gateFixture({ name: 'alarm-long-name', state: 'INSUFFICIENT_DATA' }) };

delete withoutData.latest;

describe('gates', () => {
  it('have state, latest value and limit in columns, and the reason of an alarm below', () => {
    const lines = gateLines([gateFixture({ name: 'alarm-b' }), alarm, withoutData]).map((line) =>
      paint(line, 80, plain),
    );
    expect(lines).toEqual([
      '[OK]      alarm-b           0  alarm at > 10',
      '[ALARM]   alarm-a          14  alarm at > 10',
      '  3 datapoints were greater',
      '[NO DATA] alarm-long-name   -  alarm at > 10',
    ]);
  });

  it('have no reason if CloudWatch gives none', () => {
    expect(gateLines([gateFixture({ state: 'ALARM' })])).toHaveLength(1);
  });

  it('fit on one line: those in ALARM, and the number of those that are OK or have no data', () => {
    const line = (...alarms: Parameters<typeof gateLine>[0]) => paint(gateLine(alarms), 80, plain);
    expect(line(gateFixture())).toBe('[OK] 1 gate');
    expect(line(gateFixture(), gateFixture())).toBe('[OK] 2 gates');
    expect(line(gateFixture(), alarm, withoutData)).toBe('[ALARM] alarm-a 14  [NO DATA] 1 gate  [OK] 1 gate');
    expect(line()).toBe('');
  });

  it.each([
    [1.5, 'Seconds', '1.5 s'],
    [12, 'Percent', '12 %'],
    [80, 'Milliseconds', '80 ms'],
    [3, 'Count', '3'],
  ])('show %f %s as %s', (latest, unit, text) => {
    expect(valueOf({ latest, unit })).toBe(text);
  });

  it.each([
    [
      'ALARM',
      'Threshold Crossed: 2 out of the last 3 datapoints [40.0 (24/11/26 02:03:00), 20.0 (24/11/26 02:02:00)] were greater than the threshold (5.0).',
      '40 % and 20 %',
    ],
    [
      'ALARM',
      'Threshold Crossed: 1 datapoint [40.0 (24/11/26 02:03:00)] was greater than the threshold (5.0).',
      '40 %',
    ],
    ['ALARM', '3 missing datapoints were treated as [Breaching].', '0 %'],
    ['OK', '1 datapoint [40.0 (24/11/26 02:03:00)] was greater than the threshold (5.0).', '0 %'],
  ] as const)('show the value that caused an alarm instead of the latest value: %s, %s', (state, reason, text) => {
    expect(valueOf({ latest: 0, unit: 'Percent', state, reason })).toBe(text);
  });

  it.each([
    ['GreaterThanThreshold', '> 1 s'],
    ['GreaterThanOrEqualToThreshold', '>= 1 s'],
    ['LessThanThreshold', '< 1 s'],
    ['LessThanOrEqualToThreshold', '<= 1 s'],
    ['GreaterThanUpperThreshold', 'GreaterThanUpperThreshold 1 s'],
  ])('show %s as %s', (comparison, text) => {
    expect(limitOf({ comparison, threshold: 1, unit: 'Seconds' })).toBe(text);
  });
});
