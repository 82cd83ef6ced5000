import { DescribeTaskDefinitionCommand, type Service, type TaskDefinition, type TaskSet } from '@aws-sdk/client-ecs';
import { hasImage } from '../image';
import { imageReference, versionName } from '../image/image-name';
import { findService, primaryTaskSet } from '../plan/running-service';
import { imageIn, taskContent } from '../plan/task-revisions';
import { awsPause, type ReleaseContext } from '../release-context';
import { stoppedTasksOf, TaskWatcher } from './task-watcher';
import { healthIn } from './traffic-watcher';

type Context = Pick<ReleaseContext, 'clients' | 'target' | 'clock' | 'timeScale'>;

/** The reason why no task of the service can serve requests. */
export type UnhealthyService =
  /** ECS cannot start a task before someone pushes the image. `image` is its tag or digest. */
  | { readonly kind: 'missing-image'; readonly image: string; readonly repository: string }
  /** Tasks stop or fail their health checks. */
  | { readonly kind: 'unhealthy'; readonly reason: string; readonly milliseconds: number };

/** AWS's seconds until a task must be healthy. */
const PATIENCE = 600;

/** Polling interval in seconds of AWS. */
const INTERVAL = 10;

/** Minimum real time: tasks in the local cloud are processes, which do not start faster with a higher time scale. */
const LEAST_PATIENCE_MILLISECONDS = 60_000;

/**
 * Waits until the load balancer finds a task of the primary task set healthy. Costs two calls where one is healthy already.
 * @param onWait called once, before the wait.
 * @param signal ends the wait early.
 * @returns undefined if a task is healthy, or if none should run.
 * @throws {UserError} when there is no service.
 */
export async function awaitHealthyTask(
  context: Context,
  onWait: () => void,
  signal?: AbortSignal,
): Promise<UnhealthyService | undefined> {
  const { clock, timeScale } = context;
  const began = clock.now();
  const patience = Math.max((PATIENCE * 1000) / timeScale, LEAST_PATIENCE_MILLISECONDS);
  for (let waited = false; ; waited = true) {
    const service = await findService(context);
    const primary = primaryTaskSet(service, context.target);
    if (service.desiredCount === 0 || (await hasHealthyTarget(context, primary))) return undefined;
    if (!waited) {
      const missing = await missingImage(context, primary);
      if (missing) return missing;
      onWait();
    }
    const milliseconds = clock.now().getTime() - began.getTime();
    if (milliseconds >= patience || signal?.aborted) {
      return { kind: 'unhealthy', reason: await reasonOf(context, service, began), milliseconds };
    }
    await awsPause(context, INTERVAL, signal);
  }
}

async function hasHealthyTarget({ clients }: Context, { loadBalancers = [] }: TaskSet): Promise<boolean> {
  const health = await Promise.all(
    loadBalancers.map(({ targetGroupArn }) => healthIn(clients, String(targetGroupArn))),
  );
  return health.flat().some(({ TargetHealth }) => TargetHealth?.State === 'healthy');
}

async function missingImage(context: Context, primary: TaskSet): Promise<UnhealthyService | undefined> {
  const { clients, target } = context;
  const { taskDefinition } = await clients.ecs.send(
    new DescribeTaskDefinitionCommand({ taskDefinition: primary.taskDefinition }),
  );
  const image = imageReference(imageIn(taskContent(taskDefinition as TaskDefinition), target.containerName));
  // A revision of another client may use an image of another registry.
  if (!image.repository.endsWith(`/${target.repository}`)) return undefined;
  if (await hasImage(clients.ecr, target.repository, image)) return undefined;
  return { kind: 'missing-image', image: image.digest ?? versionName(image), repository: target.repository };
}

/** The newest stopped task, or else the newest event of the service. */
async function reasonOf(context: Context, service: Service, since: Date): Promise<string> {
  const watcher = new TaskWatcher(context);
  const tasks = await watcher.observe(since);
  const { logLines } = watcher;
  const stopped = stoppedTasksOf({ tasks, logLines, time: context.clock.now(), versions: new Map() }, context.target);
  const newest = stopped.at(-1);
  if (newest) {
    const exit = newest.exitCode === undefined ? '' : ` (exit code ${String(newest.exitCode)})`;
    const line = newest.logLines.at(-1);
    return `task ${newest.id} stopped: ${newest.reason}${exit}${line === undefined ? '' : `; its last log line: ${line.trim()}`}`;
  }
  // ECS lists the newest first.
  return service.events?.[0]?.message ?? 'ECS reports no event of the service';
}
