/**
 * `starter`: brings the release about. `finisher`: sees it to its end, whoever started it; the starter may still be at work, or may have
 * been killed at any point.
 */
export type Role = 'starter' | 'finisher';

/** Everything that decides the next step. `noted` means: written to the record, so that it outlives this process. */
export interface ReleaseFacts {
  readonly role: Role;
  readonly record: 'none' | 'open' | 'closed';
  /** The previous state of auto-scaling is recorded. Auto-scaling may be suspended from here on. */
  readonly scalingNoted: boolean;
  /** This process has suspended auto-scaling and not restored it yet. */
  readonly suspended: boolean;
  /**
   * This process has put auto-scaling back to what it was, and nobody has written the record since. Noted only with the end: a slow
   * starter may suspend it once more.
   */
  readonly restored: boolean;
  /** The new version has a revision of the task definition. */
  readonly revision: boolean;
  /** The deployment that was made for this release, as CodeDeploy has it, its rollback included. */
  readonly deployment: 'none' | 'going-on' | 'ended';
  readonly deploymentNoted: boolean;
  /** The starter failed before there was a deployment. */
  readonly failed: boolean;
  /** Nobody has written the record for so long that its starter must be gone. */
  readonly abandoned: boolean;
}

/**
 * `wait`: for a starter that is still at work. `watch`: the deployment, until it has ended. `reopen`: there is a deployment after all.
 * `done`: nothing is left to do.
 */
export type ReleaseAction =
  | 'begin'
  | 'note-scaling'
  | 'suspend'
  | 'register'
  | 'deploy'
  | 'note-deployment'
  | 'watch'
  | 'wait'
  | 'restore'
  | 'close'
  | 'reopen'
  | 'done';

/**
 * The next step of a release. A pure function of the record and of AWS, so that any process can continue a release whose process was
 * killed.
 */
export function nextAction(facts: ReleaseFacts): ReleaseAction {
  if (facts.record === 'none') return facts.role === 'starter' && !facts.failed ? 'begin' : 'done';
  if (facts.record === 'closed') return afterClosing(facts);
  if (facts.deployment !== 'none') return withDeployment(facts);
  if (facts.role === 'finisher' && !facts.abandoned) return 'wait';
  if (facts.role === 'finisher' || facts.failed) return toEnd(facts);
  if (!facts.scalingNoted) return 'note-scaling';
  if (!facts.suspended) return 'suspend';
  return facts.revision ? 'deploy' : 'register';
}

/** Another process closed the record of a slow start: the start continues if it has a deployment, else it undoes its changes. */
function afterClosing(facts: ReleaseFacts): ReleaseAction {
  if (facts.deployment !== 'none' && !facts.deploymentNoted) return 'reopen';
  return facts.suspended && facts.deployment === 'none' ? 'restore' : 'done';
}

function withDeployment(facts: ReleaseFacts): ReleaseAction {
  if (!facts.deploymentNoted) return 'note-deployment';
  return facts.deployment === 'going-on' ? 'watch' : toEnd(facts);
}

/** The record is closed last: while it is open, every command that reads releases runs this again. */
function toEnd({ scalingNoted, restored }: ReleaseFacts): ReleaseAction {
  return scalingNoted && !restored ? 'restore' : 'close';
}
