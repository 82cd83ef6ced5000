import { sdkError } from '@nightshift/testing/aws';
import { planFor } from '../testing/plan-fixture';
import type { ReleaseRecord } from '../record';
import type { StatusProblem } from '../snapshot';
import { startRelease } from '../start/start-release';
import { FakePlatform } from '../testing/fake-platform';
import { recordFixture, START } from '../testing/record-fixture';
import { endedUnwatched, finishEndedRelease, remainsText, resumeRelease } from './resume-release';

const KEY = `test/releases/${START}-r1.json`;

const suspendedBefore = { DynamicScalingInSuspended: false };

/** A release whose command was killed. @param record what it had written by then. */
function killed(record: Partial<ReleaseRecord>, platform = new FakePlatform()) {
  platform.bucket.put('test/releases/latest.json', { key: KEY });
  platform.bucket.put(KEY, recordFixture(record));
  const suspend = { DynamicScalingInSuspended: true };
  platform.scaling = record.scaling?.noted ? suspend : { DynamicScalingInSuspended: false };
  return {
    platform,
    resume: () => resumeRelease(platform.context),
    record: () => platform.bucket.value(KEY) as ReleaseRecord,
  };
}

describe('resumeRelease', () => {
  it('does nothing if there was no release, or if it is complete', async () => {
    expect(await resumeRelease(new FakePlatform().context)).toEqual({ kind: 'nothing' });
    const over = killed({ outcome: 'succeeded', deploymentId: 'd-1' });
    expect(await over.resume()).toMatchObject({ kind: 'nothing', record: { outcome: 'succeeded' } });
    expect(over.platform.calls).toEqual(['ListDeployments']);
    expect(await killed({ outcome: 'not-started' }).resume()).toMatchObject({ kind: 'nothing' });
  });

  it('finds a release of another client, with or without recorded releases', async () => {
    for (const { platform, resume } of [killed({ outcome: 'succeeded', deploymentId: 'd-0' }), killed({})]) {
      platform.codedeploy.add({ status: 'InProgress', creator: 'user' });
      platform.clock.pass(121_000);
      expect(await resume()).toMatchObject({
        kind: 'running',
        record: undefined,
        deploymentId: 'd-1',
        snapshot: { deploymentId: 'd-1' },
      });
    }
  });

  it('finds the release that CodeDeploy rolls back', async () => {
    const { context, codedeploy } = new FakePlatform();
    codedeploy.add({ status: 'Stopped', creator: 'user', rollbackInfo: { rollbackDeploymentId: 'd-2' } });
    codedeploy.add({
      status: 'InProgress',
      creator: 'codeDeployRollback',
      rollbackInfo: { rollbackTriggeringDeploymentId: 'd-1' },
    });
    expect(await resumeRelease(context)).toMatchObject({ deploymentId: 'd-1', snapshot: { phase: 'rolling-back' } });
  });

  it('accepts a missing deployment group, and rethrows other errors', async () => {
    const platform = new FakePlatform();
    const { context } = platform;
    platform.fail('ListDeployments', sdkError('DeploymentGroupDoesNotExistException'));
    expect(await resumeRelease(context)).toEqual({ kind: 'nothing' });
    platform.fail('ListDeployments', sdkError('AccessDeniedException', 'not authorized'));
    await expect(resumeRelease(context)).rejects.toThrow('not authorized');
  });

  it('restores the auto-scaling that a killed release suspended, and reads no other deployments', async () => {
    const { platform, record } = killed({ scaling: { noted: true, suspendedBefore } });
    expect(await finishEndedRelease(platform.context)).toEqual({ kind: 'starting', record: record() });
    platform.clock.pass(121_000);
    expect(await finishEndedRelease(platform.context)).toEqual({ kind: 'finished', record: record() });
    expect(record().outcome).toBe('not-started');
    expect(platform.scaling).toMatchObject({ DynamicScalingInSuspended: false });
    platform.calls.length = 0;
    expect(await finishEndedRelease(platform.context)).toEqual({ kind: 'nothing' });
    expect(platform.calls).toEqual(['ListDeployments', 'DescribeScalableTargets']);
  });

  it('reports auto-scaling that is suspended without a release, but not if a release needs it', async () => {
    const { platform } = killed({ outcome: 'succeeded', deploymentId: 'd-0' });
    platform.scaling = { DynamicScalingInSuspended: true };
    expect(await finishEndedRelease(platform.context)).toMatchObject({
      kind: 'suspended',
      problem: {
        what: 'auto-scaling of the service is suspended (scale-in), and no release is in progress',
      },
    });
    platform.codedeploy.add({ status: 'InProgress', creator: 'user' });
    expect(await finishEndedRelease(platform.context)).toEqual({ kind: 'nothing' });
    const own = killed({ deploymentId: 'd-1', scaling: { noted: true, suspendedBefore } });
    own.platform.codedeploy.add({ status: 'InProgress', description: 'nightshift release r1' });
    expect(await finishEndedRelease(own.platform.context)).toEqual({ kind: 'nothing' });
  });

  it('does not touch a start that is in progress', async () => {
    const { platform, resume } = killed({ scaling: { noted: true, suspendedBefore } });
    expect(await resume()).toMatchObject({ kind: 'starting', record: { id: 'r1' } });
    expect(platform.scaling).toMatchObject({ DynamicScalingInSuspended: true });
  });

  it.each<[string, ReleaseRecord['scaling'], number]>([
    ['before it had noted how auto-scaling is', {}, 0],
    ['after it had suspended auto-scaling', { noted: true, suspendedBefore }, 1],
    ['of a service that does not scale', { noted: true }, 0],
  ])('reverts a start that was killed %s', async (_, scaling, calls) => {
    const { platform, resume, record } = killed({ scaling });
    platform.clock.pass(121_000);
    expect(await resume()).toMatchObject({ kind: 'finished', record: { outcome: 'not-started' } });
    expect(platform.calls.filter((call) => call === 'RegisterScalableTarget')).toHaveLength(calls);
    if (calls > 0)
      expect(platform.scaling).toEqual({ DynamicScalingInSuspended: false, DynamicScalingOutSuspended: false });
    expect(record()).toMatchObject({
      outcome: 'not-started',
      cause: 'the command that started it ended before the deployment was created',
      scaling: scaling.noted ? { restored: true } : {},
    });
  });

  it('does not close a deployment that a slow start records while this command closes the record', async () => {
    const { platform, resume, record } = killed({ scaling: { noted: true, suspendedBefore } });
    platform.clock.pass(121_000);
    platform.bucket.onCall = (command) => {
      if (command !== 'PutObject' || record().deploymentId !== undefined) return undefined;
      platform.codedeploy.add({ description: 'nightshift release r1' });
      platform.bucket.put(KEY, { ...record(), deploymentId: 'd-1' });
      // And then nobody writes for a while, so that the start seems to be gone.
      platform.clock.pass(600_000);
      return undefined;
    };
    expect(await resume()).toMatchObject({ kind: 'running', deploymentId: 'd-1', record: { id: 'r1' } });
    expect(record().outcome).toBeUndefined();
  });

  it('resumes an unrecorded deployment, even if the record is already closed', async () => {
    for (const outcome of [undefined, 'not-started'] as const) {
      const { platform, resume, record } = killed({ outcome, scaling: { noted: true, suspendedBefore } });
      platform.codedeploy.add({ description: 'nightshift release r1', status: 'InProgress' });
      expect(await resume()).toMatchObject({
        kind: 'running',
        deploymentId: 'd-1',
        snapshot: { status: 'InProgress' },
      });
      expect(record()).toMatchObject({ deploymentId: 'd-1' });
      expect(record()).not.toHaveProperty('outcome');
    }
  });

  it('completes a deployment that ended while no process watched it', async () => {
    const { platform, resume, record } = killed({ deploymentId: 'd-1', scaling: { noted: true, suspendedBefore } });
    platform.codedeploy.add({ status: 'Succeeded', completeTime: platform.clock.now() });
    expect(await resume()).toMatchObject({
      kind: 'finished',
      end: { kind: 'succeeded' },
      record: { outcome: 'succeeded' },
    });
    expect(platform.scaling).toEqual({ DynamicScalingInSuspended: false, DynamicScalingOutSuspended: false });
    expect(record().scaling.restored).toBe(true);
  });

  it('closes a release whose environment was destroyed, and does not change the scaling of a new one', async () => {
    const { platform, resume, record } = killed({ deploymentId: 'd-1', scaling: { noted: true, suspendedBefore } });
    platform.scaling = undefined;
    expect(await resume()).toMatchObject({ kind: 'finished', record: { outcome: 'not-started' } });
    expect(record().cause).toBe(
      'CodeDeploy no longer knows its deployment: the environment was destroyed in the meantime',
    );
    expect(platform.calls).not.toContain('RegisterScalableTarget');
    expect(await resume()).toMatchObject({ kind: 'nothing' });
  });

  it('rethrows other errors of AWS', async () => {
    const { platform, resume } = killed({ deploymentId: 'd-1' });
    platform.fail('GetDeployment', sdkError('AccessDeniedException', 'not authorized'));
    await expect(resume()).rejects.toThrow('not authorized');
  });

  it('accepts two processes at the same time', async () => {
    const { platform, resume, record } = killed({ deploymentId: 'd-1', scaling: { noted: true, suspendedBefore } });
    platform.codedeploy.add({ status: 'Succeeded', completeTime: platform.clock.now() });
    const results = await Promise.all([resume(), resume()]);
    expect(results.map(({ kind }) => kind)).toEqual(['finished', 'finished']);
    expect(record().outcome).toBe('succeeded');
  });

  it('succeeds if the record is deleted in the meantime', async () => {
    const { platform, resume } = killed({ deploymentId: 'd-1' });
    platform.codedeploy.add({ status: 'Succeeded' });
    platform.bucket.onCall = (command) => {
      if (command === 'PutObject') platform.bucket.objects.delete(KEY);
      return undefined;
    };
    await expect(resume()).rejects.toThrow(
      `s3://s3-tfstate-nightshift-test/${KEY}: the release record does not exist any more - find out who deleted it; the release itself is not affected`,
    );
  });

  it('allows the next release to start', async () => {
    const { platform, resume } = killed({ deploymentId: 'd-1', scaling: { noted: true, suspendedBefore } });
    platform.codedeploy.add({ status: 'Succeeded', completeTime: platform.clock.now() });
    platform.clock.pass(60_000);
    const plan = await planFor(platform.context);
    await expect(startRelease(platform.context, plan)).rejects.toThrow('another release is in progress');
    await resume();
    expect(await startRelease(platform.context, plan)).toBe('d-2');
  });
});

describe('remainsText', () => {
  const record = recordFixture({ outcome: 'succeeded' });
  const finished =
    `the release of ${START} ended while nobody watched it: succeeded. ` +
    'Its record is now closed and auto-scaling is restored.';

  it('describes how an unwatched release ended', () => {
    expect(endedUnwatched(record)).toBe(finished);
    expect(remainsText({ kind: 'finished', record })).toBe(finished);
  });

  it('says that a start may still be in progress, and what restores auto-scaling if it is not', () => {
    expect(remainsText({ kind: 'starting', record })).toBe(
      `the release of ${START} is starting, with scale-in suspended. If its command was killed, ` +
        'any deploy, plan, doctor or release command that runs a few minutes later restores it.',
    );
  });

  it('has the problem and the fix of auto-scaling that is suspended without a release', () => {
    const problem: StatusProblem = { severity: 'act', what: 'auto-scaling is suspended', todo: 'resume it' };
    expect(remainsText({ kind: 'suspended', problem })).toBe('auto-scaling is suspended - resume it');
  });

  it('is undefined if nothing remains', () => {
    expect(remainsText({ kind: 'nothing' })).toBeUndefined();
  });
});
