import type { GateView, ServiceStatus, Snapshot, TaskSetView } from '@nightshift/release';

const START = Date.UTC(2026, 10, 24, 2, 0, 0);

/** A time of the fixture's night: minutes and seconds after the start of the release. */
export function at(minutes: number, seconds = 0): Date {
  return new Date(START + (minutes * 60 + seconds) * 1000);
}

export function taskSetFixture(changes: Partial<TaskSetView> = {}): TaskSetView {
  return {
    label: 'blue',
    id: 'ecs-svc/1111111111111111111',
    version: '4f1c2e9',
    taskDefinition: 'ecs-task-prod:12',
    targetGroup: 'tg-blue-prod',
    desired: 3,
    running: 3,
    pending: 0,
    failed: 0,
    trafficPercent: 40,
    healthy: 3,
    unhealthy: 0,
    draining: 0,
    spot: 2,
    onDemand: 1,
    ...changes,
  };
}

/** The new tasks. */
export function greenFixture(changes: Partial<TaskSetView> = {}): TaskSetView {
  return taskSetFixture({
    label: 'green',
    id: 'ecs-svc/2222222222222222222',
    version: '9a01b7c',
    taskDefinition: 'ecs-task-prod:13',
    targetGroup: 'tg-green-prod',
    trafficPercent: 60,
    ...changes,
  });
}

export function gateFixture(changes: Partial<GateView> = {}): GateView {
  return {
    name: 'alarm-gate-5xx-prod',
    state: 'OK',
    latest: 0,
    threshold: 10,
    comparison: 'GreaterThanThreshold',
    ...changes,
  };
}

/** A successful release after six minutes: 60 % of the traffic is on the new version. */
export function snapshotFixture(changes: Partial<Snapshot> = {}): Snapshot {
  return {
    time: at(8, 12),
    deploymentId: 'd-8QZ4K1P2N',
    startedAt: at(0),
    phase: 'shifting',
    status: 'InProgress',
    lifecycle: [
      { name: 'BeforeInstall', status: 'Succeeded', startedAt: at(0, 4), endedAt: at(0, 5) },
      { name: 'Install', status: 'Succeeded', startedAt: at(0, 5), endedAt: at(2, 40) },
      { name: 'AfterInstall', status: 'Succeeded', startedAt: at(2, 40), endedAt: at(2, 41) },
      { name: 'AllowTestTraffic', status: 'Succeeded', startedAt: at(2, 41), endedAt: at(3, 0) },
      { name: 'AfterAllowTestTraffic', status: 'Succeeded', startedAt: at(3, 0), endedAt: at(3, 1) },
      { name: 'BeforeAllowTraffic', status: 'Succeeded', startedAt: at(3, 1), endedAt: at(3, 2) },
      { name: 'AllowTraffic', status: 'InProgress', startedAt: at(3, 2) },
      { name: 'AfterAllowTraffic', status: 'Pending' },
    ],
    taskSets: [taskSetFixture(), greenFixture()],
    progress: { shiftedPercent: 60, expectedEnd: at(43), shiftEnds: at(12, 2), deadline: at(115) },
    alarms: [
      gateFixture(),
      gateFixture({ name: 'alarm-gate-latency-prod', latest: 0.214, unit: 'Seconds', threshold: 1 }),
      gateFixture({ name: 'alarm-gate-unhealthy-blue-prod', threshold: 0 }),
      gateFixture({ name: 'alarm-gate-unhealthy-green-prod', threshold: 0 }),
    ],
    events: [
      {
        time: at(0, 20),
        text: '(service ecs-service-prod) has started 3 tasks: (task 3f2a1b) (task 9c04d1) (task 77e0aa).',
      },
      {
        time: at(2, 10),
        text: '(service ecs-service-prod) registered 3 targets in (target-group target-group-green-prod)',
      },
      { time: at(2, 40), text: '(service ecs-service-prod) has reached a steady state.' },
    ],
    stoppedTasks: [],
    verdict: 'on-time',
    ...changes,
  };
}

/** A healthy service between two releases. */
export function statusFixture(changes: Partial<ServiceStatus> = {}): ServiceStatus {
  return {
    time: at(60),
    version: {
      name: '4f1c2e9',
      taskDefinition: 'ecs-task-prod:12',
      registeredBy: 'a release',
    },
    desired: 3,
    taskSets: [taskSetFixture({ trafficPercent: 100 })],
    targetGroups: [
      { name: 'tg-blue-prod', arn: 'arn:blue', trafficPercent: 100, healthy: 3, unhealthy: 0, draining: 0 },
    ],
    gates: [gateFixture()],
    images: { mark: 'OK', detail: '4f1c2e9' },
    scaling: { minimum: 3, maximum: 10, suspended: {} },
    deploymentId: undefined,
    lastRelease: undefined,
    otherDeployment: undefined,
    events: [],
    stoppedTasks: [],
    problems: [],
    ...changes,
  };
}
