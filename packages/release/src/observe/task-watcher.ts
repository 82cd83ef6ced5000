import { GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeTasksCommand, type DesiredStatus, ListTasksCommand, type Task } from '@aws-sdk/client-ecs';
import { type Given, isAnswer } from '../aws-answers';
import type { ReleaseContext } from '../release-context';
import type { StoppedTask } from '../snapshot';
import type { ReleaseTarget } from '../target';
import type { ServiceObservation } from './observation';

type Context = Pick<ReleaseContext, 'clients' | 'target'>;

/** The details of a failed task that the user sees. */
const LOG_LINES = 10;

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeTasks.html */
const BATCH = 100;

type KnownTask = Given<Task, 'taskArn'>;

/**
 * The tasks of the service, including stopped ones, which ECS shows for an hour. Describes only new tasks and those that can still change.
 */
export class TaskWatcher {
  private readonly known = new Map<string, KnownTask>();
  readonly logLines = new Map<string, readonly string[]>();

  constructor(private readonly context: Context) {}

  /** @param since tasks that stopped before are omitted. */
  async observe(since: Date): Promise<readonly Task[]> {
    const [running, stopped] = await Promise.all([this.list('RUNNING'), this.list('STOPPED')]);
    const settled = (arn: string) => this.known.get(arn)?.lastStatus === 'STOPPED';
    await this.describe([...running, ...stopped].filter((arn) => !settled(arn)));
    const gone = [...this.known].filter(
      ([arn, task]) => task.lastStatus !== 'STOPPED' && !running.includes(arn) && !stopped.includes(arn),
    );
    for (const [arn] of gone) this.known.delete(arn);
    const tasks = [...this.known.values()].filter(({ stoppedAt }) => stoppedAt === undefined || stoppedAt >= since);
    await Promise.all(tasks.filter(stoppedByItself).map(async (task) => await this.readLog(task)));
    return tasks;
  }

  private async list(desiredStatus: DesiredStatus): Promise<readonly string[]> {
    const { cluster, service: serviceName } = this.context.target;
    const arns: string[] = [];
    let nextToken: string | undefined;
    do {
      const answer = await this.context.clients.ecs.send(
        new ListTasksCommand({ cluster, serviceName, desiredStatus, nextToken }),
      );
      arns.push(...(answer as Given<typeof answer, 'taskArns'>).taskArns);
      ({ nextToken } = answer);
    } while (nextToken !== undefined);
    return arns;
  }

  private async describe(arns: readonly string[]): Promise<void> {
    const { cluster } = this.context.target;
    for (let start = 0; start < arns.length; start += BATCH) {
      const answer = await this.context.clients.ecs.send(
        new DescribeTasksCommand({ cluster, tasks: arns.slice(start, start + BATCH) }),
      );
      for (const task of (answer as Given<typeof answer, 'tasks'>).tasks as KnownTask[])
        this.known.set(task.taskArn, task);
    }
  }

  /** Once per task. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html: `prefix/container/task` */
  private async readLog({ taskArn }: KnownTask): Promise<void> {
    if (this.logLines.has(taskArn)) return;
    const { logGroup: logGroupName, containerName } = this.context.target;
    const logStreamName = `${containerName}/${containerName}/${taskId(taskArn)}`;
    try {
      const answer = await this.context.clients.logs.send(
        new GetLogEventsCommand({ logGroupName, logStreamName, limit: LOG_LINES, startFromHead: false }),
      );
      const { events } = answer as Given<typeof answer, 'events'>;
      this.logLines.set(
        taskArn,
        events.map(({ message }) => String(message)),
      );
    } catch (error) {
      // The task never ran.
      if (!isAnswer(error, 'ResourceNotFoundException')) throw error;
      this.logLines.set(taskArn, []);
    }
  }
}

/** The last part of its ARN. */
export function taskId(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

type TaskObservation = Pick<ServiceObservation, 'tasks' | 'versions' | 'logLines' | 'time'>;

/** The tasks that failed, oldest first. */
export function stoppedTasksOf(observation: TaskObservation, target: ReleaseTarget): readonly StoppedTask[] {
  const stopped = observation.tasks.filter(stoppedByItself).map((task) => viewOf(task, observation, target));
  return stopped.sort((one, other) => Number(one.stoppedAt) - Number(other.stoppedAt));
}

function viewOf(
  task: Task,
  { versions, logLines, time }: TaskObservation,
  { containerName }: ReleaseTarget,
): StoppedTask {
  const arn = String(task.taskArn);
  const container = task.containers?.find(({ name }) => name === containerName);
  const { exitCode, reason: containerReason } = container ?? {};
  const { stoppedReason = 'no reason reported' } = task;
  return {
    id: taskId(arn),
    version: String(versions.get(String(task.taskDefinitionArn))),
    stoppedAt: task.stoppedAt ?? time,
    // The container's reason is preferred if the task's reason is only that a container ended.
    reason:
      containerReason === undefined || stoppedReason.includes(containerReason)
        ? stoppedReason
        : `${stoppedReason}: ${containerReason}`,
    ...(exitCode !== undefined && { exitCode }),
    logLines: logLines.get(arn) ?? [],
  };
}

/**
 * Whether a task failed: not stopped by scale-in or a deployment, but by an error, a failed start, a health check or a Spot interruption.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
 */
export function stoppedByItself({ lastStatus, stopCode, stoppedReason = '' }: Task): boolean {
  if (lastStatus !== 'STOPPED' || stopCode === 'UserInitiated') return false;
  return !stoppedReason.startsWith('Scaling activity initiated by');
}
