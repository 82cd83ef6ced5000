import type { Service, Tag, Task, TaskDefinition, TaskSet } from '@aws-sdk/client-ecs';
import { sdkError, type Handlers } from '@nightshift/testing/aws';

const ARN = 'arn:aws:ecs:us-east-1:123456789012';
export const REPOSITORY = '123456789012.dkr.ecr.us-east-1.amazonaws.com/ecr-repository-test';
export const BLUE_GROUP = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/tg-blue-test/1';
export const GREEN_GROUP = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/tg-green-test/2';

export const digestOf = (start: string): string => `sha256:${start.padEnd(64, '0')}`;
export const revisionArn = (revision: number): string => `${ARN}:task-definition/ecs-task-test:${String(revision)}`;
export const taskArn = (id: string): string => `${ARN}:task/ecs-cluster-test/${id}`;

/** The service in ECS: its task sets, tasks and revisions. */
export class FakeEcs {
  service: Service | undefined = {
    serviceName: 'ecs-service-test',
    status: 'ACTIVE',
    desiredCount: 3,
    taskSets: [taskSet('ecs-svc/1', 'PRIMARY', revisionArn(1), BLUE_GROUP)],
    events: [],
  };
  clusterExists = true;
  readonly revisions: { definition: TaskDefinition; tags: Tag[] }[] = [];
  tasks: Task[] = [];
  /** ARNs per page. */
  pageSize = 100;
  readonly described: string[][] = [];

  constructor() {
    this.register({ containerDefinitions: [{ name: 'batch-processor', image: `${REPOSITORY}:initial` }] }, [
      { key: 'Environment', value: 'test' },
      { key: 'aws:cloudformation:stack', value: 'x' },
    ]);
  }

  register(content: Partial<TaskDefinition>, tags: Tag[] = []): TaskDefinition {
    const revision = this.revisions.length + 1;
    const definition = {
      family: 'ecs-task-test',
      cpu: '2048',
      ...content,
      taskDefinitionArn: revisionArn(revision),
      revision,
      status: 'ACTIVE' as const,
    };
    this.revisions.push({ definition, tags });
    return definition;
  }

  deregister(revision: number): void {
    const found = this.revisions[revision - 1] as (typeof this.revisions)[number];
    found.definition = { ...found.definition, status: 'INACTIVE' };
  }

  readonly handlers: Handlers = {
    DescribeServices: () => {
      if (!this.clusterExists) throw sdkError('ClusterNotFoundException');
      return { services: this.service ? [this.service] : [] };
    },
    DescribeTaskDefinition: ({ taskDefinition, include }) => {
      const found = this.find(String(taskDefinition));
      return { taskDefinition: found?.definition, ...(include && { tags: found?.tags }) };
    },
    ListTaskDefinitions: ({ nextToken }) => {
      const arns = this.revisions
        .filter(({ definition }) => definition.status === 'ACTIVE')
        .map(({ definition }) => definition.taskDefinitionArn);
      return this.page('taskDefinitionArns', [`${ARN}:task-definition/ecs-task-test-2:7`, ...arns], nextToken);
    },
    RegisterTaskDefinition: ({ tags, ...content }) => ({ taskDefinition: this.register(content, tags as Tag[]) }),
    ListTasks: ({ desiredStatus, nextToken }) => {
      const arns = this.tasks.filter((task) => task.desiredStatus === desiredStatus).map((task) => task.taskArn);
      return this.page('taskArns', arns, nextToken);
    },
    ExecuteCommand: ({ task, container, command }) => ({
      session: { sessionId: [task, container, command].join(' '), streamUrl: 'wss://ssm', tokenValue: 'token' },
    }),
    DescribeTasks: ({ tasks }) => {
      this.described.push(tasks as string[]);
      return { tasks: this.tasks.filter((task) => (tasks as string[]).includes(String(task.taskArn))) };
    },
  };

  private find(name: string) {
    return this.revisions.findLast(({ definition }) =>
      [definition.taskDefinitionArn, definition.family].includes(name),
    );
  }

  private page(field: string, all: readonly unknown[], token: unknown): object {
    const start = Number(token ?? 0);
    const end = start + this.pageSize;
    return { [field]: all.slice(start, end), ...(end < all.length && { nextToken: String(end) }) };
  }
}

export function taskSet(id: string, status: string, taskDefinition: string, targetGroupArn: string): TaskSet {
  return {
    id,
    status,
    taskDefinition,
    computedDesiredCount: 3,
    runningCount: 3,
    pendingCount: 0,
    loadBalancers: [{ targetGroupArn, containerName: 'batch-processor', containerPort: 8080 }],
  };
}
