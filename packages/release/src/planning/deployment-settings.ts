import {
  GetDeploymentConfigCommand,
  GetDeploymentGroupCommand,
  type DeploymentConfigInfo,
  type TimeBasedCanary,
  type TimeBasedLinear,
} from '@aws-sdk/client-codedeploy';
import { UserError } from '@nightshift/errors';
import { isAnswer } from '../aws-failure';
import type { Given } from '../given';
import type { ReleaseContext } from '../release-context';

/** How CodeDeploy releases, as it is set in AWS. */
export interface DeploymentSettings {
  readonly configuration: string;
  readonly routing: TrafficRouting;
  readonly terminationWaitMinutes: number;
  /** Names. */
  readonly gates: readonly string[];
  /** ARNs of the listeners with production traffic: one. */
  readonly productionListeners: readonly string[];
  readonly targetGroups: readonly string[];
}

/** How the traffic moves: at once, or the first part at once and then a part, or all, each interval. */
export type TrafficRouting =
  | { readonly type: 'all-at-once' }
  | { readonly type: 'linear' | 'canary'; readonly percentage: number; readonly intervalMinutes: number };

type Context = Pick<ReleaseContext, 'clients' | 'target'>;

/** What a group for blue/green deployments on ECS has: https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_DeploymentGroupInfo.html */
interface Group {
  readonly deploymentConfigName: string;
  readonly blueGreenDeploymentConfiguration: {
    readonly terminateBlueInstancesOnDeploymentSuccess: { readonly terminationWaitTimeInMinutes?: number };
  };
  readonly alarmConfiguration?: { readonly alarms?: readonly { readonly name: string }[] };
  readonly loadBalancerInfo: {
    readonly targetGroupPairInfoList: readonly [
      {
        readonly prodTrafficRoute: { readonly listenerArns: readonly string[] };
        readonly targetGroups: readonly { readonly name: string }[];
      },
    ];
  };
}

/** @throws {UserError} when there is no deployment group. */
export async function deploymentSettings({ clients, target }: Context): Promise<DeploymentSettings> {
  const group = await deploymentGroup({ clients, target });
  const [pair] = group.loadBalancerInfo.targetGroupPairInfoList;
  const termination = group.blueGreenDeploymentConfiguration.terminateBlueInstancesOnDeploymentSuccess;
  return {
    configuration: group.deploymentConfigName,
    routing: await trafficRouting(clients, group.deploymentConfigName),
    terminationWaitMinutes: termination.terminationWaitTimeInMinutes ?? 0,
    gates: (group.alarmConfiguration?.alarms ?? []).map(({ name }) => name),
    productionListeners: pair.prodTrafficRoute.listenerArns,
    targetGroups: pair.targetGroups.map(({ name }) => name),
  };
}

async function deploymentGroup({ clients, target }: Context): Promise<Group> {
  const { application: applicationName, deploymentGroup: deploymentGroupName, environment } = target;
  try {
    const answer = await clients.codedeploy.send(
      new GetDeploymentGroupCommand({ applicationName, deploymentGroupName }),
    );
    return answer.deploymentGroupInfo as unknown as Group;
  } catch (error) {
    if (!isAnswer(error, 'ApplicationDoesNotExistException', 'DeploymentGroupDoesNotExistException')) throw error;
    throw new UserError({
      where: deploymentGroupName,
      what: `there is no such deployment group in ${environment.region}`,
      todo: `deploy it first: npx nx run compute:deploy -c ${environment.name}`,
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
