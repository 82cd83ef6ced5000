import type { LifecycleEvent } from '@aws-sdk/client-codedeploy';
import type { Phase, TaskSetView } from '../snapshot';
import { BLUE_GROUP, GREEN_GROUP, revisionArn, taskSet } from '../testing/fake-ecs';
import { at, lifecycleEvent, observationFixture, snapshot, target, timing } from '../testing/observation-fixture';
import { type VerdictInput, verdictOf } from './progress-of';

const shifted = [
  lifecycleEvent('Install', 'Succeeded', 0, 60),
  lifecycleEvent('AllowTraffic', 'Succeeded', 60, 600),
  lifecycleEvent('AfterAllowTraffic', 'Succeeded', 600, 601),
];

describe('phase and progress', () => {
  it.each([
    ['installing', [lifecycleEvent('Install', 'InProgress', 5)], 'InProgress', undefined],
    [
      'testing',
      [lifecycleEvent('Install', 'Succeeded', 5, 9), lifecycleEvent('AllowTestTraffic', 'Pending')],
      'Ready',
      undefined,
    ],
    ['shifting', [lifecycleEvent('AllowTraffic', 'InProgress', 5)], 'InProgress', undefined],
    ['created', [lifecycleEvent('SomethingNew', 'Pending')], 'InProgress', undefined],
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

  it('is terminating while ECS stops the old tasks', () => {
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

  it('computes the expected and the latest end from the settings of the deployment', () => {
    const progress = (time: number, lifecycleEvents: readonly LifecycleEvent[], timeScale = 1) =>
      snapshot(observationFixture({ time: at(time), target: { lifecycleEvents: [...lifecycleEvents] } }), timeScale)
        .progress;
    expect(progress(30, [])).toEqual({ shiftedPercent: 0, expectedEnd: at(150 + 540 + 600), deadline: at(5000) });
    expect(progress(400, []).expectedEnd).toEqual(at(400 + 540 + 600));
    expect(progress(100, [lifecycleEvent('AllowTraffic', 'InProgress', 60)])).toMatchObject({
      shiftEnds: at(600),
      expectedEnd: at(1200),
    });
    expect(progress(700, shifted)).toMatchObject({
      shiftEnds: at(601),
      terminationEnds: at(1201),
      expectedEnd: at(1201),
    });
    expect(progress(700, [lifecycleEvent('AllowTraffic', 'Succeeded', 60, 600)]).shiftEnds).toEqual(at(600));
    expect(progress(1, [], 60)).toMatchObject({ expectedEnd: at(1290 / 60), deadline: at(5000 / 60) });
  });

  it('ends with the status of CodeDeploy', () => {
    expect(
      snapshot(observationFixture({}, { status: 'Succeeded', completeTime: at(77) })).progress.expectedEnd,
    ).toEqual(at(77));
    const rollback = { deploymentId: 'd-2', status: 'InProgress', createTime: at(9) } as const;
    expect(snapshot(observationFixture({ rollback }, { status: 'Stopped' })).progress.expectedEnd).toEqual(at(69));
  });
});

const green = (changes: Partial<TaskSetView> = {}): TaskSetView => ({
  label: 'green',
  id: 'ecs-svc/2',
  version: '1.4.2',
  taskDefinition: 'ecs-task-test:2',
  targetGroup: 'tg-green-test',
  desired: 3,
  running: 0,
  pending: 3,
  failed: 0,
  trafficPercent: 0,
  healthy: 0,
  unhealthy: 0,
  draining: 0,
  spot: 0,
  onDemand: 0,
  ...changes,
});

const stopped = (exitCode?: number, logLines: readonly string[] = []) => ({
  id: 'a',
  version: '1.4.2',
  stoppedAt: at(5),
  reason: 'Essential container in task exited',
  ...(exitCode !== undefined && { exitCode }),
  logLines,
});

function verdict(phase: Phase, seconds: number, changes: Partial<VerdictInput> = {}, timeScale = 1) {
  const progress = {
    shiftedPercent: 40,
    expectedEnd: at(1290),
    deadline: at(5000),
    shiftEnds: at(600),
    terminationEnds: at(1200),
  };
  const input = {
    time: at(seconds),
    startedAt: at(0),
    phase,
    taskSets: [green()],
    progress,
    stoppedTasks: [],
    events: [],
    ...changes,
  };
  const { verdict: word, verdictReason } = verdictOf(input, { target, timing, timeScale });
  return verdictReason === undefined ? word : `${word}: ${verdictReason}`;
}

const said = (text: string) => ({ events: [{ time: at(5), text }] });

describe('verdictOf', () => {
  it.each<[string, string]>([
    ['on-time', verdict('created', 100)],
    ['on-time', verdict('installing', 150)],
    [
      'slow: new tasks are usually healthy by this time; 1 of 3 new tasks are healthy',
      verdict('installing', 151, { taskSets: [green({ healthy: 1 })] }),
    ],
    [
      'slow: new tasks are usually healthy by this time; there are no new tasks yet',
      verdict('installing', 151, { taskSets: [] }),
    ],
    ['slow: new tasks are usually healthy by this time; 0 of 3 new tasks are healthy', verdict('testing', 3, {}, 60)],
    [
      'slow: traffic usually moves by this time; all new tasks are healthy',
      verdict('testing', 151, { taskSets: [green({ healthy: 3 })] }),
    ],
    ['on-time', verdict('shifting', 700)],
    ['stuck: the traffic shift should be complete by now, at 40 %', verdict('shifting', 721)],
    ['on-time', verdict('baking', 1300)],
    ['stuck: the old tasks should have stopped by now', verdict('terminating', 1321)],
    ['on-time', verdict('rolling-back', 1410)],
    ['stuck: the rollback should have ended by now', verdict('rolling-back', 1411)],
    ['stuck: CodeDeploy should have ended by now', verdict('rolling-back', 5001)],
    ['on-time', verdict('ended', 9000)],
  ])('%s, by the time alone', (expected, given) => {
    expect(given).toBe(expected);
  });

  it('reports one failed task as slow, and repeated failures as stuck', () => {
    const failed = (count: number, exitCode?: number) =>
      verdict('installing', 60, { taskSets: [green({ failed: count })], stoppedTasks: [stopped(exitCode)] });
    expect(failed(1)).toBe('slow: 1 new task has failed, the last one: Essential container in task exited');
    expect(failed(5, 1)).toBe(
      'slow: 5 new tasks have failed, the last one: Essential container in task exited (exit code 1)',
    );
    const logged = {
      taskSets: [green({ failed: 6 })],
      stoppedTasks: [stopped(1, ['starting', '{"msg":"no password"}'])],
    };
    expect(verdict('installing', 60, logged)).toBe(
      'stuck: 6 new tasks have failed, the last one: Essential container in task exited (exit code 1); its last log line: no password',
    );
    expect(failed(6)).toBe('stuck: 6 new tasks have failed, the last one: Essential container in task exited');
    expect(verdict('installing', 60, { taskSets: [green({ failed: 2, desired: 0 })] })).toBe(
      'stuck: 2 new tasks have failed',
    );
  });

  it('reports that ECS gave up as stuck, and missing capacity as slow', () => {
    const hopeless =
      '(service s) is unable to consistently start tasks successfully. For more information, see the Troubleshooting section.';
    expect(verdict('installing', 60, said(hopeless))).toBe(`stuck: ${hopeless}`);
    const capacity = '(service s) was unable to place a task. Reason: Capacity is unavailable at this time.';
    expect(verdict('installing', 60, said(capacity))).toBe(`slow: ${capacity}`);
    expect(verdict('installing', 60, said('(service s) has started 1 tasks'))).toBe('on-time');
  });

  it('reports an exceeded quota as stuck, and missing capacity of AWS by name', () => {
    const event = (reason: string) => said(`(service s) was unable to place a task. Reason: ${reason}`);
    const quota = event('You’ve reached the limit on the number of vCPUs you can run concurrently.');
    const unplaced = { taskSets: [green({ running: 1, pending: 0 })] };
    const stuck =
      'stuck: (service s) was unable to place a task. Reason: You’ve reached the limit on the number of vCPUs you can run concurrently. - the Fargate vCPU quota of the account is used up (L-3032A538 on demand, L-36FBB829 Spot): see which one and what it needs (npx nightshift doctor -c test), then request more: aws service-quotas request-service-quota-increase --service-code fargate --quota-code <code> --desired-value <vCPUs> --region us-east-1';
    expect(verdict('installing', 60, { ...quota, ...unplaced })).toBe(stuck);
    expect(verdict('installing', 60, { ...quota, taskSets: [] })).toBe(stuck);
    expect(verdict('installing', 60, quota)).toMatch(/^slow: .* concurrently\.$/);
    expect(verdict('installing', 60, { ...event('RESOURCE:CPU'), ...unplaced })).toBe(
      'slow: (service s) was unable to place a task. Reason: RESOURCE:CPU - AWS has no Fargate capacity of this kind at the moment, and ECS keeps trying: wait, or change the shares in service.capacity and release again',
    );
    expect(verdict('installing', 60, { ...event('Internal error.'), ...unplaced })).toMatch(/^slow: .* error\.$/);
  });

  it('reports a task that fails during the shift as slow until it is replaced (R5.4)', () => {
    const during = (healthy: number) => verdict('shifting', 100, { taskSets: [green({ failed: 1, healthy })] });
    expect(during(2)).toBe('slow: 1 new task has failed');
    expect(during(3)).toBe('on-time');
    expect(verdict('baking', 100, { taskSets: [] })).toBe('on-time');
  });

  it('has no deadline for a step without an expected time', () => {
    const progress = { shiftedPercent: 0, expectedEnd: at(1290), deadline: at(5000) };
    expect(verdict('shifting', 4000, { progress })).toBe('on-time');
  });
});
