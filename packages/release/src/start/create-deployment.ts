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
 * Creates the deployment exactly once: after an ambiguous failure, searches for the deployment before it creates another one.
 * @param alarms the gates. @default - those of the deployment group
 * @returns its id.
 * @throws {UserError} when another deployment is in progress.
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
      throw isAnswer(error, 'DeploymentLimitExceededException') ? deploymentInProgress(context, error as Error) : error;
    }
  });
}

function deploymentInProgress({ target }: ReleaseContext, { message }: Error): UserError {
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

/** Maximum number of results per call. */
const BATCH = 25;

/** Maximum clock difference: AWS refuses the signature with a larger one. */
const SKEW_MILLISECONDS = 5 * 60_000;

/** The deployment of a release. */
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
    // A rollback by CodeDeploy has its own description.
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
 * The gates of a rollback. CodeDeploy stops a deployment as soon as one of its alarms is in ALARM. The version that a rollback replaces can
 * keep an alarm in ALARM, so a rollback uses only the others. A release uses all alarms.
 * https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_CreateDeployment.html
 * @returns undefined for the alarms of the deployment group.
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
