import { type DeploymentInfo, GetDeploymentCommand, ListDeploymentsCommand } from '@aws-sdk/client-codedeploy';
import { isAnswer } from '../aws-answers';
import type { ReleaseContext } from '../release-context';

type Context = Pick<ReleaseContext, 'clients' | 'target'>;

/** Deployments that have not ended: https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_ListDeployments.html */
const UNFINISHED = ['Created', 'Queued', 'InProgress', 'Baking', 'Ready'] as const;

/** Ids of the deployments in progress, started by any client. */
export async function unfinishedDeployments({ clients, target }: Context): Promise<readonly string[]> {
  const { application: applicationName, deploymentGroup: deploymentGroupName } = target;
  const input = { applicationName, deploymentGroupName, includeOnlyStatuses: [...UNFINISHED] };
  try {
    return (await clients.codedeploy.send(new ListDeploymentsCommand(input))).deployments ?? [];
  } catch (error) {
    // The deployment group does not exist.
    if (isAnswer(error, 'ApplicationDoesNotExistException', 'DeploymentGroupDoesNotExistException')) return [];
    throw error;
  }
}

/** The deployment in progress, started by any client. During a rollback by CodeDeploy it is the deployment that is rolled back. */
export async function runningDeployment(context: Context): Promise<DeploymentInfo | undefined> {
  const [deploymentId] = await unfinishedDeployments(context);
  if (deploymentId === undefined) return undefined;
  const deployment = await readDeployment(context, deploymentId);
  const rolledBack = deployment.rollbackInfo?.rollbackTriggeringDeploymentId;
  return rolledBack === undefined ? deployment : await readDeployment(context, rolledBack);
}

export async function readDeployment(
  { clients }: Pick<Context, 'clients'>,
  deploymentId: string,
): Promise<DeploymentInfo> {
  return (await clients.codedeploy.send(new GetDeploymentCommand({ deploymentId }))).deploymentInfo as DeploymentInfo;
}
