import type { LifecycleEvent } from '@aws-sdk/client-codedeploy';
import type { Task } from '@aws-sdk/client-ecs';
import { planFor } from './plan-fixture';
import type { ReleaseRecord } from '../record';
import type { Snapshot } from '../snapshot';
import { startRelease } from '../start/start-release';
import { watchRelease, type WatchOptions } from '../watch/watch-release';
import { BLUE_GROUP, GREEN_GROUP, revisionArn, taskArn, taskSet } from './fake-ecs';
import { FakePlatform } from './fake-platform';
import { START } from './record-fixture';

/** Key of the record of the watched release. */
export const KEY = `test/releases/${START}-r1.json`;

/** A started release. It is observed every five seconds, and a test can change the platform before each observation. */
export async function watchFixture(timeScale = 1) {
  const platform = new FakePlatform(timeScale);
  const plan = await planFor(platform.context);
  const id = await startRelease(platform.context, plan);
  const snapshots: Snapshot[] = [];
  const watch = async (changes: readonly (() => void)[], options: WatchOptions = {}) => {
    let index = 0;
    platform.clock.onSleep = () => changes[index++]?.();
    const onSnapshot = (snapshot: Snapshot) => snapshots.push(snapshot);
    return await watchRelease(platform.context, id, { onSnapshot, ...options });
  };
  const record = () => platform.bucket.value(KEY) as ReleaseRecord;
  return { platform, id, watch, snapshots, record };
}

export function begin({ codedeploy, ecs, clock }: FakePlatform): void {
  codedeploy.change('d-1', { status: 'InProgress' });
  const startTime = clock.now();
  codedeploy.target = { lifecycleEvents: [{ lifecycleEventName: 'Install', status: 'InProgress', startTime }] };
  const green = taskSet('ecs-svc/2', 'ACTIVE', revisionArn(2), GREEN_GROUP);
  const blue = taskSet('ecs-svc/1', 'PRIMARY', revisionArn(1), BLUE_GROUP);
  const starting = { ...green, externalId: 'd-1', runningCount: 0, pendingCount: 3 };
  ecs.service = { ...ecs.service, taskSets: [blue, starting] };
}

/** A task of the new version that has stopped just now. */
export const stoppedTask = (platform: FakePlatform, id: string, stoppedReason: string): Task => ({
  taskArn: taskArn(id),
  taskDefinitionArn: revisionArn(2),
  startedBy: 'ecs-svc/2',
  desiredStatus: 'STOPPED',
  lastStatus: 'STOPPED',
  stoppedAt: platform.clock.now(),
  stoppedReason,
});

export function shift({ codedeploy, clock }: FakePlatform): void {
  const now = clock.now();
  const [install] = eventsOf({ codedeploy });
  codedeploy.target = {
    lifecycleEvents: [
      { ...install, status: 'Succeeded', endTime: now },
      { lifecycleEventName: 'AllowTraffic', status: 'InProgress', startTime: now },
    ],
  };
}

export function succeed({ codedeploy, clock }: FakePlatform): void {
  const [install, traffic] = eventsOf({ codedeploy });
  const ended = { ...traffic, status: 'Succeeded' as const, endTime: clock.now() };
  codedeploy.target = { lifecycleEvents: [install, ended] };
  codedeploy.change('d-1', { status: 'Succeeded', completeTime: clock.now() });
}

export function eventsOf({ codedeploy }: Pick<FakePlatform, 'codedeploy'>): [LifecycleEvent, LifecycleEvent] {
  return codedeploy.target?.lifecycleEvents as [LifecycleEvent, LifecycleEvent];
}

export function stop(
  { codedeploy, ecs, clock }: FakePlatform,
  code: 'MANUAL_STOP' | 'ALARM_ACTIVE',
  message: string,
): void {
  codedeploy.add({ status: 'Succeeded', completeTime: clock.now() });
  codedeploy.change('d-1', {
    status: 'Stopped',
    completeTime: clock.now(),
    errorInformation: { code, message },
    rollbackInfo: { rollbackDeploymentId: 'd-2' },
  });
  ecs.service = { ...ecs.service, taskSets: [taskSet('ecs-svc/1', 'PRIMARY', revisionArn(1), BLUE_GROUP)] };
}

export function succeedAtOnce(platform: FakePlatform): void {
  platform.codedeploy.target = undefined;
  platform.codedeploy.change('d-1', { status: 'Succeeded', completeTime: platform.clock.now() });
  platform.actions = [{ Type: 'forward', TargetGroupArn: BLUE_GROUP }];
}
