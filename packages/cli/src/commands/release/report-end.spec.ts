import { everydayCommands } from '@nightshift/errors';
import type { ReleaseRecord } from '@nightshift/release';
import { createColors } from 'picocolors';
import { recordFixture, at, snapshotFixture } from '@nightshift/release-view/testing';
import { conclusion, paintEnd, type WatchedEnd } from './report-end';

const commands = everydayCommands({ name: 'prod', suffix: 'prod' });

const said = (end: WatchedEnd, seen = true, record?: ReleaseRecord) =>
  conclusion({
    kind: 'release',
    suffix: 'prod',
    end,
    record,
    snapshot: seen ? snapshotFixture({ time: at(9) }) : undefined,
    commands,
  });

describe('how a release ended', () => {
  it.each<[WatchedEnd, readonly string[]]>([
    [{ kind: 'succeeded' }, ['release of prod succeeded: 9a01b7c has all traffic (9 min 00 s)']],
    [
      { kind: 'rolled-back', cause: 'alarm-a went\ninto ALARM' },
      [
        'release of prod failed and was rolled back: 4f1c2e9 has all traffic (9 min 00 s)',
        '  why: alarm-a went into ALARM',
        '  details: npx nightshift release history -c prod',
      ],
    ],
    [
      { kind: 'rollback-failed', cause: 'alarm-a' },
      [
        'release of prod failed, and THE ROLLBACK FAILED: act now (9 min 00 s)',
        '  why: alarm-a',
        '  what to do: see docs/runbooks/rollback-failed.md and npx nightshift release status -c prod',
      ],
    ],
    [{ kind: 'stopped' }, ['release of prod was stopped: 4f1c2e9 has all traffic (9 min 00 s)']],
    [
      { kind: 'detached' },
      [
        'release of prod continues without being watched',
        '  watch: npx nightshift release watch -c prod',
        '  stop:  npx nightshift release stop -c prod',
        '  scale-in stays suspended until the next deploy, plan, doctor or release command after the end of the release',
      ],
    ],
  ])('%j', (end, lines) => {
    expect(said(end)).toEqual(lines);
  });

  it('says why it is not watched any longer where nobody wanted that', () => {
    expect(said({ kind: 'detached', cause: 'CodeDeploy should have ended' })[0]).toBe(
      'release of prod continues without being watched: CodeDeploy should have ended',
    );
  });

  it.each([
    ['installing', true],
    ['shifting', false],
  ] as const)('says that only a watch tests the new version: %s', (phase, says) => {
    const [, ...lines] = conclusion({
      kind: 'release',
      suffix: 'prod',
      end: { kind: 'detached' },
      record: recordFixture(),
      snapshot: snapshotFixture({ phase }),
      commands,
    });
    const text = '  no traffic moves before release watch has tested the new version';
    expect(lines.includes(text)).toBe(says);
  });

  it('can be said of a release that nobody has seen', () => {
    expect(said({ kind: 'stopped' }, false, recordFixture())).toEqual([
      'release of prod was stopped: 4f1c2e9 has all traffic',
    ]);
    expect(said({ kind: 'succeeded' }, false)).toEqual(['release of prod succeeded: the new version has all traffic']);
    expect(said({ kind: 'stopped' }, false)).toEqual([
      'release of prod was stopped: the previous version has all traffic',
    ]);
  });

  it.each([
    ['succeeded', '\u001B[32m'],
    ['detached', '\u001B[33m'],
    ['stopped', '\u001B[33m'],
    ['rolled-back', '\u001B[31m'],
    ['rollback-failed', '\u001B[31m'],
  ] as const)('has a colour on a terminal: %s', (kind, colour) => {
    expect(paintEnd({ kind, cause: '' }, createColors(true))('x')).toBe(`${colour}x\u001B[39m`);
  });
});
