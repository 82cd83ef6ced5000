import { StopDeploymentCommand } from '@aws-sdk/client-codedeploy';
import { isAnswer } from '../aws-failure';
import type { ReleaseContext } from '../release-context';
import { deploymentOver } from './deployment-over';

/**
 * Stops a deployment and has all traffic taken back. It is over when the watch says so.
 * @throws {UserError} when it is over already.
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
