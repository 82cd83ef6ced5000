import { ContinueDeploymentCommand, ListDeploymentsCommand, StopDeploymentCommand } from '@aws-sdk/client-codedeploy';
import { UserError } from '@nightshift/errors';
import { type Given, isAnswer } from './aws-answers';
import type { ReleaseContext } from './release-context';
import { lookAt } from './watch/watch-release';

/**
 * Stops a deployment and has all traffic taken back. It is over when the watch says so.
 * @throws {UserError} when the deployment has already ended already.
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

/**
 * Ends the wait for the old tasks: they are taken away now, and the quick way back with them.
 * @throws {UserError} when the deployment does not wait.
 */
export async function promoteRelease(context: ReleaseContext, deploymentId: string): Promise<void> {
  const { snapshot } = await (await lookAt(context, deploymentId))();
  const { phase } = snapshot;
  if (phase === 'ended') throw deploymentOver(context, deploymentId);
  if (phase !== 'baking') {
    throw new UserError({
      where: `deployment ${deploymentId}`,
      what:
        phase === 'terminating'
          ? 'the wathe deployment has already ended, the old tasks are being taken away'
          : 'there is no wait to end: only with all traffic on the new tasks are the old ones waited for',
      got: `${phase}, ${String(snapshot.progress.shiftedPercent)} % of the traffic moved`,
      todo: `watch it: ${context.target.commands.nightshift('release watch')}`,
    });
  }
  await context.clients.codedeploy.send(
    new ContinueDeploymentCommand({ deploymentId, deploymentWaitType: 'TERMINATION_WAIT' }),
  );
}

/** The deployment that is going on, whoever made it. */
export async function runningDeployment({
  clients,
  target,
}: Pick<ReleaseContext, 'clients' | 'target'>): Promise<string | undefined> {
  const answer = await clients.codedeploy.send(
    new ListDeploymentsCommand({
      applicationName: target.application,
      deploymentGroupName: target.deploymentGroup,
      includeOnlyStatuses: ['Created', 'Queued', 'InProgress', 'Ready'],
    }),
  );
  return (answer as Given<typeof answer, 'deployments'>).deployments[0];
}

function deploymentOver({ target }: Pick<ReleaseContext, 'target'>, deploymentId: string): UserError {
  return new UserError({
    where: `deployment ${deploymentId}`,
    what: 'the deployment has already ended',
    todo: `see how it ended: ${target.commands.nightshift('release history')}`,
  });
}
