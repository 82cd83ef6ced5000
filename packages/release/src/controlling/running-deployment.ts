import { ListDeploymentsCommand } from '@aws-sdk/client-codedeploy';
import type { Given } from '../given';
import type { ReleaseContext } from '../release-context';

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
