import type { ReleaseRecord } from '../record';
import type { ReleaseTarget } from '../target';
import type { TaskNetwork } from './task-network';

interface AppSpecInput {
  readonly target: ReleaseTarget;
  /** ARN of the revision. */
  readonly taskDefinition: string;
  /** The port of the container in that revision: a rollback goes back to the port of its version. */
  readonly containerPort: number;
  readonly strategy: ReleaseRecord['strategy'];
  readonly network: TaskNetwork;
}

/**
 * The AppSpec from which CodeDeploy creates the new tasks: https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-resources.html
 * With all that it may say: what it leaves out, CodeDeploy sets to its own default. Without a strategy the service would lose its own, and
 * with it all Spot capacity (R5.2).
 */
export function appSpec({ target, taskDefinition, containerPort, strategy, network }: AppSpecInput): string {
  const { containerName, environment } = target;
  const properties = {
    TaskDefinition: taskDefinition,
    LoadBalancerInfo: { ContainerName: containerName, ContainerPort: containerPort },
    PlatformVersion: environment.service.platformVersion,
    CapacityProviderStrategy: strategy.map(({ capacityProvider, base, weight }) => ({
      CapacityProvider: capacityProvider,
      Base: base,
      Weight: weight,
    })),
    NetworkConfiguration: {
      AwsvpcConfiguration: {
        Subnets: network.subnets,
        SecurityGroups: network.securityGroups,
        AssignPublicIp: 'DISABLED',
      },
    },
  };
  const resources = JSON.stringify([{ TargetService: { Type: 'AWS::ECS::Service', Properties: properties } }]);
  // The version is a number that JavaScript would write as 0.
  return `{"version":0.0,"Resources":${resources}}`;
}

/**
 * The capacity that tasks run on (R5.2), as the compute stack gives it to the service. A provider without weight is left out: ECS would
 * place nothing on it.
 */
export function capacityShares({ environment }: Pick<ReleaseTarget, 'environment'>): ReleaseRecord['strategy'] {
  const { spotWeight, onDemandWeight, onDemandBase } = environment.service.capacity;
  return [
    { capacityProvider: 'FARGATE_SPOT', weight: spotWeight, base: 0 },
    { capacityProvider: 'FARGATE', weight: onDemandWeight, base: onDemandBase },
  ].filter(({ weight }) => weight > 0);
}
