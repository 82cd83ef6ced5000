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

describe('nextAction', () => {
  it.each(table)('%s', (_, facts, action) => {
    expect(nextAction(facts)).toBe(action);
  });
});
