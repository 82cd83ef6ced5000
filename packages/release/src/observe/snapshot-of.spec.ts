import type { Task } from '@aws-sdk/client-ecs';
import { BLUE_GROUP, GREEN_GROUP, revisionArn, taskArn } from '../testing/fake-ecs';
import { at, lifecycleEvent, observationFixture, snapshot } from '../testing/observation-fixture';

describe('snapshotOf', () => {
  it('shows both task sets, blue first, with tasks, targets, traffic and capacity', () => {
    const task = (id: string, startedBy: string, more: Partial<Task>): Task => ({
      taskArn: taskArn(id),
      startedBy,
      lastStatus: 'RUNNING',
      ...more,
    });
    const { taskSets, progress } = snapshot(
      observationFixture({
        traffic: new Map([
          [BLUE_GROUP, 70],
          [GREEN_GROUP, 30],
        ]),
        health: new Map([
          [
            GREEN_GROUP,
            ['healthy', 'unhealthy', 'draining', 'initial'].map((State) => ({
              TargetHealth: { State: State as 'healthy' },
            })),
          ],
        ]),
        tasks: [
          task('a', 'ecs-svc/2', { capacityProviderName: 'FARGATE_SPOT' }),
          task('b', 'ecs-svc/2', { capacityProviderName: 'FARGATE' }),
          task('c', 'ecs-svc/1', { capacityProviderName: 'FARGATE' }),
          task('d', 'ecs-svc/2', { lastStatus: 'STOPPED', stopCode: 'EssentialContainerExited' }),
        ],
      }),
    );
    expect(taskSets).toEqual([
      {
        label: 'blue',
        id: 'ecs-svc/1',
        version: '1.4.1',
        taskDefinition: 'ecs-task-test:1',
        targetGroup: 'tg-blue-test',
        desired: 3,
        running: 3,
        pending: 0,
        failed: 0,
        trafficPercent: 70,
        healthy: 0,
        unhealthy: 0,
        draining: 0,
        spot: 0,
        onDemand: 1,
      },
      {
        label: 'green',
        id: 'ecs-svc/2',
        version: '1.4.2',
        taskDefinition: 'ecs-task-test:2',
        targetGroup: 'tg-green-test',
        desired: 3,
        running: 3,
        pending: 0,
        failed: 1,
        trafficPercent: 30,
        healthy: 1,
        unhealthy: 1,
        draining: 1,
        spot: 1,
        onDemand: 1,
      },
    ]);
    expect(progress.shiftedPercent).toBe(30);
  });

  it('labels task sets as CodeDeploy does, also after the primary task set has changed', () => {
    const { taskSets } = snapshot(
      observationFixture({
        target: {
          taskSetsInfo: [
            { identifer: 'ecs-svc/2', taskSetLabel: 'Blue' },
            { identifer: 'ecs-svc/1', taskSetLabel: 'Green' },
          ],
        },
      }),
    );
    expect(taskSets.map(({ label, id }) => [label, id])).toEqual([
      ['blue', 'ecs-svc/2'],
      ['green', 'ecs-svc/1'],
    ]);
  });

  it('shows a snapshot of an incomplete observation', () => {
    const { taskSets, lifecycle, phase } = snapshot(
      observationFixture({ service: { taskSets: [{ id: 'ecs-svc/1', status: 'PRIMARY' }] } }, { status: 'Created' }),
    );
    expect(taskSets).toMatchObject([
      { label: 'blue', version: 'undefined', desired: 0, running: 0, pending: 0, trafficPercent: 0 },
    ]);
    expect([lifecycle, phase]).toEqual([[], 'created']);
    expect(snapshot(observationFixture({ service: {} })).taskSets).toEqual([]);
    const time = at(7);
    expect(
      snapshot({ ...observationFixture({ time }), deployment: { deploymentId: 'd-1', status: 'Created' } }).startedAt,
    ).toEqual(time);
  });

  it('shows the gates with their latest values', () => {
    const alarm = {
      AlarmName: 'gate',
      StateValue: 'OK',
      Threshold: 10,
      ComparisonOperator: 'GreaterThanThreshold',
    } as const;
    const { alarms } = snapshot(
      observationFixture({
        alarms: [
          { ...alarm, StateReason: 'no data' },
          { ...alarm, AlarmName: 'other', StateValue: 'ALARM', Unit: 'Count' },
          { ...alarm, AlarmName: 'share', Metrics: [{ Id: 'result', Label: 'Failed requests (%)' }] },
          { ...alarm, AlarmName: 'time', MetricName: 'TargetResponseTime' },
        ],
        latest: new Map([['other', 12]]),
      }),
    );
    expect(alarms).toEqual([
      { name: 'gate', state: 'OK', threshold: 10, comparison: 'GreaterThanThreshold', reason: 'no data' },
      { name: 'other', state: 'ALARM', threshold: 10, comparison: 'GreaterThanThreshold', latest: 12, unit: 'Count' },
      { name: 'share', state: 'OK', threshold: 10, comparison: 'GreaterThanThreshold', unit: 'Percent' },
      { name: 'time', state: 'OK', threshold: 10, comparison: 'GreaterThanThreshold', unit: 'Seconds' },
    ]);
  });

  it('shows the events of the service since the start, newest last', () => {
    const events = [at(9), at(3), at(-5)].map((createdAt, index) => ({ createdAt, message: `event ${String(index)}` }));
    const { service } = observationFixture();
    expect(snapshot(observationFixture({ service: { ...service, events } })).events).toEqual([
      { time: at(3), text: 'event 1' },
      { time: at(9), text: 'event 0' },
    ]);
  });

  it('shows failed tasks with reason, exit code and last lines, without tasks that ECS stopped', () => {
    const stopped = (id: string, more: Partial<Task>): Task => ({
      taskArn: taskArn(id),
      taskDefinitionArn: revisionArn(2),
      lastStatus: 'STOPPED',
      ...more,
    });
    const { stoppedTasks } = snapshot(
      observationFixture({
        time: at(40),
        tasks: [
          stopped('b', {
            stoppedAt: at(20),
            stoppedReason: 'Essential container in task exited',
            containers: [
              {
                name: 'batch-processor',
                exitCode: 137,
                reason: 'OutOfMemoryError: Container killed due to memory usage',
              },
            ],
          }),
          stopped('a', {
            stoppedAt: at(10),
            stoppedReason: 'CannotPullContainerError: not found',
            containers: [{ name: 'batch-processor', reason: 'CannotPullContainerError: not found' }],
          }),
          stopped('c', {}),
          stopped('d', { stopCode: 'UserInitiated' }),
          stopped('e', { stoppedReason: 'Scaling activity initiated by (deployment ecs-svc/2)' }),
        ],
        logLines: new Map([[taskArn('b'), ['one', 'two']]]),
      }),
    );
    expect(stoppedTasks).toEqual([
      { id: 'a', version: '1.4.2', stoppedAt: at(10), reason: 'CannotPullContainerError: not found', logLines: [] },
      {
        id: 'b',
        version: '1.4.2',
        stoppedAt: at(20),
        reason: 'Essential container in task exited: OutOfMemoryError: Container killed due to memory usage',
        exitCode: 137,
        logLines: ['one', 'two'],
      },
      { id: 'c', version: '1.4.2', stoppedAt: at(40), reason: 'no reason reported', logLines: [] },
    ]);
  });

  it('shows the message of CodeDeploy for a failed event', () => {
    const failed = { ...lifecycleEvent('Install', 'Failed', 1, 2), diagnostics: { message: 'timed out' } };
    expect(snapshot(observationFixture({ target: { lifecycleEvents: [failed] } })).lifecycle).toEqual([
      { name: 'Install', status: 'Failed', startedAt: at(1), endedAt: at(2), diagnostics: 'timed out' },
    ]);
  });
});
