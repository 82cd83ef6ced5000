import { sdkError } from '@nightshift/testing/aws';
import { planRelease } from '../planning/plan-release';
import type { ReleaseRecord } from '../record';
import type { Snapshot } from '../snapshot';
import { startRelease } from '../starting/start-release';
import { BLUE_GROUP, GREEN_GROUP, revisionArn, taskArn, taskSet } from '../testing/fake-ecs';
import { FakePlatform } from '../testing/fake-platform';
import { START } from '../testing/record-fixture';
import { watchRelease, type WatchOptions } from './watch-release';

const KEY = `test/releases/${START}-r1.json`;

/** A release that was started; each look is five seconds after the one before, and the world may have changed then. */
async function started(timeScale = 1) {
  const platform = new FakePlatform(timeScale);
  const plan = await planRelease(platform.context, { kind: 'release', image: '1.4.2' });
  const id = await startRelease(platform.context, plan);
  const snapshots: Snapshot[] = [];
  const watch = async (looks: readonly (() => void)[], options: WatchOptions = {}) => {
    let look = 0;
    platform.clock.onSleep = () => looks[look++]?.();
    const onSnapshot = (snapshot: Snapshot) => snapshots.push(snapshot);
    return await watchRelease(platform.context, id, { onSnapshot, ...options });
  };
  const record = () => platform.bucket.value(KEY) as ReleaseRecord;
  return { platform, id, watch, snapshots, record };
}

function begin({ codedeploy, ecs, clock }: FakePlatform): void {
  codedeploy.change('d-1', { status: 'InProgress' });
  const startTime = clock.now();
  codedeploy.target = { lifecycleEvents: [{ lifecycleEventName: 'Install', status: 'InProgress', startTime }] };
  const green = taskSet('ecs-svc/2', 'ACTIVE', revisionArn(2), GREEN_GROUP);
  ecs.service!.taskSets = [
    ...ecs.service!.taskSets!,
    { ...green, externalId: 'd-1', runningCount: 0, pendingCount: 3 },
  ];
}

function shift({ codedeploy, clock }: FakePlatform): void {
  const [install] = codedeploy.target!.lifecycleEvents!;
  const now = clock.now();
  codedeploy.target!.lifecycleEvents = [
    { ...install, status: 'Succeeded', endTime: now },
    { lifecycleEventName: 'AllowTraffic', status: 'InProgress', startTime: now },
  ];
}

function succeed({ codedeploy, clock }: FakePlatform): void {
  const [install, traffic] = codedeploy.target!.lifecycleEvents!;
  codedeploy.target!.lifecycleEvents = [install!, { ...traffic, status: 'Succeeded', endTime: clock.now() }];
  codedeploy.change('d-1', { status: 'Succeeded', completeTime: clock.now() });
}

function stop({ codedeploy, ecs, clock }: FakePlatform, code: 'MANUAL_STOP' | 'ALARM_ACTIVE', message: string): void {
  codedeploy.add({ status: 'Succeeded', completeTime: clock.now() });
  codedeploy.change('d-1', {
    status: 'Stopped',
    completeTime: clock.now(),
    errorInformation: { code, message },
    rollbackInfo: { rollbackDeploymentId: 'd-2' },
  });
  ecs.service!.taskSets = ecs.service!.taskSets!.slice(0, 1);
}

describe('watchRelease', () => {
  it('sees a release through: auto-scaling goes on, and the record says what happened when (R10.5)', async () => {
    const { platform, watch, snapshots, record } = await started();
    const end = await watch([() => begin(platform), () => shift(platform), () => succeed(platform)]);
    expect(end).toEqual({ kind: 'succeeded' });
    expect(snapshots.map(({ phase }) => phase)).toEqual(['created', 'installing', 'shifting', 'ended']);
    expect(platform.scaling).toMatchObject({ DynamicScalingInSuspended: false, DynamicScalingOutSuspended: false });
    expect(record()).toMatchObject({
      outcome: 'succeeded',
      endedAt: '2026-11-24T10:00:15.000Z',
      to: { taskDefinition: revisionArn(2) },
      durations: { created: 5, installing: 5, shifting: 5, baking: 0 },
      scaling: { restored: true },
      events: [
        { time: '2026-11-24T10:00:00.000Z', text: 'deployment d-1 created' },
        { time: '2026-11-24T10:00:05.000Z', text: 'Install begins' },
        { time: '2026-11-24T10:00:10.000Z', text: 'Install: Succeeded' },
        { time: '2026-11-24T10:00:10.000Z', text: 'AllowTraffic begins' },
        { time: '2026-11-24T10:00:15.000Z', text: 'AllowTraffic: Succeeded' },
        { time: '2026-11-24T10:00:15.000Z', text: 'deployment: Succeeded' },
      ],
    });
    expect(record()).not.toHaveProperty('cause');
  });

  it('sees the way back through, and says why', async () => {
    const { platform, watch, record } = await started();
    const [traffic] = [
      {
        lifecycleEventName: 'Install',
        status: 'Failed' as const,
        startTime: platform.clock.now(),
        endTime: platform.clock.now(),
        diagnostics: { message: 'gate' },
      },
    ];
    const end = await watch([
      () => begin(platform),
      () => {
        platform.codedeploy.target = {
          lifecycleEvents: [traffic!, { lifecycleEventName: 'AllowTraffic', status: 'Skipped' }],
        };
        platform.ecs.tasks = [
          {
            taskArn: taskArn('a'),
            taskDefinitionArn: revisionArn(2),
            startedBy: 'ecs-svc/2',
            desiredStatus: 'STOPPED',
            lastStatus: 'STOPPED',
            stoppedAt: platform.clock.now(),
            stoppedReason: 'exited',
          },
        ];
        stop(platform, 'ALARM_ACTIVE', 'gate');
      },
    ]);
    expect(end).toEqual({ kind: 'rolled-back', cause: 'gate' });
    expect(record()).toMatchObject({ outcome: 'rolled-back', cause: 'gate', durations: { 'rolling-back': 0 } });
    expect(record().events.map(({ text }) => text)).toEqual([
      'deployment d-1 created',
      'Install begins',
      'Install: Failed: gate',
      'task a of 1.4.2 stopped: exited',
      'rollback d-2 created',
      'rollback: Succeeded',
      'deployment: Stopped',
    ]);
  });

  it('leaves a release alone when asked to, and nothing restored', async () => {
    const { platform, watch, record } = await started();
    const controller = new AbortController();
    expect(await watch([() => controller.abort()], { signal: controller.signal })).toEqual({ kind: 'detached' });
    expect(platform.scaling).toMatchObject({ DynamicScalingInSuspended: true });
    expect(record().outcome).toBeUndefined();
  });

  it('looks no faster than a person reads, and no slower than every five seconds of AWS', async () => {
    for (const [timeScale, milliseconds] of [
      [1, 5000],
      [10, 500],
      [60, 250],
    ] as const) {
      const { platform, watch } = await started(timeScale);
      const slept: number[] = [];
      const controller = new AbortController();
      await watch([], {
        signal: controller.signal,
        onSnapshot: () => {
          platform.clock.onSleep = (time) => {
            slept.push(time);
            controller.abort();
          };
        },
      });
      expect(slept).toEqual([milliseconds]);
    }
  });

  it('goes on when AWS does not answer for a while', async () => {
    const { platform, watch, snapshots } = await started();
    const trouble: string[] = [];
    const failing = () => platform.fail('GetDeployment', sdkError('ThrottlingException', 'Rate exceeded'));
    failing();
    const looks = [failing, () => begin(platform), () => succeedAtOnce(platform)];
    expect(await watch(looks, { onTrouble: ({ message }) => trouble.push(message) })).toEqual({ kind: 'succeeded' });
    expect(trouble).toEqual(['Rate exceeded', 'Rate exceeded']);
    expect(snapshots).toHaveLength(2);
    failing();
    platform.codedeploy.change('d-1', { status: 'Succeeded' });
    expect(await watch([])).toEqual({ kind: 'succeeded' });
  });

  it('ends with what AWS refuses', async () => {
    const { platform, watch } = await started();
    platform.fail('GetDeployment', sdkError('ExpiredTokenException', 'expired'));
    await expect(watch([])).rejects.toThrow('expired');
  });

  it('says how the release ended also when what comes after it fails', async () => {
    const { platform, watch } = await started();
    succeedAtOnce(platform);
    platform.fail('RegisterScalableTarget', sdkError('InternalServiceException', 'internal', 500));
    await expect(watch([])).rejects.toThrow(
      'releases of test: the release has ended (succeeded), yet auto-scaling was not restored or its record not closed, got internal - do what is left: npx nightshift release status -c test',
    );
    platform.fail('RegisterScalableTarget', new TypeError('a defect'));
    await expect(watch([])).rejects.toThrow(TypeError);
  });

  it('gives up when CodeDeploy should have ended long ago', async () => {
    const { platform, watch } = await started();
    expect(await watch([() => platform.clock.pass(2 * 3_600_000)], { stopWhenStuck: false })).toEqual({
      kind: 'detached',
      cause: 'CodeDeploy should have ended by now, one way or the other',
    });
  });

  it('watches a deployment that no release made, and touches nothing', async () => {
    const { platform } = await started();
    platform.codedeploy.add({ status: 'Succeeded' });
    expect(await watchRelease(platform.context, 'd-2')).toEqual({ kind: 'succeeded' });
    expect(platform.scaling).toMatchObject({ DynamicScalingInSuspended: true });
    platform.bucket.objects.delete('test/releases/latest.json');
    expect(await watchRelease(platform.context, 'd-2')).toEqual({ kind: 'succeeded' });
  });

  it('notes the deployment of a release whose command was killed before it could', async () => {
    const { platform, id, watch, record } = await started();
    const { deploymentId: _forgotten, ...rest } = record();
    platform.bucket.put(KEY, { ...rest, to: {} });
    await watch([() => begin(platform), () => shift(platform), () => succeed(platform)]);
    expect(record()).toMatchObject({ deploymentId: id, outcome: 'succeeded', to: { taskDefinition: revisionArn(2) } });
    expect(_forgotten).toBe(id);
  });

  describe('a release that is stuck before any traffic has moved', () => {
    const stuck = async () => {
      const release = await started();
      const { platform } = release;
      begin(platform);
      platform.ecs.tasks = [1, 2, 3, 4, 5, 6].map((id) => ({
        taskArn: taskArn(String(id)),
        taskDefinitionArn: revisionArn(2),
        startedBy: 'ecs-svc/2',
        desiredStatus: 'STOPPED',
        lastStatus: 'STOPPED',
        stoppedAt: platform.clock.now(),
        stoppedReason: 'Essential container in task exited',
      }));
      return release;
    };
    const cause =
      'stopped because it was stuck: 6 new tasks have failed, the last one: Essential container in task exited';

    it('is stopped after five minutes, once, and counts as failed', async () => {
      const { platform, watch, record, snapshots } = await stuck();
      const looks = Array.from({ length: 62 }, () => () => undefined);
      const end = await watch([...looks, () => stop(platform, 'MANUAL_STOP', 'stopped')]);
      expect(end).toEqual({ kind: 'rolled-back', cause });
      expect(platform.codedeploy.asked).toEqual(['stop d-1, roll back: true']);
      expect(snapshots).toHaveLength(64);
      expect(record()).toMatchObject({ outcome: 'rolled-back', cause });
    });

    it('is not stopped when it recovers, nor where that is not wanted', async () => {
      const { platform, watch } = await stuck();
      const looks = Array.from({ length: 40 }, () => () => undefined);
      const recover = () => {
        platform.ecs.service!.taskSets![1]!.computedDesiredCount = 9;
      };
      const relapse = () => {
        platform.ecs.service!.taskSets![1]!.computedDesiredCount = 3;
      };
      await watch([...looks, recover, relapse, ...looks, () => succeedAtOnce(platform)]);
      const unwanted = await stuck();
      await unwanted.watch([...looks, ...looks, () => succeedAtOnce(unwanted.platform)], { stopWhenStuck: false });
      expect([...platform.codedeploy.asked, ...unwanted.platform.codedeploy.asked]).toEqual([]);
    });

    it('is not stopped twice, and may end by itself at that moment', async () => {
      const { platform, watch, record } = await stuck();
      const looks = Array.from({ length: 61 }, () => () => undefined);
      platform.fail('StopDeployment', sdkError('DeploymentAlreadyCompletedException'));
      expect(await watch([...looks, () => succeedAtOnce(platform)])).toEqual({ kind: 'succeeded' });
      expect(record()).not.toHaveProperty('cause');
      const refused = await stuck();
      refused.platform.fail('StopDeployment', sdkError('AccessDeniedException', 'not authorized'));
      await expect(refused.watch(looks)).rejects.toThrow('not authorized');
    });
  });
});

function succeedAtOnce(platform: FakePlatform): void {
  platform.codedeploy.target = undefined;
  platform.codedeploy.change('d-1', { status: 'Succeeded', completeTime: platform.clock.now() });
  platform.actions = [{ Type: 'forward', TargetGroupArn: BLUE_GROUP }];
}
