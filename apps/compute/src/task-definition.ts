import { EcsTaskDefinition } from '@cdktf/provider-aws/lib/ecs-task-definition';
import type { Environment } from '@nightshift/config';
import { PlatformStack } from '@nightshift/stack';
import { Construct } from 'constructs';
import { containerDefinition } from './container-definition';
import { secretArns } from './secret-arns';
import type { TaskRoles } from './task-roles';
import { writableVolumes } from './writable-volumes';

export interface TaskDefinitionProps extends Pick<Environment, 'container' | 'task'> {
  /** Repository without tag or digest. */
  readonly repositoryUrl: string;
  readonly logGroupName: string;
  /** The idle timeout of the load balancer. */
  readonly idleTimeoutSeconds: number;
  readonly roles: TaskRoles;
}

/** The task definition: size (R4.1), container (R4.2, R4.3) and roles. A change creates a new revision, which a release deploys. */
export class TaskDefinition extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: TaskDefinitionProps) {
    super(scope, id);
    const { container, task, repositoryUrl, logGroupName, idleTimeoutSeconds, roles } = props;
    const stack = PlatformStack.of(this);
    const { names, region, suffix } = stack;
    const definition = new EcsTaskDefinition(this, 'Resource', {
      family: names.of('ecs-task'),
      requiresCompatibilities: ['FARGATE'],
      networkMode: 'awsvpc',
      cpu: String(task.cpu),
      memory: String(task.memoryMiB),
      runtimePlatform: { operatingSystemFamily: 'LINUX', cpuArchitecture: task.architecture },
      executionRoleArn: roles.execution.arn,
      taskRoleArn: roles.task.arn,
      volume: writableVolumes.map(({ name }) => ({ name })),
      containerDefinitions: JSON.stringify([
        containerDefinition({
          container,
          task,
          repositoryUrl,
          logGroupName,
          region,
          suffix,
          idleTimeoutSeconds,
          secretArns: secretArns(container.secrets, stack),
        }),
      ]),
      // The running tasks use the previous revision until a release. AWS warns against an INACTIVE revision, which starts no new
      // service or deployment: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deregister-task-definition-v2.html
      // `nightshift destroy` deregisters all revisions of the family.
      skipDestroy: true,
      // Keeps the current revision if ECS refuses the new one.
      lifecycle: { createBeforeDestroy: true },
    });
    this.arn = definition.arn;
  }
}
