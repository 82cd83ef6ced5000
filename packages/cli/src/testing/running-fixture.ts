import type { ReleaseRecord } from '@nightshift/release';
import { recordFixture, snapshotFixture } from '@nightshift/release-view/testing';

/** The record of a release in progress. */
export function openRecordFixture(): ReleaseRecord {
  return { ...recordFixture(), endedAt: undefined, outcome: undefined };
}

/** A release in progress. */
export function runningFixture() {
  return {
    kind: 'running',
    record: openRecordFixture(),
    deploymentId: 'd-8QZ4K1P2N',
    snapshot: snapshotFixture(),
  } as const;
}
