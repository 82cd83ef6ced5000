import fc from 'fast-check';
import { ReleaseWorld, type WorldEvent } from '../testing/release-world';
import { nextAction, type ReleaseAction, type ReleaseFacts } from './next-action';

const begun: ReleaseFacts = {
  role: 'starter',
  record: 'open',
  scalingNoted: false,
  suspended: false,
  restored: false,
  revision: false,
  deployment: 'none',
  deploymentNoted: false,
  failed: false,
  abandoned: false,
};

const suspended = { ...begun, scalingNoted: true, suspended: true };

const deployed = { ...suspended, revision: true, deployment: 'going-on', deploymentNoted: true } as const;

const finisher = { role: 'finisher', suspended: false, revision: false } as const;

const table: readonly (readonly [string, ReleaseFacts, ReleaseAction])[] = [
  ['a starter begins', { ...begun, record: 'none' }, 'begin'],
  ['a starter that could not begin ends', { ...begun, record: 'none', failed: true }, 'done'],
  ['a finisher without a record has nothing to do', { ...begun, record: 'none', role: 'finisher' }, 'done'],
  ['how auto-scaling is, is noted before it is changed', begun, 'note-scaling'],
  ['auto-scaling stands still before anything else changes', { ...begun, scalingNoted: true }, 'suspend'],
  ['a new version needs a revision', suspended, 'register'],
  ['a revision is deployed', { ...suspended, revision: true }, 'deploy'],
  ['a deployment is noted', { ...deployed, deploymentNoted: false }, 'note-deployment'],
  ['a deployment is watched', deployed, 'watch'],
  ['after it auto-scaling goes on', { ...deployed, deployment: 'ended' }, 'restore'],
  ['then the record is closed', { ...deployed, deployment: 'ended', restored: true }, 'close'],
  ['and nothing is left to do', { ...deployed, deployment: 'ended', restored: true, record: 'closed' }, 'done'],
  ['a start that failed is taken back', { ...suspended, failed: true }, 'restore'],
  ['a start that failed before is closed', { ...begun, failed: true }, 'close'],
  ['a finisher waits for a starter at work', { ...suspended, ...finisher }, 'wait'],
  ['a finisher takes back what was abandoned', { ...suspended, ...finisher, abandoned: true }, 'restore'],
  ['a finisher watches a deployment', { ...deployed, ...finisher }, 'watch'],
  [
    'a deployment that came after all is taken up again',
    { ...deployed, record: 'closed', deploymentNoted: false },
    'reopen',
  ],
  ['a starter that was taken for gone cleans up', { ...suspended, record: 'closed' }, 'restore'],
];

const who = fc.nat(2);

const event: fc.Arbitrary<WorldEvent> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ kind: fc.constant('step' as const), who }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom('kill' as const, 'fail' as const, 'lose' as const), who }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('time-passes' as const, 'deployment-ends' as const) }) },
);

const events = fc.array(event, { maxLength: 80, size: 'max' });

/** A starter, two that look at the release meanwhile, and one that looks later. */
function live(happening: readonly WorldEvent[]): { readonly world: ReleaseWorld; readonly always: boolean } {
  const world = new ReleaseWorld('starter', 'finisher', 'finisher', 'finisher');
  const always = happening.every((one) => {
    world.happen(one);
    return (!world.suspended || world.someoneWillRestore) && !world.unwatched;
  });
  return { world, always };
}

describe('nextAction', () => {
  it.each(table)('%s', (_, facts, action) => {
    expect(nextAction(facts)).toBe(action);
  });

  it('leaves auto-scaling never suspended for good, and no deployment out of sight, in any order of events', () => {
    fc.assert(
      fc.property(events, (happening) => live(happening).always),
      { numRuns: 1000 },
    );
  });

  it('brings every release to an end that is noted: auto-scaling restored, no deployment unwatched, never two', () => {
    fc.assert(
      fc.property(events, (happening) => {
        const { world } = live(happening);
        world.finish(0);
        world.happen({ kind: 'deployment-ends' });
        world.happen({ kind: 'time-passes' });
        world.finish(3);
        const { suspended, record, deployments, noted, processes } = world;
        expect({ suspended, end: processes[3]?.end }).toEqual({ suspended: false, end: 'done' });
        expect({ record, noted: noted.deployment }).toEqual({
          record: record === 'none' ? 'none' : 'closed',
          noted: deployments === 1,
        });
        expect(deployments).toBeLessThanOrEqual(1);
      }),
      { numRuns: 1000 },
    );
  });
});
