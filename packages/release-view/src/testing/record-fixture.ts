import type { ReleaseRecord } from '@nightshift/release';

const digest = (digits: string) => `sha256:${digits.repeat(64 / digits.length)}`;

/** The record of the ended release in the snapshot fixture, with changes. */
export function recordFixture(changes?: Partial<ReleaseRecord>): ReleaseRecord {
  return {
    version: 1,
    id: 'r1',
    suffix: 'dev',
    startedAt: '2026-11-24T02:00:00.000Z',
    endedAt: '2026-11-24T02:38:40.000Z',
    by: 'arn:aws:sts::123456789012:assumed-role/deploy/night',
    kind: 'release',
    from: {
      tag: '4f1c2e9',
      digest: digest('4f'),
      taskDefinition: 'arn:aws:ecs:us-east-1:123456789012:task-definition/ecs-task-dev:12',
    },
    to: {
      tag: '9a01b7c',
      digest: digest('9a'),
      taskDefinition: 'arn:aws:ecs:us-east-1:123456789012:task-definition/ecs-task-dev:13',
    },
    deploymentId: 'd-8QZ4K1P2N',
    strategy: [{ capacityProvider: 'FARGATE_SPOT', weight: 70, base: 0 }],
    events: [{ time: '2026-11-24T02:00:05.000Z', text: 'Install begins' }],
    outcome: 'succeeded',
    durations: { installing: 155, shifting: 540 },
    scaling: { restored: true },
    ...changes,
  };
}
