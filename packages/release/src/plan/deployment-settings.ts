import {
  type DeploymentConfigInfo,
  type DeploymentGroupInfo,
  type DeploymentReadyOption,
  GetDeploymentConfigCommand,
  GetDeploymentGroupCommand,
  type TimeBasedCanary,
  type TimeBasedLinear,
} from '@aws-sdk/client-codedeploy';
import { UserError } from '@nightshift/errors';
import { type Given, isAnswer } from '../aws-answers';
import type { ReleaseContext } from '../release-context';
import type { ReleaseTarget } from '../target';

/** The settings of CodeDeploy for a release, as deployed. */
export interface DeploymentSettings {
  readonly configuration: string;
  readonly routing: TrafficRouting;
  readonly terminationWaitMinutes: number;
  /** Time that CodeDeploy waits for the test of the new version. 0: no wait. */
  readonly testWaitMinutes: number;
  /** Names of alarms. */
  readonly gates: readonly string[];
  /** ARNs of the production listeners. CodeDeploy supports one. */
  readonly productionListeners: readonly string[];
  readonly targetGroups: readonly string[];
}

/** The traffic shift: all at once, canary or linear. */
export type TrafficRouting =
  | { readonly type: 'all-at-once' }
  | { readonly type: 'linear' | 'canary'; readonly percentage: number; readonly intervalMinutes: number };

type Context = Pick<ReleaseContext, 'clients' | 'target'>;

/**
 * The required fields of a deployment group for blue/green on ECS:
 * https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_DeploymentGroupInfo.html
 */
export interface DeploymentGroup extends DeploymentGroupInfo {
  readonly deploymentConfigName: string;
  readonly blueGreenDeploymentConfiguration: {
    readonly deploymentReadyOption?: DeploymentReadyOption;
    readonly terminateBlueInstancesOnDeploymentSuccess: { readonly terminationWaitTimeInMinutes?: number };
  };
  readonly alarmConfiguration?: { readonly enabled?: boolean; readonly alarms?: { readonly name: string }[] };
  readonly loadBalancerInfo: {
    readonly targetGroupPairInfoList: [
      {
        readonly prodTrafficRoute: { readonly listenerArns: string[] };
        readonly testTrafficRoute: { readonly listenerArns: string[] };
        readonly targetGroups: { readonly name: string }[];
      },
    ];
  };
}

/** @throws {UserError} when the deployment group does not exist. */
export async function deploymentSettings(context: Context): Promise<DeploymentSettings> {
  return await settingsOf(context, await deploymentGroup(context));
}

/** Reads the settings from the deployment group and its deployment configuration. */
export async function settingsOf(
  { clients }: Pick<Context, 'clients'>,
  group: DeploymentGroup,
): Promise<DeploymentSettings> {
  const [pair] = group.loadBalancerInfo.targetGroupPairInfoList;
  const { deploymentReadyOption: ready } = group.blueGreenDeploymentConfiguration;
  const termination = group.blueGreenDeploymentConfiguration.terminateBlueInstancesOnDeploymentSuccess;
  return {
    configuration: group.deploymentConfigName,
    routing: await trafficRouting(clients, group.deploymentConfigName),
    terminationWaitMinutes: termination.terminationWaitTimeInMinutes ?? 0,
    testWaitMinutes: ready?.actionOnTimeout === 'STOP_DEPLOYMENT' ? Number(ready.waitTimeInMinutes) : 0,
    gates: (group.alarmConfiguration?.alarms ?? []).map(({ name }) => name),
    productionListeners: pair.prodTrafficRoute.listenerArns,
    targetGroups: pair.targetGroups.map(({ name }) => name),
  };
}

/** @throws {UserError} when the deployment group does not exist. */
export async function deploymentGroup({ clients, target }: Context): Promise<DeploymentGroup> {
  const { application: applicationName, deploymentGroup: deploymentGroupName, environment } = target;
  try {
    const answer = await clients.codedeploy.send(
      new GetDeploymentGroupCommand({ applicationName, deploymentGroupName }),
    );
    return answer.deploymentGroupInfo as unknown as DeploymentGroup;
  } catch (error) {
    if (!isAnswer(error, 'ApplicationDoesNotExistException', 'DeploymentGroupDoesNotExistException')) throw error;
    throw new UserError({
      where: deploymentGroupName,
      what: `the deployment group does not exist in ${environment.region}`,
      todo: `deploy it first: ${target.commands.nxRun('compute', 'deploy')}`,
    });
  }
}

async function trafficRouting(
  { codedeploy }: ReleaseContext['clients'],
  deploymentConfigName: string,
): Promise<TrafficRouting> {
  const { deploymentConfigInfo } = await codedeploy.send(new GetDeploymentConfigCommand({ deploymentConfigName }));
  const { timeBasedLinear, timeBasedCanary } = (
    deploymentConfigInfo as Given<DeploymentConfigInfo, 'trafficRoutingConfig'>
  ).trafficRoutingConfig;
  if (timeBasedLinear) {
    const { linearPercentage, linearInterval } = timeBasedLinear as Given<TimeBasedLinear>;
    return { type: 'linear', percentage: linearPercentage, intervalMinutes: linearInterval };
  }
  if (timeBasedCanary) {
    const { canaryPercentage, canaryInterval } = timeBasedCanary as Given<TimeBasedCanary>;
    return { type: 'canary', percentage: canaryPercentage, intervalMinutes: canaryInterval };
  }
  return { type: 'all-at-once' };
}

/** The durations of the phases of a release, in seconds of AWS. */
export interface ReleaseTiming {
  /** The usual time from the creation to healthy new tasks. */
  readonly install: number;
  /** From the first to the last step of the traffic shift. */
  readonly shift: number;
  /** The termination wait of the old tasks. */
  readonly termination: number;
  /** From the creation to the latest possible end. */
  readonly limit: number;
}

const MINUTE = 60;

/** From the call to the start of the container, for network interface and image. Fargate tasks take 30 to 90 seconds. */
const PROVISIONING = 90;

/** The time that CodeDeploy waits for the new tasks: https://docs.aws.amazon.com/codedeploy/latest/userguide/deployments-stop.html */
const INSTALL_LIMIT = 60 * MINUTE;

/** The time between the phases: some seconds each. */
const TRANSITIONS = 5 * MINUTE;

export function releaseTiming(
  { environment }: ReleaseTarget,
  {
    routing,
    terminationWaitMinutes,
    testWaitMinutes,
  }: Pick<DeploymentSettings, 'routing' | 'terminationWaitMinutes' | 'testWaitMinutes'>,
): ReleaseTiming {
  const { healthyThreshold, intervalSeconds } = environment.loadBalancer.healthCheck;
  const shift = shiftMinutes(routing) * MINUTE;
  const termination = terminationWaitMinutes * MINUTE;
  return {
    install: PROVISIONING + healthyThreshold * intervalSeconds,
    shift,
    termination,
    limit: INSTALL_LIMIT + testWaitMinutes * MINUTE + shift + termination + TRANSITIONS,
  };
}

/** The usual duration of a release in minutes, rounded up. A release must end before a processing window. */
export function usualMinutes({ install, shift, termination }: ReleaseTiming): number {
  return Math.ceil((install + shift + termination) / MINUTE);
}

/**
 * The first step is immediate, so ten steps with an interval of one minute take nine minutes.
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html#deployment-configuration-ecs
 */
function shiftMinutes(routing: TrafficRouting): number {
  switch (routing.type) {
    case 'all-at-once':
      return 0;
    case 'canary':
      return routing.intervalMinutes;
    case 'linear':
      return (Math.ceil(100 / routing.percentage) - 1) * routing.intervalMinutes;
  }
}
