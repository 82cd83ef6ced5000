import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import {
  type AlarmConfiguration,
  BatchGetDeploymentsCommand,
  CreateDeploymentCommand,
  type DeploymentInfo,
  ListDeploymentsCommand,
} from '@aws-sdk/client-codedeploy';
import { UserError } from '@nightshift/errors';
import { type Given, isAnswer, retryPassing } from '../aws-answers';
import type { ReleasePlan } from '../plan/plan-release';
import type { ReleaseRecord } from '../record';
import type { ReleaseContext } from '../release-context';

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
  return await retryPassing(clock, async () => {
    try {
      const { deploymentId } = await clients.once.codedeploy.send(command);
      return String(deploymentId);
    } catch (error) {
      const made = await findDeployment(context, record);
      if (made) return String(made.deploymentId);
      throw isAnswer(error, 'DeploymentLimitExceededException') ? goingOn(context, error as Error) : error;
    }
  });
}

function goingOn({ target }: ReleaseContext, { message }: Error): UserError {
  return new UserError({
    where: target.deploymentGroup,
    what: 'another deployment is in progress',
    got: message.replace(/[\s.]+$/, ''),
    todo: `wait for it, or see its status: ${target.commands.nightshift('release status')}`,
  });
}

type Context = Pick<ReleaseContext, 'clients' | 'target'>;

/** The description of a release's deployment. It identifies the deployment if the response of CreateDeployment was lost. */
function deploymentDescription({ kind, id }: Pick<ReleaseRecord, 'kind' | 'id'>): string {
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

/**
 * The gates of a rollback. CodeDeploy stops a deployment as soon as one of its alarms fires, which it does when the version that runs is
 * bad, which is when a rollback is needed. So a rollback uses only the gates that are not in ALARM; a release uses all of them.
 * https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_CreateDeployment.html
 * @returns undefined: those of the deployment group.
 */
export async function alarmOverride(
  { clients }: Pick<ReleaseContext, 'clients'>,
  {
    kind,
    settings: { gates },
  }: Pick<ReleasePlan, 'kind'> & { readonly settings: Pick<ReleasePlan['settings'], 'gates'> },
): Promise<AlarmConfiguration | undefined> {
  if (kind === 'release' || gates.length === 0) return undefined;
  const { MetricAlarms = [] } = await clients.cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: [...gates] }));
  const firing = MetricAlarms.filter(({ StateValue }) => StateValue === 'ALARM').map(({ AlarmName }) => AlarmName);
  if (firing.length === 0) return undefined;
  const quiet = gates.filter((name) => !firing.includes(name)).map((name) => ({ name }));
  return quiet.length === 0 ? { enabled: false } : { enabled: true, ignorePollAlarmFailure: false, alarms: quiet };
}
