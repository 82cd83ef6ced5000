import { BatchGetDeploymentsCommand, ListDeploymentsCommand, type DeploymentInfo } from '@aws-sdk/client-codedeploy';
import type { Given } from '../given';
import type { ReleaseRecord } from '../record';
import type { ReleaseContext } from '../release-context';

type Context = Pick<ReleaseContext, 'clients' | 'target'>;

/** What the description of a release's deployment is: by it the deployment is found when the answer that named it got lost. */
export function deploymentDescription({ kind, id }: Pick<ReleaseRecord, 'kind' | 'id'>): string {
  return `nightshift ${kind} ${id}`;
}

/** AWS gives at most so many at once. */
const BATCH = 25;

/** Clocks differ, though not by more: AWS would refuse the caller's signature. */
const SKEW_MILLISECONDS = 5 * 60_000;

/** The deployment that was made for a release. */
export async function findDeployment(
  { clients, target }: Context,
  record: ReleaseRecord,
): Promise<DeploymentInfo | undefined> {
  const ids = await listed({ clients, target }, record);
  const description = deploymentDescription(record);
  for (let start = 0; start < ids.length; start += BATCH) {
    const answer = await clients.codedeploy.send(
      new BatchGetDeploymentsCommand({ deploymentIds: ids.slice(start, start + BATCH) }),
    );
    // A rollback by CodeDeploy has a description of its own.
    const found = (answer as Given<typeof answer, 'deploymentsInfo'>).deploymentsInfo.find(
      (deployment) => deployment.description === description,
    );
    if (found) return found;
  }
  return undefined;
}

async function listed({ clients, target }: Context, { startedAt }: ReleaseRecord): Promise<readonly string[]> {
  const ids: string[] = [];
  let nextToken: string | undefined;
  do {
    const answer = await clients.codedeploy.send(
      new ListDeploymentsCommand({
        applicationName: target.application,
        deploymentGroupName: target.deploymentGroup,
        createTimeRange: { start: new Date(Date.parse(startedAt) - SKEW_MILLISECONDS) },
        nextToken,
      }),
    );
    const page = answer as Given<typeof answer, 'deployments'>;
    ids.push(...page.deployments);
    nextToken = answer.nextToken;
  } while (nextToken !== undefined);
  return ids;
}
