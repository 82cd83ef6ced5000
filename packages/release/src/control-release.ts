import { ContinueDeploymentCommand, StopDeploymentCommand } from '@aws-sdk/client-codedeploy';
import { UserError } from '@nightshift/errors';
import { isAnswer } from './aws-answers';
import type { ReleaseContext } from './release-context';
import { releaseObserver } from './watch/observe-release';

/**
 * Stops a deployment and starts its rollback. `watchRelease` reports when that has ended.
 * @throws {UserError} when the deployment has already ended.
 */
export async function stopRelease(
  { clients, target }: Pick<ReleaseContext, 'clients' | 'target'>,
  deploymentId: string,
): Promise<void> {
  try {
    await clients.codedeploy.send(new StopDeploymentCommand({ deploymentId, autoRollbackEnabled: true }));
  } catch (error) {
    throw isAnswer(error, 'DeploymentAlreadyCompletedException') ? deploymentOver({ target }, deploymentId) : error;
  }
}

/** Stops a deployment that this tool has found to be bad, unless it has ended in the meantime. */
export async function stopUnlessOver(
  context: Pick<ReleaseContext, 'clients' | 'target'>,
  deploymentId: string,
): Promise<void> {
  try {
    await stopRelease(context, deploymentId);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
}

/** `READY_WAIT`: until the new version is tested. `TERMINATION_WAIT`: until the old tasks stop. */
export type EndedWait = 'READY_WAIT' | 'TERMINATION_WAIT';

/**
 * Ends the termination wait: the old tasks stop, and a fast rollback is no longer possible. If a deployment of another client waits for a
 * test, ends that wait: traffic moves.
 * @throws {UserError} when there is no wait to end.
 */
export async function promoteRelease(context: ReleaseContext, deploymentId: string): Promise<EndedWait> {
  const { snapshot } = await (await releaseObserver(context, deploymentId))();
  const { phase, status } = snapshot;
  if (phase === 'ended') throw deploymentOver(context, deploymentId);
  if (phase !== 'baking' && status !== 'Ready') {
    throw new UserError({
      where: `deployment ${deploymentId}`,
      what:
        phase === 'terminating'
          ? 'the termination wait is over, the old tasks are stopping'
          : 'there is no termination wait yet: it starts when all traffic is on the new tasks',
      got: `${phase}, ${String(snapshot.progress.shiftedPercent)} % of the traffic shifted`,
      todo: `watch it: ${context.target.commands.nightshift('release watch')}`,
    });
  }
  const deploymentWaitType = status === 'Ready' ? 'READY_WAIT' : 'TERMINATION_WAIT';
  await context.clients.codedeploy.send(new ContinueDeploymentCommand({ deploymentId, deploymentWaitType }));
  return deploymentWaitType;
}

function deploymentOver({ target }: Pick<ReleaseContext, 'target'>, deploymentId: string): UserError {
  return new UserError({
    where: `deployment ${deploymentId}`,
    what: 'the deployment has already ended',
    todo: `see past releases: ${target.commands.nightshift('release history')}`,
  });
}
