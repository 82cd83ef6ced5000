import type { LifecycleEvent, Phase } from '@nightshift/release';
import { createColors } from 'picocolors';
import { paint } from '../text/paint';
import type { TextLine } from '../text/text-line';
import { at, snapshotFixture } from '../testing/snapshot-fixture';
import { endLine, stepLine, trafficBar } from './progress-lines';

const text = (line: TextLine) => paint(line, 200, createColors(false));
const started = (...names: string[]): LifecycleEvent[] =>
  names.map((name) => ({ name, status: 'Succeeded', startedAt: at(1) }));

describe('the steps', () => {
  it.each<[Phase, string]>([
    ['created', '[ ] start new tasks  [ ] test  [ ] shift traffic  [ ] wait  [ ] end old tasks'],
    ['installing', '[>] start new tasks  [ ] test  [ ] shift traffic  [ ] wait  [ ] end old tasks'],
    ['testing', '[x] start new tasks  [>] test  [ ] shift traffic  [ ] wait  [ ] end old tasks'],
    ['baking', '[x] start new tasks  [x] test  [x] shift traffic  [>] wait  [ ] end old tasks'],
    ['terminating', '[x] start new tasks  [x] test  [x] shift traffic  [x] wait  [>] end old tasks'],
    ['ended', '[x] start new tasks  [x] test  [x] shift traffic  [x] wait  [x] end old tasks'],
  ])('%s', (phase, line) => {
    expect(text(stepLine(snapshotFixture({ phase })))).toBe(line);
  });

  it.each([
    [started('Install'), '[!] start new tasks  [ ] test  [ ] shift traffic  [ ] wait  [ ] end old tasks'],
    [started('AllowTestTraffic'), '[x] start new tasks  [!] test  [ ] shift traffic  [ ] wait  [ ] end old tasks'],
    [started('AllowTraffic'), '[x] start new tasks  [x] test  [!] shift traffic  [ ] wait  [ ] end old tasks'],
    [
      [{ name: 'AllowTraffic', status: 'Pending' }],
      '[!] start new tasks  [ ] test  [ ] shift traffic  [ ] wait  [ ] end old tasks',
    ],
  ])('a rollback shows how far the release had come', (lifecycle, line) => {
    expect(text(stepLine(snapshotFixture({ phase: 'rolling-back', lifecycle })))).toBe(line);
  });

  it('a failed release shows where it failed', () => {
    const lifecycle = [{ name: 'Install', status: 'Failed', startedAt: at(1) }];
    expect(text(stepLine(snapshotFixture({ phase: 'ended', lifecycle })))).toBe(
      '[!] start new tasks  [ ] test  [ ] shift traffic  [ ] wait  [ ] end old tasks',
    );
  });
});

describe('the bar', () => {
  it.each([
    [0, 'traffic on green  ░░░░░░░░░░    0 %'],
    [10, 'traffic on green  █░░░░░░░░░   10 %'],
    [100, 'traffic on green  ██████████  100 %'],
  ])('at %i %%', (shiftedPercent, line) => {
    const progress = { shiftedPercent, expectedEnd: at(43), deadline: at(115) };
    expect(text(trafficBar(snapshotFixture({ progress }), 35))).toBe(line);
  });

  it('is neither too short nor too long to be read', () => {
    expect(text(trafficBar(snapshotFixture(), 10))).toBe('traffic on green  █   60 %');
    expect(text(trafficBar(snapshotFixture(), 300))).toHaveLength(105);
  });
});

describe('the end', () => {
  const progress = {
    shiftedPercent: 60,
    expectedEnd: at(43),
    shiftEnds: at(12, 2),
    terminationEnds: at(42, 2),
    deadline: at(115),
  };
  const bare = { shiftedPercent: 0, expectedEnd: at(43), deadline: at(115) };

  it.each<[Phase, typeof progress | typeof bare, string]>([
    ['installing', bare, 'over about 02:43:00, at the latest 03:55:00'],
    ['shifting', progress, 'all traffic on green 02:12:02, over about 02:43:00, at the latest 03:55:00'],
    ['shifting', bare, 'over about 02:43:00, at the latest 03:55:00'],
    ['baking', progress, 'old tasks end 02:42:02, over about 02:43:00, at the latest 03:55:00'],
    ['baking', bare, 'over about 02:43:00, at the latest 03:55:00'],
    ['rolling-back', progress, 'over at the latest 03:55:00'],
    ['ended', progress, ''],
  ])('%s', (phase, given, line) => {
    expect(text(endLine(snapshotFixture({ phase, progress: given })))).toBe(line);
  });
});
