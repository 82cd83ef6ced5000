import type { Verification } from '@nightshift/release';
import { evidenceLines, outcomeText } from './release-evidence';

const verification = (outcome: Verification['outcome'], text = '2 of 2 test requests answered as expected') => ({
  outcome,
  text,
  time: '2026-11-24T02:03:00.000Z',
});

const traffic = (requests: number, failed = 0, balancerErrors = 0) => ({ requests, failed, balancerErrors });

describe('what is known of a new version', () => {
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
  ] as const)('has an outcome: %j', (record, text) => expect(outcomeText(record)).toBe(text));
});
