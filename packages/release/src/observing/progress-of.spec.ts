import type { LifecycleEvent } from '@aws-sdk/client-codedeploy';
import { BLUE_GROUP, GREEN_GROUP, revisionArn, taskSet } from '../testing/fake-ecs';
import { FakePlatform } from '../testing/fake-platform';
import { at, observationFixture } from '../testing/observation-fixture';
import type { Observation } from './observation';
import { snapshotOf } from './snapshot-of';

const { target } = new FakePlatform().context;
const timing = { install: 150, shift: 540, termination: 600, limit: 5000 };
const snapshot = (observation: Observation, timeScale = 1) => snapshotOf(observation, { target, timing, timeScale });
const event = (lifecycleEventName: string, status: string, from?: number, to?: number): LifecycleEvent =>
  ({
    lifecycleEventName,
    status,
    ...(from !== undefined && { startTime: at(from) }),
    ...(to !== undefined && { endTime: at(to) }),
  }) as LifecycleEvent;
const shifted = [
  event('Install', 'Succeeded', 0, 60),
  event('AllowTraffic', 'Succeeded', 60, 600),
  event('AfterAllowTraffic', 'Succeeded', 600, 601),
];

describe('phase and progress', () => {
  it.each([
    ['installing', [event('Install', 'InProgress', 5)], 'InProgress', undefined],
    ['testing', [event('Install', 'Succeeded', 5, 9), event('AllowTestTraffic', 'Pending')], 'Ready', undefined],
    ['shifting', [event('AllowTraffic', 'InProgress', 5)], 'InProgress', undefined],
    ['created', [event('SomethingNew', 'Pending')], 'InProgress', undefined],
    ['baking', shifted, 'InProgress', undefined],
    ['rolling-back', shifted, 'Stopped', 'InProgress'],
    ['ended', shifted, 'Stopped', 'Succeeded'],
    ['ended', shifted, 'Succeeded', undefined],
  ] as const)('is %s', (phase, lifecycleEvents, status, rollbackStatus) => {
    const rollback = rollbackStatus && { deploymentId: 'd-2', status: rollbackStatus };
    const seen = snapshot(
      observationFixture({ target: { lifecycleEvents: [...lifecycleEvents] }, rollback }, { status }),
    );
    expect(seen.phase).toBe(phase);
  });

  it('is terminating when the old tasks are taken away', () => {
    const green = taskSet('ecs-svc/2', 'PRIMARY', revisionArn(2), GREEN_GROUP);
    const taskSetsInfo = [
      { identifer: 'ecs-svc/1', taskSetLabel: 'Blue' as const },
      { identifer: 'ecs-svc/2', taskSetLabel: 'Green' as const },
    ];
    const of = (...taskSets: (typeof green)[]) =>
      snapshot(observationFixture({ service: { taskSets }, target: { lifecycleEvents: shifted, taskSetsInfo } })).phase;
    expect(of(taskSet('ecs-svc/1', 'DRAINING', revisionArn(1), BLUE_GROUP), green)).toBe('terminating');
    expect(of(green)).toBe('terminating');
    expect(of(taskSet('ecs-svc/1', 'ACTIVE', revisionArn(1), BLUE_GROUP), green)).toBe('baking');
  });

  it('expects the end where the settings of the deployment put it, and knows when nothing is to be expected any more', () => {
    const progress = (time: number, lifecycleEvents: readonly LifecycleEvent[], timeScale = 1) =>
      snapshot(observationFixture({ time: at(time), target: { lifecycleEvents: [...lifecycleEvents] } }), timeScale)
        .progress;
    expect(progress(30, [])).toEqual({ shiftedPercent: 0, expectedEnd: at(150 + 540 + 600), deadline: at(5000) });
    expect(progress(400, []).expectedEnd).toEqual(at(400 + 540 + 600));
    expect(progress(100, [event('AllowTraffic', 'InProgress', 60)])).toMatchObject({
      shiftEnds: at(600),
      expectedEnd: at(1200),
    });
    expect(progress(700, shifted)).toMatchObject({
      shiftEnds: at(601),
      terminationEnds: at(1201),
      expectedEnd: at(1201),
    });
    expect(progress(700, [event('AllowTraffic', 'Succeeded', 60, 600)]).shiftEnds).toEqual(at(600));
    expect(progress(1, [], 60)).toMatchObject({ expectedEnd: at(1290 / 60), deadline: at(5000 / 60) });
  });

  it('ends when CodeDeploy says that it has', () => {
    expect(
      snapshot(observationFixture({}, { status: 'Succeeded', completeTime: at(77) })).progress.expectedEnd,
    ).toEqual(at(77));
    const rollback = { deploymentId: 'd-2', status: 'InProgress', createTime: at(9) } as const;
    expect(snapshot(observationFixture({ rollback }, { status: 'Stopped' })).progress.expectedEnd).toEqual(at(69));
  });
});
