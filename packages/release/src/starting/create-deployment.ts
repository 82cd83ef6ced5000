import { CreateDeploymentCommand, type AlarmConfiguration } from '@aws-sdk/client-codedeploy';
import { UserError } from '@nightshift/errors';
import { isAnswer, isPassing } from '../aws-failure';
import type { ReleaseRecord } from '../record';
import type { ReleaseContext } from '../release-context';
import { deploymentDescription, findDeployment } from './find-deployment';

/** Together some minutes, as the SDK would wait. */
const ATTEMPTS = 8;

/**
 * Starts the deployment, once: after a failure that leaves open whether there is one now it is looked for, and made only when there is none.
 * @param alarms the gates. @default - those of the deployment group
 * @returns its id.
 * @throws {UserError} when another one is going on.
 */
export async function createDeployment(
  context: ReleaseContext,
  record: ReleaseRecord,
  appSpec: string,
  alarms?: AlarmConfiguration,
): Promise<string> {
  const { clients, target, clock } = context;
  const command = new CreateDeploymentCommand({
    applicationName: target.application,
    deploymentGroupName: target.deploymentGroup,
    description: deploymentDescription(record),
    revision: { revisionType: 'AppSpecContent', appSpecContent: { content: appSpec } },
    overrideAlarmConfiguration: alarms,
  });
  for (let attempt = 1; ; attempt++) {
    try {
      const { deploymentId } = await clients.once.codedeploy.send(command);
      return String(deploymentId);
    } catch (error) {
      const made = await findDeployment(context, record);
      if (made) return String(made.deploymentId);
      if (isAnswer(error, 'DeploymentLimitExceededException')) throw goingOn(context, error as Error);
      if (!isPassing(error) || attempt === ATTEMPTS) throw error;
    }
    await clock.sleep(1000 * 2 ** (attempt - 1));
  }
}

function goingOn({ target }: ReleaseContext, { message }: Error): UserError {
  return new UserError({
    where: target.deploymentGroup,
    what: 'another deployment is going on',
    got: message.replace(/[\s.]+$/, ''),
    todo: `wait for it, or see what it is: npx nightshift release status -c ${target.environment.name}`,
  });
}
