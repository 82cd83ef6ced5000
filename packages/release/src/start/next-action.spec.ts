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
  ['records auto-scaling before it changes it', begun, 'note-scaling'],
  ['suspends auto-scaling before any other change', { ...begun, scalingNoted: true }, 'suspend'],
  ['registers a revision for a new version', suspended, 'register'],
  ['deploys a revision', { ...suspended, revision: true }, 'deploy'],
  ['records a deployment', { ...deployed, deploymentNoted: false }, 'note-deployment'],
  ['watches a deployment', deployed, 'watch'],
  ['restores auto-scaling after the deployment', { ...deployed, deployment: 'ended' }, 'restore'],
  ['closes the record after that', { ...deployed, deployment: 'ended', restored: true }, 'close'],
  ['is done with a closed record', { ...deployed, deployment: 'ended', restored: true, record: 'closed' }, 'done'],
  ['restores auto-scaling after a failed start', { ...suspended, failed: true }, 'restore'],
  ['closes the record of a start that failed before any change', { ...begun, failed: true }, 'close'],
  ['a finisher waits for a running starter', { ...suspended, ...finisher }, 'wait'],
  [
    'a finisher restores auto-scaling after an abandoned start',
    { ...suspended, ...finisher, abandoned: true },
    'restore',
  ],
  ['a finisher watches a deployment', { ...deployed, ...finisher }, 'watch'],
  ['reopens the record if there is a deployment', { ...deployed, record: 'closed', deploymentNoted: false }, 'reopen'],
  [
    'a starter whose record was closed as abandoned restores auto-scaling',
    { ...suspended, record: 'closed' },
    'restore',
  ],
];

describe('nextAction', () => {
  it.each(table)('%s', (_, facts, action) => {
    expect(nextAction(facts)).toBe(action);
  });
});
