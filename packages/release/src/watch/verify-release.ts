import { ContinueDeploymentCommand } from '@aws-sdk/client-codedeploy';
import { isAnswer } from '../aws-answers';
import { stopUnlessOver } from '../control-release';
import type { Verification } from '../record';
import type { ReleaseContext } from '../release-context';
import type { ReleaseFinisher } from './release-finisher';
import { testNewVersion } from './test-new-version';

/**
 * Tests the new version while CodeDeploy waits, before any traffic moves: lets the deployment continue, or stops it. The result is
 * noted first, so that any other process can take the next step when this one is killed. A process that was killed during the test
 * has changed nothing, and the next one repeats the test.
 */
export async function verifyRelease(
  context: ReleaseContext,
  finisher: ReleaseFinisher,
  deploymentId: string,
): Promise<Verification> {
  const noted = finisher.record.verification ?? (await finisher.noteVerification(await testNewVersion(context)));
  if (noted.outcome === 'failed') {
    await finisher.noteCause(`stopped before any traffic moved: ${noted.text}`);
    await stopUnlessOver(context, deploymentId);
  } else {
    await continueDeployment(context, deploymentId);
  }
  return noted;
}

/** Another process may have continued it, or a person may have stopped it. */
async function continueDeployment({ clients }: Pick<ReleaseContext, 'clients'>, deploymentId: string): Promise<void> {
  try {
    await clients.codedeploy.send(new ContinueDeploymentCommand({ deploymentId, deploymentWaitType: 'READY_WAIT' }));
  } catch (error) {
    if (!isAnswer(error, 'DeploymentIsNotInReadyStateException', 'DeploymentAlreadyCompletedException')) throw error;
  }
}
