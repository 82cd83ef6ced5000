import type { Environment } from '@nightshift/config';
import { PlatformStack, serviceTrust } from '@nightshift/stack';
import { Construct } from 'constructs';
import { executionRoleStatements } from './execution-role-statements';
import { secretArns } from './secret-arns';
import type { ServiceLogs } from './service-logs';
import { ServiceRole } from './service-role';
import { applicationStatements, execStatements } from './task-role-statements';

export interface TaskRolesProps {
  readonly secrets: Environment['container']['secrets'];
  /** The permissions of the application. */
  readonly statements: Environment['task']['statements'];
  readonly repositoryArn: string;
  readonly logs: ServiceLogs;
}

/** The execution role (R9.1) and the task role (R9.2). */
export class TaskRoles extends Construct {
  readonly execution: ServiceRole;
  readonly task: ServiceRole;

  constructor(scope: Construct, id: string, { secrets, statements, repositoryArn, logs }: TaskRolesProps) {
    super(scope, id);
    const stack = PlatformStack.of(this);
    const { partition, region, account } = stack;
    const trust = serviceTrust({
      service: 'ecs-tasks.amazonaws.com',
      sourceAccount: account,
      // ECS sends the ARN of the task, and AWS supports no narrower pattern than the account's ECS:
      // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html#create_task_iam_policy_and_role
      sourceArn: `arn:${partition}:ecs:${region}:${account}:*`,
    });
    this.execution = new ServiceRole(this, 'Execution', {
      qualifier: 'execution',
      description: 'ECS starts tasks: pulls the image, reads secrets, writes logs',
      trust,
      statements: executionRoleStatements({
        repositoryArn,
        logGroupArns: [logs.container.arn],
        secretArns: Object.values(secretArns(secrets, stack)),
        anyKeyArn: `arn:${partition}:kms:${region}:${account}:key/*`,
        region,
      }),
    });
    this.task = new ServiceRole(this, 'Task', {
      qualifier: 'task',
      description: 'What the batch processor may do',
      trust,
      statements: [
        ...execStatements({ logGroupArn: logs.exec.arn, keyArn: logs.keyArn }),
        ...applicationStatements(statements),
      ],
    });
  }
}
