import type { DeploymentInfo } from '@aws-sdk/client-codedeploy';
import type { TaskSetView } from '../snapshot';
import { at } from '../testing/observation-fixture';
import type { Snapshot } from '../snapshot';
import { asNoted, endOf, withRecord } from './observe-release';

const set = (label: 'blue' | 'green', trafficPercent: number) => ({ label, trafficPercent }) as TaskSetView;

const back = [set('blue', 100)];

const alarm = { code: 'ALARM_ACTIVE', message: 'Alarms have been\n activated: <gate>.' } as const;

function end(
  deployment: DeploymentInfo,
  rollback: DeploymentInfo | undefined,
  sets: readonly TaskSetView[] = back,
  seconds = 0,
) {
  return endOf({ deployment: { completeTime: at(0), ...deployment }, rollback, time: at(seconds) }, sets, 1);
}

describe('endOf', () => {
  it('is undefined while the deployment or its rollback is in progress', () => {
    expect(end({ status: 'InProgress' }, undefined)).toBeUndefined();
    expect(end({ status: 'Stopped' }, { status: 'InProgress' })).toBeUndefined();
  });

  it('distinguishes success, failure, stop and a failed rollback', () => {
    expect(end({ status: 'Succeeded' }, undefined)).toEqual({ kind: 'succeeded' });
    expect(end({ status: 'Stopped', errorInformation: alarm }, { status: 'Succeeded' })).toEqual({
      kind: 'rolled-back',
      cause: 'Alarms have been activated: <gate>',
    });
    expect(
      end({ status: 'Stopped', errorInformation: { code: 'MANUAL_STOP', message: 'x' } }, { status: 'Succeeded' }),
    ).toEqual({ kind: 'stopped' });
    expect(end({ status: 'Stopped' }, { status: 'Succeeded' })).toEqual({ kind: 'stopped' });
    expect(end({ status: 'Failed', errorInformation: { code: 'TIMEOUT' } }, { status: 'Failed' })).toEqual({
      kind: 'rollback-failed',
      cause: 'TIMEOUT; rollback: CodeDeploy status Failed',
    });
  });

  it('is final without a rollback if no traffic has moved', () => {
    expect(end({ status: 'Failed' }, undefined)).toEqual({ kind: 'rolled-back', cause: 'CodeDeploy status Failed' });
  });

  it('waits a limited time for the start of a rollback', () => {
    const sets = (blue: number) => [set('blue', blue), set('green', 100 - blue)];
    expect(end({ status: 'Failed' }, undefined, sets(90), 59)).toBeUndefined();
    expect(end({ status: 'Failed' }, undefined, sets(100), 59)).toBeUndefined();
    expect(end({ status: 'Failed' }, undefined, sets(100), 60)).toEqual({
      kind: 'rolled-back',
      cause: 'CodeDeploy status Failed',
    });
    expect(end({ status: 'Failed' }, undefined, sets(90), 60)).toEqual({
      kind: 'rollback-failed',
      cause: 'CodeDeploy status Failed; CodeDeploy did not start the rollback',
    });
    expect(endOf({ deployment: { status: 'Failed' }, rollback: undefined, time: at(99) }, sets(90), 1)).toBeUndefined();
    expect(
      endOf({ deployment: { status: 'Failed', completeTime: at(0) }, rollback: undefined, time: at(1) }, [], 60),
    ).toMatchObject({ kind: 'rollback-failed' });
  });

  it('treats a stop as a failure if the record has a cause', () => {
    expect(asNoted({ kind: 'stopped' }, { cause: 'stuck' })).toEqual({ kind: 'rolled-back', cause: 'stuck' });
    expect(asNoted({ kind: 'stopped' }, {})).toEqual({ kind: 'stopped' });
    expect(asNoted({ kind: 'stopped' }, undefined)).toEqual({ kind: 'stopped' });
    expect(asNoted({ kind: 'succeeded' }, { cause: 'stuck' })).toEqual({ kind: 'succeeded' });
  });
});

describe('withRecord', () => {
  const event = { name: 'Install', status: 'Failed', diagnostics: 'The deployment was manually stopped.' };
  const snapshot = { lifecycle: [event, { name: 'AllowTraffic', status: 'Skipped' }] } as unknown as Snapshot;
  const failed = { outcome: 'failed', text: 'got 500', time: '2026-11-24T02:00:00Z' } as const;

  it.each([
    ['stuck', { cause: 'stopped because it was stuck: 6 new tasks have failed' }],
    ['the test failed', { cause: 'stopped before any traffic moved: got 500', verification: failed }],
  ])('reports that nightshift stopped the deployment: %s', (reason, record) => {
    const [install, other] = withRecord(snapshot, record).lifecycle;
    expect(install?.diagnostics).toBe(`stopped by nightshift: ${reason}`);
    expect(other).toEqual({ name: 'AllowTraffic', status: 'Skipped' });
  });

  it('adds the result of the test', () => {
    expect(withRecord(snapshot, { verification: failed }).verification).toBe('failed');
  });

  it('leaves a deployment that a person stopped, and one of another client', () => {
    for (const record of [{}, undefined]) expect(withRecord(snapshot, record)).toEqual(snapshot);
  });
});
