import type { DeploymentGroupInfo, DeploymentInfo, ECSTarget, TrafficRoutingConfig } from '@aws-sdk/client-codedeploy';
import { sdkError, type Handlers } from '@nightshift/testing/aws';

const LISTENER = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/alb-test/1/2';

/** A fake CodeDeploy. A test changes the state of its deployments. */
export class FakeCodeDeploy {
  group: DeploymentGroupInfo | undefined = {
    deploymentConfigName: 'CodeDeployDefault.ECSLinear10PercentEvery1Minutes',
    blueGreenDeploymentConfiguration: {
      terminateBlueInstancesOnDeploymentSuccess: { action: 'TERMINATE', terminationWaitTimeInMinutes: 10 },
    },
    alarmConfiguration: {
      enabled: true,
      alarms: [{ name: 'alarm-gate-5xx-test' }, { name: 'alarm-gate-latency-test' }],
    },
    loadBalancerInfo: {
      targetGroupPairInfoList: [
        {
          prodTrafficRoute: { listenerArns: [LISTENER] },
          targetGroups: [{ name: 'tg-blue-test' }, { name: 'tg-green-test' }],
        },
      ],
    },
  };
  routing: TrafficRoutingConfig = {
    type: 'TimeBasedLinear',
    timeBasedLinear: { linearPercentage: 10, linearInterval: 1 },
  };
  readonly deployments: DeploymentInfo[] = [];
  target: ECSTarget | undefined;
  /** The requests that created deployments. */
  readonly created: string[] = [];
  readonly requests: string[] = [];
  pageSize = 100;

  constructor(private readonly now: () => Date) {}

  deployment(id: string): DeploymentInfo {
    return this.deployments.find(({ deploymentId }) => deploymentId === id) as DeploymentInfo;
  }

  /** Changes the state of a deployment. */
  change(id: string, changes: Partial<DeploymentInfo>): void {
    Object.assign(this.deployment(id), changes);
  }

  add(changes: Partial<DeploymentInfo>): DeploymentInfo {
    const deploymentId = `d-${String(this.deployments.length + 1)}`;
    const deployment = { deploymentId, status: 'Created' as const, createTime: this.now(), ...changes };
    this.deployments.push(deployment);
    return deployment;
  }

  readonly handlers: Handlers = {
    GetDeploymentGroup: () => {
      if (!this.group) throw sdkError('DeploymentGroupDoesNotExistException');
      return { deploymentGroupInfo: this.group };
    },
    GetDeploymentConfig: () => ({ deploymentConfigInfo: { trafficRoutingConfig: this.routing } }),
    CreateDeployment: ({ description, revision }) => {
      this.created.push(String(revision.appSpecContent.content));
      return { deploymentId: this.add({ description: String(description) }).deploymentId };
    },
    GetDeployment: ({ deploymentId }) => {
      const deploymentInfo = this.deployments.find((one) => one.deploymentId === deploymentId);
      if (!deploymentInfo) throw sdkError('DeploymentDoesNotExistException');
      return { deploymentInfo: { ...deploymentInfo } };
    },
    GetDeploymentTarget: () => {
      if (!this.target) throw sdkError('DeploymentNotStartedException');
      return { deploymentTarget: { ecsTarget: this.target } };
    },
    ListDeployments: ({ includeOnlyStatuses, nextToken }) => {
      const all = this.deployments
        .filter(({ status }) => (includeOnlyStatuses as unknown[] | undefined)?.includes(status) ?? true)
        .map(({ deploymentId }) => deploymentId);
      const start = Number(nextToken ?? 0);
      const end = start + this.pageSize;
      return { deployments: all.slice(start, end), ...(end < all.length && { nextToken: String(end) }) };
    },
    BatchGetDeployments: ({ deploymentIds }) => ({
      deploymentsInfo: (deploymentIds as string[]).map((id) => this.deployment(id)),
    }),
    StopDeployment: ({ deploymentId, autoRollbackEnabled }) => {
      const { status } = this.deployment(String(deploymentId));
      if (status === 'Succeeded') throw sdkError('DeploymentAlreadyCompletedException');
      this.requests.push(`stop ${String(deploymentId)}, roll back: ${String(autoRollbackEnabled)}`);
      return { status: 'Pending' };
    },
    ContinueDeployment: ({ deploymentId, deploymentWaitType }) => {
      this.requests.push(`continue ${String(deploymentId)}: ${String(deploymentWaitType)}`);
      return {};
    },
  };
}
