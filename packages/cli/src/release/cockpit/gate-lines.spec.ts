import { createColors } from 'picocolors';
import { paint } from '../text/paint';
import { gateFixture } from '../testing/snapshot-fixture';
import { gateLine, gateLines, limitOf, valueOf } from './gate-lines';

const plain = createColors(false);
const alarm = gateFixture({ name: 'alarm-a', state: 'ALARM', latest: 14.00049, reason: '3 datapoints\nwere greater' });
const withoutData = { ...gateFixture({ name: 'alarm-long-name', state: 'INSUFFICIENT_DATA' }) };
delete withoutData.latest;

describe('gates', () => {
  it('have state, latest value and limit in columns, and the reason of an alarm below it', () => {
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

  it('know no reason where CloudWatch gives none', () => {
    expect(gateLines([gateFixture({ state: 'ALARM' })])).toHaveLength(1);
  });

  it('fit on one line: those that are not good, or that all are', () => {
    const line = (...alarms: Parameters<typeof gateLine>[0]) => paint(gateLine(alarms), 80, plain);
    expect(line(gateFixture(), gateFixture())).toBe('[OK] all 2 gates');
    expect(line(gateFixture(), alarm, withoutData)).toBe('[ALARM] alarm-a 14  [NO DATA] alarm-long-name -');
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
    ['GreaterThanThreshold', '> 1 s'],
    ['GreaterThanOrEqualToThreshold', '>= 1 s'],
    ['LessThanThreshold', '< 1 s'],
    ['LessThanOrEqualToThreshold', '<= 1 s'],
    ['GreaterThanUpperThreshold', 'GreaterThanUpperThreshold 1 s'],
  ])('show %s as %s', (comparison, text) => {
    expect(limitOf({ comparison, threshold: 1, unit: 'Seconds' })).toBe(text);
  });
});
