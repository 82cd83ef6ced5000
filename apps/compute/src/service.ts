import { EcsService } from '@cdktf/provider-aws/lib/ecs-service';
import type { LbListener } from '@cdktf/provider-aws/lib/lb-listener';
import type { Environment } from '@nightshift/config';
import { PlatformStack } from '@nightshift/stack';
import { Construct } from 'constructs';
import { capacityStrategy } from './capacity-strategy';
import type { Cluster } from './cluster';
import type { TaskRoles } from './task-roles';

/**
 * What others own after the first deployment. CodeDeploy: which revision, on what capacity, in which network, behind which target
 * group; it takes all of it from the AppSpec of a release, and ECS refuses any other change. Auto-scaling: how many tasks.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html
 */
const OWNED_BY_OTHERS = [
  'task_definition',
  'load_balancer',
  'desired_count',
  'capacity_provider_strategy',
  'network_configuration',
  'platform_version',
];

export interface ServiceProps {
  readonly settings: Environment['service'];
  /** What listens on which port. */
  readonly container: Pick<Environment['container'], 'name' | 'port'>;
  readonly cluster: Cluster;
  readonly taskDefinitionArn: string;
  readonly roles: TaskRoles;
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
  /** Where the first tasks go. */
  readonly targetGroupArn: string;
  /** ECS accepts no target group that no listener forwards to. */
  readonly listeners: readonly LbListener[];
}

/** The tasks that run, and run again when they fail (R5); CodeDeploy releases it (R10.1). */
export class Service extends Construct {
  readonly name: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, props: ServiceProps) {
    super(scope, id);
    const { names } = PlatformStack.of(this);
    const { settings, container, cluster, roles } = props;
    const service = new EcsService(this, 'Resource', {
      name: names.of('ecs-service'),
      cluster: cluster.arn,
      taskDefinition: props.taskDefinitionArn,
      desiredCount: settings.desiredCount,
      deploymentController: { type: 'CODE_DEPLOY' },
      capacityProviderStrategy: capacityStrategy(settings),
      platformVersion: settings.platformVersion,
      networkConfiguration: {
        subnets: [...props.subnetIds],
        securityGroups: [props.securityGroupId],
        assignPublicIp: false,
      },
      loadBalancer: [
        { targetGroupArn: props.targetGroupArn, containerName: container.name, containerPort: container.port },
      ],
      healthCheckGracePeriodSeconds: settings.healthCheckGracePeriodSeconds,
      enableExecuteCommand: true,
      propagateTags: 'SERVICE',
      enableEcsManagedTags: true,
      forceDelete: true,
      // Where CodeDeploy deploys, ECS reports no deployments, and waiting for one to finish would never end.
      waitForSteadyState: false,
      lifecycle: { ignoreChanges: OWNED_BY_OTHERS },
      dependsOn: [...props.listeners, cluster.capacityProviders, roles.execution.policy, roles.task.policy],
    });
    this.name = service.name;
    this.arn = service.id;
  }
}
