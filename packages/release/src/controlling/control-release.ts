import { ContinueDeploymentCommand, ListDeploymentsCommand, StopDeploymentCommand } from '@aws-sdk/client-codedeploy';
import { UserError } from '@nightshift/errors';
import { isAnswer } from '../aws-failure';
import type { ReleaseContext } from '../release-context';
import { lookAt } from '../watching/watch-release';

type Context = Pick<ReleaseContext, 'clients' | 'target'>;

/** The deployment that is going on, whoever made it. */
export async function runningDeployment({ clients, target }: Context): Promise<string | undefined> {
  const { deployments } = await clients.codedeploy.send(
    new ListDeploymentsCommand({
      applicationName: target.application,
      deploymentGroupName: target.deploymentGroup,
      includeOnlyStatuses: ['Created', 'Queued', 'InProgress', 'Ready'],
    }),
  );
  return deployments?.[0];
}

/**
 * Stops a deployment and has all traffic taken back. It is over when the watch says so.
 * @throws {UserError} when it is over already.
 */
export async function stopRelease({ clients, target }: Context, deploymentId: string): Promise<void> {
  try {
    await clients.codedeploy.send(new StopDeploymentCommand({ deploymentId, autoRollbackEnabled: true }));
  } catch (error) {
    throw isAnswer(error, 'DeploymentAlreadyCompletedException') ? over({ target }, deploymentId) : error;
  }
}

/**
 * Ends the wait for the old tasks: they are taken away now, and the quick way back with them.
 * @throws {UserError} when the deployment does not wait.
 */
export async function promoteRelease(context: ReleaseContext, deploymentId: string): Promise<void> {
  const { snapshot } = await (await lookAt(context, deploymentId))();
  const { phase } = snapshot;
  if (phase === 'ended') throw over(context, deploymentId);
  if (phase !== 'baking') {
    throw new UserError({
      where: `deployment ${deploymentId}`,
      what: 'there is no wait to end: only with all traffic on the new tasks are the old ones waited for',
      got: `${phase}, ${String(snapshot.progress.shiftedPercent)} % of the traffic moved`,
      todo: `watch it: npx nightshift release watch -c ${context.target.environment.name}`,
    });
  }
  await context.clients.codedeploy.send(
    new ContinueDeploymentCommand({ deploymentId, deploymentWaitType: 'TERMINATION_WAIT' }),
  );
}

function over({ target }: Pick<ReleaseContext, 'target'>, deploymentId: string): UserError {
  return new UserError({
    where: `deployment ${deploymentId}`,
    what: 'it is over',
    todo: `see what became of it: npx nightshift release history -c ${target.environment.name}`,
  });
}
