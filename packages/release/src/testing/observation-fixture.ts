import type { DeploymentInfo, LifecycleEvent } from '@aws-sdk/client-codedeploy';
import type { Observation } from '../observe/observation';
import { snapshotOf } from '../observe/snapshot-of';
import { BLUE_GROUP, GREEN_GROUP, revisionArn, taskSet } from './fake-ecs';
import { FakePlatform } from './fake-platform';
import { START } from './record-fixture';

/** The time a number of seconds after the start. */
export function at(seconds: number): Date {
  return new Date(Date.parse(START) + seconds * 1000);
}

/** A deployment that has just started, with changes. */
export function observationFixture(
  changes: Partial<Observation> = {},
  deployment: Partial<DeploymentInfo> = {},
): Observation {
  return {
    time: at(0),
    deployment: { deploymentId: 'd-1', status: 'InProgress', createTime: at(0), ...deployment },
    target: undefined,
    rollback: undefined,
    service: {
      taskSets: [
        taskSet('ecs-svc/2', 'ACTIVE', revisionArn(2), GREEN_GROUP),
        taskSet('ecs-svc/1', 'PRIMARY', revisionArn(1), BLUE_GROUP),
      ],
      events: [],
    },
    traffic: new Map([[BLUE_GROUP, 100]]),
    loadBalancer: 'app/alb-test/1',
    health: new Map(),
    alarms: [],
    latest: new Map(),
    tasks: [],
    logLines: new Map(),
    versions: new Map([
      [revisionArn(1), '1.4.1'],
      [revisionArn(2), '1.4.2'],
    ]),
    ...changes,
  };
}

/** In AWS's seconds. */
export const timing = { install: 150, shift: 540, termination: 600, limit: 5000 };

export const { target } = new FakePlatform().context;

export const snapshot = (observation: Observation, timeScale = 1) =>
  snapshotOf(observation, { target, timing, timeScale });

/** With its start and end, in seconds after the start of the release. */
export const lifecycleEvent = (lifecycleEventName: string, status: string, from?: number, to?: number) =>
  ({
    lifecycleEventName,
    status,
    ...(from !== undefined && { startTime: at(from) }),
    ...(to !== undefined && { endTime: at(to) }),
  }) as LifecycleEvent;
