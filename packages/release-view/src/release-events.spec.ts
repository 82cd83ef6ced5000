import type { Snapshot } from '@nightshift/release';
import { eventsBetween, eventText } from './release-events';
import { at, gateFixture, greenFixture, snapshotFixture, taskSetFixture } from './testing/snapshot-fixture';

const progress = (shiftedPercent: number) => ({ shiftedPercent, expectedEnd: at(43), deadline: at(115) });

const start = snapshotFixture({
  phase: 'installing',
  events: [],
  taskSets: [taskSetFixture({ trafficPercent: 100 })],
  progress: progress(0),
});

/** What is said of a change, as times and sentences. */
const said = (previous: Snapshot | undefined, latest: Snapshot) =>
  eventsBetween(previous, latest).map((event) => `${event.time.toISOString().slice(14, 19)} ${eventText(event)}`);

describe('events between two snapshots', () => {
  it('are at first the state of the release', () => {
    expect(said(undefined, start)).toEqual([
      '08:12 starting the new tasks (InProgress)',
      '08:12 current (blue) 4f1c2e9: 3 running, 3 desired, 3 healthy',
    ]);
    expect(said(undefined, snapshotFixture())).toContain('08:12 traffic: 60 % on new tasks, 40 % on current tasks');
  });

  it('are empty without a change', () => {
    expect(said(start, { ...start, time: at(9) })).toEqual([]);
  });

  it('include changes of traffic and tasks', () => {
    const taskSets = [
      taskSetFixture({ trafficPercent: 90 }),
      greenFixture({ trafficPercent: 10, running: 2, pending: 1, failed: 1, healthy: 1, unhealthy: 1, draining: 1 }),
    ];
    expect(said(start, { ...start, phase: 'shifting', taskSets, progress: progress(10) })).toEqual([
      '08:12 shifting traffic (InProgress)',
      '08:12 new (green) 9a01b7c: 2 running, 3 desired, 1 pending, 1 failed, 1 healthy, 1 unhealthy, 1 draining',
      '08:12 traffic: 10 % on new tasks, 90 % on current tasks',
    ]);
  });

  it('include the return of traffic', () => {
    const previous = snapshotFixture();
    const taskSets = [taskSetFixture({ trafficPercent: 100 })];
    expect(said(previous, { ...previous, phase: 'rolling-back', taskSets })).toEqual([
      '08:12 ROLLING BACK to the previous version (InProgress)',
      '08:12 traffic: 0 % on new tasks, 100 % on current tasks',
    ]);
    expect(said(previous, { ...previous, taskSets: [] })).toEqual([
      '08:12 traffic: 0 % on new tasks, 0 % on current tasks',
    ]);
  });

  it('include each event of the service once', () => {
    const previous = snapshotFixture();
    const events = [...previous.events, { time: at(9), text: '(service ecs-service-prod) has begun draining' }];
    expect(said(previous, { ...previous, events })).toEqual(['09:00 service: has begun draining']);
  });

  it('include each stopped task once', () => {
    const task = { id: '3f2a1b00cafe', version: '9a01b7c', stoppedAt: at(4), reason: 'exited', logLines: [] };
    const latest = { ...start, stoppedTasks: [task] };
    expect(said(start, latest)).toEqual(['04:00 task 3f2a1b00 of 9a01b7c stopped: exited']);
    expect(said(latest, { ...latest, stoppedTasks: [task] })).toEqual([]);
  });

  it('include a new state of a gate', () => {
    const alarms = [
      gateFixture({ state: 'ALARM', latest: 14, reason: '3 datapoints\nwere greater' }),
      gateFixture({ name: 'alarm-new', state: 'INSUFFICIENT_DATA' }),
    ];
    const latest = { ...start, alarms };
    expect(said(start, latest)).toEqual([
      '08:12 gate alarm-gate-5xx-prod: ALARM, 14 (alarm at > 10): 3 datapoints were greater',
      '08:12 gate alarm-new: NO DATA, 0 (alarm at > 10)',
    ]);
    expect(said(latest, { ...latest, alarms: [gateFixture({ reason: 'quiet again' }), gateFixture()] })).toEqual([
      '08:12 gate alarm-gate-5xx-prod: OK, 0 (alarm at > 10)',
      '08:12 gate alarm-gate-5xx-prod: OK, 0 (alarm at > 10)',
    ]);
  });

  it('include a failed step of CodeDeploy, and its reason', () => {
    const failed = { name: 'Install', status: 'Failed' };
    const latest = { ...start, lifecycle: [failed, { name: 'AllowTraffic', status: 'Skipped' }] };
    expect(said(start, latest)).toEqual(['08:12 Install failed']);
    expect(said(latest, { ...latest, time: at(9) })).toEqual([]);
    const explained = { ...start, lifecycle: [{ ...failed, diagnostics: 'did not stabilize' }] };
    expect(said(undefined, explained)).toContain('08:12 Install failed: did not stabilize');
  });

  it('include a delay and its end', () => {
    const slow = { ...start, verdict: 'slow', verdictReason: 'Spot capacity is short' } as const;
    const stuck = { ...start, verdict: 'stuck', verdictReason: 'all tasks die' } as const;
    expect(said(start, slow)).toEqual(['08:12 SLOW, but progressing: Spot capacity is short']);
    expect(said(slow, stuck)).toEqual(['08:12 STUCK: all tasks die']);
    expect(said(slow, { ...slow, time: at(9) })).toEqual([]);
    expect(said(stuck, start)).toEqual(['08:12 on time again']);
    expect(said(stuck, { ...start, phase: 'ended', status: 'Stopped' })).toEqual(['08:12 ended (Stopped)']);
    expect(said(stuck, { ...start, phase: 'rolling-back' })).toEqual([
      '08:12 ROLLING BACK to the previous version (InProgress)',
    ]);
    expect(said(start, { ...stuck, phase: 'rolling-back' }).at(-1)).toBe('08:12 STUCK: all tasks die');
    const failures = (count: number, text: string) => ({ ...stuck, verdictReason: `${String(count)} new ${text}` });
    const logged = (id: string) => `tasks have failed, the last one: exited; its last log line: request ${id}`;
    expect(said(failures(4, logged('abc')), failures(5, logged('def')))).toEqual([]);
    expect(said(failures(1, 'task has failed'), failures(2, 'tasks have failed'))).toEqual([]);
  });
});
