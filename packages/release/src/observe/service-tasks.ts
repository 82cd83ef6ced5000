import { ExecuteCommandCommand, type Session, type Task } from '@aws-sdk/client-ecs';
import { type FilteredLogEvent, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeListenersCommand, DescribeLoadBalancersCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { type Immutable, time } from '@nightshift/console/json';
import { UserError } from '@nightshift/errors';
import { z } from 'zod';
import type { Given } from '../aws-answers';
import { deploymentSettings } from '../plan/deployment-settings';
import { readRevision } from '../plan/task-revisions';
import type { ReleaseContext } from '../release-context';
import { Observer } from './observer';
import { taskId } from './task-watcher';

export const taskView = z
  .object({
    id: z.string(),
    version: z.string().describe('Tag of the image, or the beginning of its digest.'),
    taskDefinition: z.string().describe('Family and revision.'),
    status: z.string().describe('Last status of ECS, such as `RUNNING`.'),
    health: z.string().describe("Result of the container's health check: `HEALTHY`, `UNHEALTHY` or `UNKNOWN`."),
    startedAt: time.optional().describe('Absent before the start. ISO 8601, UTC.'),
    zone: z.string().describe('Availability Zone; `-` before there is one.'),
    capacity: z.string().describe('`FARGATE` or `FARGATE_SPOT`; `-` before there is one.'),
  })
  .describe('A task of the service that has not stopped.');

export type TaskView = Immutable<z.output<typeof taskView>>;

/** The tasks of the service, the oldest first. */
export async function serviceTasks(context: ReleaseContext): Promise<readonly TaskView[]> {
  const settings = await deploymentSettings(context);
  const { tasks, versions } = await new Observer(context, settings).observeService(context.clock.now());
  return tasks
    .filter(({ lastStatus }) => lastStatus !== 'STOPPED')
    .map((task) => viewOf(task, versions))
    .sort((one, other) => Number(one.startedAt ?? Infinity) - Number(other.startedAt ?? Infinity));
}

function viewOf(task: Task, versions: ReadonlyMap<string, string>): TaskView {
  const arn = String(task.taskDefinitionArn);
  return {
    id: taskId(String(task.taskArn)),
    version: String(versions.get(arn)),
    taskDefinition: taskId(arn),
    status: String(task.lastStatus),
    health: task.healthStatus ?? 'UNKNOWN',
    ...(task.startedAt && { startedAt: task.startedAt }),
    zone: task.availabilityZone ?? '-',
    capacity: task.capacityProviderName ?? task.launchType ?? '-',
  };
}

export const taskLogLine = z
  .object({ time, task: z.string().describe('Id of the task.'), text: z.string() })
  .describe('A line that a task wrote.');

export type TaskLogLine = Immutable<z.output<typeof taskLogLine>>;

export interface TaskLogOptions {
  readonly since: Date;
  /** The id of a task, or its first digits. @default - all tasks */
  readonly task?: string | undefined;
  /** Continues until the signal fires. @default - ends with the newest line */
  readonly follow?: AbortSignal | undefined;
}

/** Polling interval. CloudWatch Logs shows a line some seconds after it was written. */
const PAUSE_MILLISECONDS = 2000;

/** Overlap of two polls, because lines of several tasks do not arrive in chronological order. */
const LATE_MILLISECONDS = 30_000;

type LogEvent = Given<FilteredLogEvent, 'eventId' | 'timestamp' | 'logStreamName' | 'message'>;

/** Lines of one time keep the order of their stream. */
const byTime = (one: LogEvent, other: LogEvent) => one.timestamp - other.timestamp;

/**
 * The log lines of the tasks, including stopped tasks, in chronological order within each poll.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html: the stream is `prefix/container/task`
 */
export async function* taskLogs(
  { clients, target, clock }: ReleaseContext,
  { since, task = '', follow }: TaskLogOptions,
): AsyncGenerator<TaskLogLine> {
  const { logGroup: logGroupName, containerName } = target;
  const logStreamNamePrefix = `${containerName}/${containerName}/${task}`;
  const seen = new Set<string>();
  let startTime = since.getTime();
  do {
    const events: LogEvent[] = [];
    let nextToken: string | undefined;
    do {
      const page = await clients.logs.send(
        new FilterLogEventsCommand({ logGroupName, logStreamNamePrefix, startTime, nextToken }),
      );
      events.push(...((page.events ?? []) as LogEvent[]));
      ({ nextToken } = page);
    } while (nextToken !== undefined);
    for (const { eventId, timestamp, logStreamName, message } of events.sort(byTime)) {
      if (seen.has(eventId)) continue;
      seen.add(eventId);
      startTime = Math.max(startTime, timestamp - LATE_MILLISECONDS);
      yield { time: new Date(timestamp), task: taskId(logStreamName), text: message.trimEnd() };
    }
    if (follow) await clock.sleep(PAUSE_MILLISECONDS, follow);
  } while (follow && !follow.aborted);
}

/** The URL of the production listener, such as `http://alb-dev-1234567890.us-east-1.elb.amazonaws.com`. */
export async function serviceUrl(context: ReleaseContext): Promise<string> {
  const { elbv2 } = context.clients;
  const { productionListeners } = await deploymentSettings(context);
  const listeners = await elbv2.send(new DescribeListenersCommand({ ListenerArns: [...productionListeners] }));
  const [{ LoadBalancerArn, Port, Protocol }] = listeners.Listeners as [
    Given<NonNullable<typeof listeners.Listeners>[number], 'LoadBalancerArn' | 'Port' | 'Protocol'>,
  ];
  const answer = await elbv2.send(new DescribeLoadBalancersCommand({ LoadBalancerArns: [LoadBalancerArn] }));
  const protocol = Protocol.toLowerCase();
  const port = Port === (protocol === 'https' ? 443 : 80) ? '' : `:${String(Port)}`;
  return `${protocol}://${String(answer.LoadBalancers?.[0]?.DNSName)}${port}`;
}

/** A session that the Session Manager plugin continues. */
export interface ExecSession {
  readonly task: TaskView;
  readonly session: Session;
}

/**
 * Starts a command in a task with ECS Exec.
 * @param wanted the id of the task, or its first digits. @default - the newest task that runs
 * @throws {UserError} when there is no such task.
 */
export async function startExec(
  context: ReleaseContext,
  command: string,
  wanted: string | undefined,
): Promise<ExecSession> {
  const { clients, target } = context;
  const task = await runningTask(context, wanted);
  const { session } = await clients.ecs.send(
    new ExecuteCommandCommand({
      cluster: target.cluster,
      task: task.id,
      container: target.containerName,
      command,
      interactive: true,
    }),
  );
  return { task, session: session as Session };
}

/** The environment variables of the container in the task definition of a task. Secrets are not read. */
export async function taskVariables(
  { clients, target }: Pick<ReleaseContext, 'clients' | 'target'>,
  { taskDefinition }: Pick<TaskView, 'taskDefinition'>,
): Promise<Readonly<Record<string, string>>> {
  const { definition } = await readRevision({ clients }, taskDefinition);
  const container = definition.containerDefinitions?.find(({ name }) => name === target.containerName);
  return Object.fromEntries((container?.environment ?? []).map(({ name, value }) => [String(name), String(value)]));
}

/** @throws {UserError} when there is no such task. */
export async function runningTask(context: ReleaseContext, wanted = ''): Promise<TaskView> {
  const running = (await serviceTasks(context)).filter(({ status }) => status === 'RUNNING');
  const task = running.findLast(({ id }) => id.startsWith(wanted));
  if (task) return task;
  throw new UserError({
    where: `tasks of ${context.target.service}`,
    what: wanted === '' ? 'no task is running' : 'no such task is running',
    ...(wanted !== '' && { got: wanted }),
    todo: `see the tasks: ${context.target.commands.nightshift('tasks')}`,
  });
}
