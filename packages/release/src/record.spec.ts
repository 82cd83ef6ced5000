import { releaseRecord } from './record';
import { recordFixture } from './testing/record-fixture';

const smallest = recordFixture();

describe('releaseRecord', () => {
  it('reads the record of a new and of an ended release', () => {
    expect(releaseRecord.parse(smallest)).toEqual(smallest);
    const ended = {
      ...smallest,
      endedAt: '2026-11-24T10:25:00.000Z',
      deploymentId: 'd-ABCDEF123',
      strategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 70, base: 0 }],
      events: [{ time: '2026-11-24T10:01:00.000Z', text: 'shifting' }],
      outcome: 'rolled-back',
      cause: 'a gate',
      durations: { shifting: 540 },
      scaling: { suspendedBefore: { DynamicScalingInSuspended: false }, restored: true },
      duringWindow: 'a hot fix',
    };
    expect(releaseRecord.parse(ended)).toEqual(ended);
  });

  it('refuses the record of another version', () => {
    expect(releaseRecord.safeParse({ ...smallest, version: 2 }).success).toBe(false);
  });
});
