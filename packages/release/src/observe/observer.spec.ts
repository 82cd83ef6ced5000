import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import { sdkError } from '@nightshift/testing/aws';
import { deploymentSettings } from '../plan/deployment-settings';
import { BLUE_GROUP, digestOf, GREEN_GROUP, REPOSITORY, revisionArn, taskArn, taskSet } from '../testing/fake-ecs';
import { FakePlatform } from '../testing/fake-platform';
import { at } from '../testing/observation-fixture';
import { Observer } from './observer';

const task = (id: string, lastStatus: string, more: object = {}) => ({
  taskArn: taskArn(id),
  taskDefinitionArn: revisionArn(1),
  desiredStatus: lastStatus,
  lastStatus,
  ...more,
});

async function setUp(platform = new FakePlatform()) {
  platform.codedeploy.add({ status: 'InProgress' });
  const settings = await deploymentSettings(platform.context);
  platform.calls.splice(0);
  return { platform, observer: new Observer(platform.context, settings) };
}

describe('Observer', () => {
  it('reads constant values once, and changing values each time', async () => {
    const { platform, observer } = await setUp();
    platform.codedeploy.target = { targetId: 'ecs-cluster-test:ecs-service-test' };
    platform.ecs.tasks = [task('a', 'RUNNING')];
    const first = await observer.observe('d-1');
    expect(first).toMatchObject({
      time: at(0),
      deployment: { deploymentId: 'd-1' },
      target: { targetId: 'ecs-cluster-test:ecs-service-test' },
      rollback: undefined,
      service: { serviceName: 'ecs-service-test' },
      traffic: new Map([[BLUE_GROUP, 100]]),
      versions: new Map([[revisionArn(1), 'initial']]),
    });
    expect(first.health.get(BLUE_GROUP)).toHaveLength(3);
    const asked = () => platform.calls.splice(0).sort().join(' ');
    expect(asked()).toBe(
      'DescribeAlarms DescribeListeners DescribeServices DescribeTargetHealth DescribeTaskDefinition DescribeTasks GetDeployment GetDeploymentTarget GetMetricData ListTasks ListTasks',
    );
    await observer.observe('d-1');
    expect(asked()).toBe(
      'DescribeAlarms DescribeListeners DescribeServices DescribeTargetHealth DescribeTasks GetDeployment GetDeploymentTarget ListTasks ListTasks',
    );
  });

  it('reports a deployment that has not started, and follows its rollback', async () => {
    const { platform, observer } = await setUp();
    expect((await observer.observe('d-1')).target).toBeUndefined();
    platform.codedeploy.add({ status: 'InProgress' });
    platform.codedeploy.change('d-1', { status: 'Stopped', rollbackInfo: { rollbackDeploymentId: 'd-2' } });
    expect((await observer.observe('d-1')).rollback).toMatchObject({ deploymentId: 'd-2', status: 'InProgress' });
  });

  it('reads the traffic weights from the load balancer', async () => {
    const { platform, observer } = await setUp();
    const shares = async (...groups: (readonly [string, number | undefined])[]) => {
      platform.actions = [
        {
          Type: 'forward',
          ForwardConfig: { TargetGroups: groups.map(([TargetGroupArn, Weight]) => ({ TargetGroupArn, Weight })) },
        },
      ];
      return [...(await observer.observe('d-1')).traffic.values()];
    };
    expect(await shares([BLUE_GROUP, 90], [GREEN_GROUP, 10])).toEqual([90, 10]);
    expect(await shares([BLUE_GROUP, 1])).toEqual([100]);
    expect(await shares([BLUE_GROUP, undefined], [GREEN_GROUP, undefined])).toEqual([50, 50]);
    expect(await shares([BLUE_GROUP, 0], [GREEN_GROUP, 0])).toEqual([0, 0]);
    platform.actions = [{ Type: 'redirect' }];
    expect((await observer.observe('d-1')).traffic.size).toBe(0);
    platform.actions = undefined;
    expect((await observer.observe('d-1')).traffic.size).toBe(0);
  });

  it('reads the target health of both task sets', async () => {
    const { platform, observer } = await setUp();
    platform.ecs.service = {
      taskSets: [
        taskSet('ecs-svc/1', 'PRIMARY', revisionArn(1), BLUE_GROUP),
        taskSet('ecs-svc/2', 'ACTIVE', revisionArn(1), 'gone'),
        { id: 'ecs-svc/3', taskDefinition: revisionArn(1) },
      ],
    };
    const { health } = await observer.observe('d-1');
    expect([...health].map(([arn, targets]) => [arn, targets.length])).toEqual([
      [BLUE_GROUP, 3],
      ['gone', 0],
    ]);
    platform.ecs.service = undefined;
    expect((await observer.observe('d-1')).service).toEqual({});
  });

  it('reads metrics once a minute, and returns the gates by name', async () => {
    const { platform, observer } = await setUp();
    platform.alarms.reverse();
    platform.metrics['m0'] = [7, 6];
    const first = await observer.observe('d-1');
    expect(first.alarms.map(({ AlarmName }) => AlarmName)).toEqual(['alarm-gate-5xx-test', 'alarm-gate-latency-test']);
    expect([...first.latest]).toEqual([['alarm-gate-5xx-test', 7]]);
    platform.metrics['m0'] = [8];
    platform.clock.pass(59_000);
    expect((await observer.observe('d-1')).latest.get('alarm-gate-5xx-test')).toBe(7);
    platform.clock.pass(1000);
    expect((await observer.observe('d-1')).latest.get('alarm-gate-5xx-test')).toBe(8);
  });

  it('reads a gate with metric math by its expression', async () => {
    const { platform, observer } = await setUp();
    const [share, latency] = platform.alarms as [MetricAlarm, MetricAlarm];
    const requests = { Id: 'requests', MetricStat: { Metric: {}, Period: 300, Stat: 'Sum' }, ReturnData: false };
    const result = { Id: 'result', Expression: 'IF(requests >= 5, 100, 0)', Label: 'Failed requests (%)' };
    share.Period = undefined;
    share.Metrics = [requests, result];
    platform.metrics['result'] = [100, 50];
    platform.metrics['m0'] = [0.5];
    expect([...(await observer.observe('d-1')).latest]).toEqual([
      [latency.AlarmName, 0.5],
      [share.AlarmName, 100],
    ]);
    latency.Metrics = [{ ...requests, ReturnData: true, Label: 'Requests' }];
    platform.metrics['requests'] = [12];
    platform.clock.pass(60_000);
    expect((await observer.observe('d-1')).latest.get(String(latency.AlarmName))).toBe(12);
  });

  it('works without gates', async () => {
    const platform = new FakePlatform();
    platform.codedeploy.group!.alarmConfiguration = { alarms: [] };
    const { observer } = await setUp(platform);
    expect(await observer.observe('d-1')).toMatchObject({ alarms: [], latest: new Map() });
    const gone = await setUp();
    gone.platform.alarms = [];
    expect(await gone.observer.observe('d-1')).toMatchObject({ alarms: [], latest: new Map() });
  });

  it('keeps tasks that ECS no longer describes, with their last log lines', async () => {
    const { platform, observer } = await setUp();
    const crashed = { stopCode: 'EssentialContainerExited' as const };
    platform.ecs.tasks = [
      task('a', 'RUNNING'),
      task('b', 'STOPPED', { ...crashed, stoppedAt: at(5) }),
      task('c', 'STOPPED', { ...crashed, stoppedAt: at(-5) }),
      task('d', 'STOPPED', { ...crashed, stoppedAt: at(6) }),
    ];
    platform.ecs.pageSize = 2;
    platform.logs.set('batch-processor/batch-processor/b', ['one', 'two']);
    const first = await observer.observe('d-1');
    expect(first.tasks.map(({ taskArn: arn }) => arn)).toEqual([taskArn('a'), taskArn('b'), taskArn('d')]);
    expect([...first.logLines]).toEqual([
      [taskArn('b'), ['one', 'two']],
      [taskArn('d'), []],
    ]);
    platform.ecs.tasks = [task('e', 'RUNNING')];
    platform.ecs.described.splice(0);
    const second = await observer.observe('d-1');
    expect(second.tasks.map(({ taskArn: arn }) => arn)).toEqual([taskArn('b'), taskArn('d'), taskArn('e')]);
    expect(platform.ecs.described).toEqual([[taskArn('e')]]);
  });

  it('describes tasks in batches of a hundred', async () => {
    const { platform, observer } = await setUp();
    platform.ecs.tasks = Array.from({ length: 101 }, (_, index) => task(String(index), 'RUNNING'));
    await observer.observe('d-1');
    expect(platform.ecs.described.map((batch) => batch.length)).toEqual([100, 1]);
  });

  it('finds the tag of a version by its digest', async () => {
    const { platform, observer } = await setUp();
    platform.ecs.register({
      containerDefinitions: [{ name: 'batch-processor', image: `${REPOSITORY}@${digestOf('2b')}` }],
    });
    platform.ecs.register({
      containerDefinitions: [{ name: 'batch-processor', image: `${REPOSITORY}@${digestOf('9f')}` }],
    });
    platform.ecs.tasks = [
      task('a', 'RUNNING', { taskDefinitionArn: revisionArn(2) }),
      task('b', 'RUNNING', { taskDefinitionArn: revisionArn(3) }),
    ];
    const { versions } = await observer.observe('d-1');
    expect([versions.get(revisionArn(2)), versions.get(revisionArn(3))]).toEqual(['1.4.2', '9f0000000000']);
  });

  it.each(['GetDeploymentTarget', 'DescribeTargetHealth', 'GetLogEvents'])('rethrows errors of %s', async (command) => {
    const { platform, observer } = await setUp();
    platform.ecs.tasks = [task('b', 'STOPPED', { stoppedAt: at(5) })];
    platform.fail(command, sdkError('AccessDeniedException', 'not authorized'));
    await expect(observer.observe('d-1')).rejects.toThrow('not authorized');
  });
});
