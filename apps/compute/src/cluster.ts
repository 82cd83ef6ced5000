import { EcsCluster } from '@cdktf/provider-aws/lib/ecs-cluster';
import { EcsClusterCapacityProviders } from '@cdktf/provider-aws/lib/ecs-cluster-capacity-providers';
import type { Environment } from '@nightshift/config';
import { PlatformStack } from '@nightshift/stack';
import { Construct } from 'constructs';
import { capacityStrategy } from './capacity-strategy';
import type { ServiceLogs } from './service-logs';

export interface ClusterProps {
  readonly logs: ServiceLogs;
  /** The default split of tasks over Fargate and Fargate Spot. */
  readonly capacity: Environment['service']['capacity'];
}

/** The ECS cluster: Container Insights (R3.1), Fargate and Fargate Spot (R3.2), encrypted and logged sessions (R3.3). */
export class Cluster extends Construct {
  readonly name: string;
  readonly arn: string;
  /** A service with a capacity provider strategy depends on them. */
  readonly capacityProviders: EcsClusterCapacityProviders;

  constructor(scope: Construct, id: string, { logs, capacity }: ClusterProps) {
    super(scope, id);
    const { names } = PlatformStack.of(this);
    const cluster = new EcsCluster(this, 'Resource', {
      name: names.of('ecs-cluster'),
      // Enhanced observability has metrics for each container.
      setting: [{ name: 'containerInsights', value: 'enhanced' }],
      configuration: {
        executeCommandConfiguration: {
          kmsKeyId: logs.keyArn,
          logging: 'OVERRIDE',
          logConfiguration: { cloudWatchEncryptionEnabled: true, cloudWatchLogGroupName: logs.exec.name },
        },
      },
      // The log group exists before Container Insights writes, and is deleted after the cluster, which would create it again.
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
