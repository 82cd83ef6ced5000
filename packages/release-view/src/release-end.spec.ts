import { everydayCommands } from '@nightshift/errors';
import type { ReleaseRecord, Verification } from '@nightshift/release';
import { createColors } from 'picocolors';
import {
  evidenceLines,
  notVerifiedLines,
  outcomeText,
  verifiedText,
  paintEnd,
  releaseConclusion,
  type WatchedEnd,
} from './release-end';
import { recordFixture } from './testing/record-fixture';
import { at, snapshotFixture } from './testing/snapshot-fixture';

const commands = everydayCommands({ name: 'prod', suffix: 'prod' });

const said = (end: WatchedEnd, seen = true, record?: ReleaseRecord) =>
  releaseConclusion({
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

  it('says why the watch ended, if that was not requested', () => {
    expect(said({ kind: 'detached', cause: 'CodeDeploy should have ended' })[0]).toBe(
      'release of prod continues without being watched: CodeDeploy should have ended',
    );
  });

  it.each([
    ['installing', true],
    ['shifting', false],
  ] as const)('says that the new version is tested only while it is watched: %s', (phase, says) => {
    const [, ...lines] = releaseConclusion({
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

  it('can be without a snapshot', () => {
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

const verification = (outcome: Verification['outcome'], text = '2 of 2 test requests answered as expected') => ({
  outcome,
  text,
  time: '2026-11-24T02:03:00.000Z',
});

const traffic = (requests: number, failed = 0, balancerErrors = 0) => ({ requests, failed, balancerErrors });

describe('the verification of a new version', () => {
  it.each([
    [
      { verification: verification('passed') },
      ['  tested before traffic moved: 2 of 2 test requests answered as expected'],
    ],
    [{ verification: verification('not-verified', 'nobody\nmay') }, ['  not verified: nobody may']],
    // The cause says it.
    [{ verification: verification('failed', 'got 500') }, []],
    [{ traffic: traffic(0) }, ['  no request was seen during the shift']],
    [{ traffic: traffic(1) }, ['  1 request to the new version, 0 failed (0 %)']],
    [{ traffic: traffic(412, 3) }, ['  412 requests to the new version, 3 failed (0.7 %)']],
    [
      { traffic: traffic(10, 0, 2) },
      [
        '  10 requests to the new version, 0 failed (0 %); the load balancer itself answered 2 with a server error, for either version',
      ],
    ],
    [{}, []],
  ])('%j', (record, lines) => expect(evidenceLines(record)).toEqual(lines));

  it.each([
    [{}, 'in progress'],
    [{ outcome: 'succeeded' }, 'succeeded'],
    [{ outcome: 'succeeded', traffic: traffic(5) }, 'succeeded'],
    [{ outcome: 'succeeded', traffic: traffic(0), verification: verification('passed') }, 'succeeded'],
    [{ outcome: 'succeeded', traffic: traffic(0), verification: verification('not-verified') }, 'succeeded, unproven'],
    [{ outcome: 'succeeded', traffic: traffic(0) }, 'succeeded, unproven'],
    [{ outcome: 'rolled-back', traffic: traffic(0) }, 'rolled-back'],
  ] as const)('is an outcome: %j', (record, text) => expect(outcomeText(record)).toBe(text));

  it.each([
    [{}, undefined],
    [{ verification: verification('passed') }, 'yes: 2 of 2 test requests answered as expected'],
    [{ verification: verification('failed', 'got\n500') }, 'no: got 500'],
    [{ verification: verification('not-verified', 'nobody may'), traffic: traffic(1) }, 'no: nobody may'],
    [
      { outcome: 'succeeded', verification: verification('not-verified', 'nobody may'), traffic: traffic(0) },
      'no: nobody may; no request was seen during the shift',
    ],
    [{ outcome: 'succeeded', traffic: traffic(0) }, 'no: no request was seen during the shift'],
  ] as const)('is a row of the report: %j', (record, text) => expect(verifiedText(record)).toBe(text));

  it('is the reason in the history if there was no verification', () => {
    expect(notVerifiedLines({ verification: verification('not-verified', 'nobody may') })).toEqual([
      '  not verified: nobody may',
    ]);
    expect(notVerifiedLines({})).toEqual([]);
  });
});
