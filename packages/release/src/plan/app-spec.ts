import type { ReleaseRecord } from '../record';
import type { ReleaseTarget } from '../target';
import type { TaskNetwork } from './task-network';

interface AppSpecInput {
  readonly target: ReleaseTarget;
  /** ARN of the revision. */
  readonly taskDefinition: string;
  /** The port of the container in that revision; the version of a rollback may have another port. */
  readonly containerPort: number;
  readonly strategy: ReleaseRecord['strategy'];
  readonly network: TaskNetwork;
}

/**
 * The AppSpec from which CodeDeploy creates the new tasks: https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-resources.html
 * It contains every optional setting, because CodeDeploy replaces omitted ones by defaults. Without a strategy, the service would lose its
 * Spot capacity (R5.2).
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
  // A text, because JavaScript formats the number 0.0 as 0.
  return `{"version":0.0,"Resources":${resources}}`;
}

/**
 * The capacity provider strategy of the tasks (R5.2), the same as in the compute stack. Omits a provider without weight, since ECS places
 * no tasks on it.
 */
export function capacityShares({ environment }: Pick<ReleaseTarget, 'environment'>): ReleaseRecord['strategy'] {
  const { spotWeight, onDemandWeight, onDemandBase } = environment.service.capacity;
  return [
    { capacityProvider: 'FARGATE_SPOT', weight: spotWeight, base: 0 },
    { capacityProvider: 'FARGATE', weight: onDemandWeight, base: onDemandBase },
  ].filter(({ weight }) => weight > 0);
}
