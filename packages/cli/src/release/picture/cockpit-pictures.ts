import { cockpit } from '../cockpit/cockpit';
import type { CockpitView } from '../cockpit/cockpit-view';
import { at, gateFixture, greenFixture, snapshotFixture, taskSetFixture } from '../testing/snapshot-fixture';
import { svgPicture } from './svg-picture';

/** Of a terminal with 80 columns and 24 rows. */
const size = { columns: 79, rows: 23 };

const view = { suffix: 'prod', kind: 'release', notices: [], hint: 'Ctrl-C: detach, or stop and roll back' } as const;

const good: CockpitView = { ...view, snapshot: snapshotFixture(), now: at(8, 14) };

const bad: CockpitView = {
  ...view,
  now: at(6, 2),
  snapshot: snapshotFixture({
    time: at(6),
    phase: 'installing',
    verdict: 'stuck',
    verdictReason: 'tasks of 9a01b7c stop by themselves, and none has become healthy',
    lifecycle: [{ name: 'Install', status: 'InProgress', startedAt: at(0, 5) }],
    taskSets: [
      taskSetFixture({ trafficPercent: 100 }),
      greenFixture({ trafficPercent: 0, running: 1, pending: 2, failed: 4, healthy: 0, spot: 1, onDemand: 0 }),
    ],
    progress: { shiftedPercent: 0, expectedEnd: at(43), deadline: at(115) },
    alarms: [
      gateFixture(),
      gateFixture({ name: 'alarm-gate-latency-prod', latest: 0.198, unit: 'Seconds', threshold: 1 }),
    ],
    events: [{ time: at(5, 40), text: '(service ecs-service-prod) has started 2 tasks: (task 5d1c0e) (task 81f2aa).' }],
    stoppedTasks: [
      {
        id: '3f2a1b00',
        version: '9a01b7c',
        stoppedAt: at(5, 31),
        reason: 'Essential container in task exited',
        exitCode: 1,
        logLines: [
          '{"level":"info","message":"reading /risk/prices"}',
          '{"level":"fatal","message":"PRICES_URL is not set"}',
        ],
      },
    ],
  }),
};

/** The pictures of the cockpit in the documents, by file name. They are drawn by what operators see, so that they stay true. */
export function cockpitPictures(): Readonly<Record<string, string>> {
  return {
    'cockpit.svg': svgPicture(
      cockpit(good, size),
      size.columns,
      'The cockpit: a release with 60 % of the traffic shifted',
    ),
    'cockpit-stuck.svg': svgPicture(cockpit(bad, size), size.columns, 'The cockpit: a release whose new tasks die'),
  };
}
