import { EcsCluster } from '@cdktf/provider-aws/lib/ecs-cluster';
import { EcsClusterCapacityProviders } from '@cdktf/provider-aws/lib/ecs-cluster-capacity-providers';
import type { Environment } from '@nightshift/config';
import { PlatformStack } from '@nightshift/stack';
import { Construct } from 'constructs';
import { capacityStrategy } from './capacity-strategy';
import type { ServiceLogs } from './service-logs';

export interface ClusterProps {
  readonly logs: ServiceLogs;
  /** How tasks are split over Fargate and Fargate Spot where a service does not say. */
  readonly capacity: Environment['service']['capacity'];
}

/** The ECS cluster: Container Insights (R3.1), Fargate and Fargate Spot (R3.2), encrypted and logged sessions (R3.3). */
export class Cluster extends Construct {
  readonly name: string;
  readonly arn: string;
  /** A service with a capacity provider strategy needs them, and they stay as long as it. */
  readonly capacityProviders: EcsClusterCapacityProviders;

  constructor(scope: Construct, id: string, { logs, capacity }: ClusterProps) {
    super(scope, id);
    const { names } = PlatformStack.of(this);
    const cluster = new EcsCluster(this, 'Resource', {
      name: names.of('ecs-cluster'),
      // Enhanced: down to the container, with the health of each.
      setting: [{ name: 'containerInsights', value: 'enhanced' }],
      configuration: {
        executeCommandConfiguration: {
          kmsKeyId: logs.keyArn,
          logging: 'OVERRIDE',
          logConfiguration: { cloudWatchEncryptionEnabled: true, cloudWatchLogGroupName: logs.exec.name },
        },
      },
      // Both ways: the group is there before Container Insights writes, and goes after the cluster that would create it again.
      dependsOn: [logs.insights],
    });
    this.capacityProviders = new EcsClusterCapacityProviders(this, 'CapacityProviders', {
      clusterName: cluster.name,
      capacityProviders: ['FARGATE', 'FARGATE_SPOT'],
      defaultCapacityProviderStrategy: capacityStrategy({ capacity }),
    });
    this.name = cluster.name;
    this.arn = cluster.arn;
  }
}
