import type { Task } from '@aws-sdk/client-ecs';
import type { ReleaseTarget } from '../target';
import type { StoppedTask } from '../snapshot';
import type { Observation } from './observation';
import { stoppedByItself } from './stopped-by-itself';
import { taskId } from './task-watcher';

/** The tasks that failed, oldest first. */
export function stoppedTasksOf(observation: Observation, target: ReleaseTarget): readonly StoppedTask[] {
  const stopped = observation.tasks.filter(stoppedByItself).map((task) => viewOf(task, observation, target));
  return stopped.sort((one, other) => Number(one.stoppedAt) - Number(other.stoppedAt));
}

function viewOf(task: Task, { versions, logLines, time }: Observation, { containerName }: ReleaseTarget): StoppedTask {
  const arn = String(task.taskArn);
  const container = task.containers?.find(({ name }) => name === containerName);
  const { exitCode, reason: containerReason } = container ?? {};
  const { stoppedReason = 'no reason given' } = task;
  return {
    id: taskId(arn),
    version: String(versions.get(String(task.taskDefinitionArn))),
    stoppedAt: task.stoppedAt ?? time,
    // The container's reason is the better one where the task's says only that a container ended.
    reason:
      containerReason === undefined || stoppedReason.includes(containerReason)
        ? stoppedReason
        : `${stoppedReason}: ${containerReason}`,
    ...(exitCode !== undefined && { exitCode }),
    logLines: logLines.get(arn) ?? [],
  };
}
