import { ContinueDeploymentCommand } from '@aws-sdk/client-codedeploy';
import { UserError } from '@nightshift/errors';
import type { ReleaseContext } from '../release-context';
import { lookAt } from '../watching/look-at';
import { deploymentOver } from './deployment-over';

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
          ? 'the wait is over, the old tasks are being taken away'
          : 'there is no wait to end: only with all traffic on the new tasks are the old ones waited for',
      got: `${phase}, ${String(snapshot.progress.shiftedPercent)} % of the traffic moved`,
      todo: `watch it: npx nightshift release watch -c ${context.target.environment.name}`,
    });
  }
  await context.clients.codedeploy.send(
    new ContinueDeploymentCommand({ deploymentId, deploymentWaitType: 'TERMINATION_WAIT' }),
  );
}
