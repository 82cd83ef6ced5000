import { EcsService } from '@cdktf/provider-aws/lib/ecs-service';
import type { LbListener } from '@cdktf/provider-aws/lib/lb-listener';
import type { Environment } from '@nightshift/config';
import { PlatformStack } from '@nightshift/stack';
import { Construct } from 'constructs';
import { capacityStrategy } from './capacity-strategy';
import type { Cluster } from './cluster';
import type { TaskRoles } from './task-roles';

/**
 * The attributes that Terraform does not manage after the first deployment. CodeDeploy sets revision, capacity, network and target group
 * from the AppSpec of a release, and ECS refuses any other change. Auto-scaling sets the number of tasks.
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
  /** Container name and port. */
  readonly container: Pick<Environment['container'], 'name' | 'port'>;
  readonly cluster: Cluster;
  readonly taskDefinitionArn: string;
  readonly roles: TaskRoles;
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
  /** The target group of the first tasks. */
  readonly targetGroupArn: string;
  /** ECS refuses a target group without a listener. */
  readonly listeners: readonly LbListener[];
}

/** The ECS service, which replaces failed tasks (R5); CodeDeploy releases it (R10.1). */
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
      // With CODE_DEPLOY, ECS reports no deployments, so a wait for the steady state would never end.
      waitForSteadyState: false,
      lifecycle: { ignoreChanges: OWNED_BY_OTHERS },
      dependsOn: [...props.listeners, cluster.capacityProviders, roles.execution.policy, roles.task.policy],
    });
    this.name = service.name;
    this.arn = service.id;
  }
}
