/**
 * `starter`: the process that starts the release. `finisher`: a process that completes a release of any starter, which may still be running
 * or may have been killed at any point.
 */
export type Role = 'starter' | 'finisher';

/** The facts that decide the next step. `noted`: written to the record, so that other processes know it. */
export interface ReleaseFacts {
  readonly role: Role;
  readonly record: 'none' | 'open' | 'closed';
  /** The previous state of auto-scaling is recorded. Auto-scaling may be suspended from here on. */
  readonly scalingNoted: boolean;
  /** This process has suspended auto-scaling and not restored it yet. */
  readonly suspended: boolean;
  /**
   * This process has restored auto-scaling, and nobody has written the record since. Recorded only at the end, because a slow starter may
   * suspend it again.
   */
  readonly restored: boolean;
  /** The new version has a revision of the task definition. */
  readonly revision: boolean;
  /** The deployment of this release in CodeDeploy, including its rollback. */
  readonly deployment: 'none' | 'going-on' | 'ended';
  readonly deploymentNoted: boolean;
  /** The starter failed before there was a deployment. */
  readonly failed: boolean;
  /** The record has not been written for so long that its starter counts as gone. */
  readonly abandoned: boolean;
}

/**
 * `wait`: for a running starter. `watch`: the deployment until it ends. `reopen`: the record, because there is a deployment. `done`: the
 * release is complete.
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
