import type { Task } from '@aws-sdk/client-ecs';

/**
 * Whether a task ended without anybody wanting less of it: it failed, did not start, was found unhealthy, or its capacity was taken away.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
 */
export function stoppedByItself({ lastStatus, stopCode, stoppedReason = '' }: Task): boolean {
  if (lastStatus !== 'STOPPED' || stopCode === 'UserInitiated') return false;
  return !stoppedReason.startsWith('Scaling activity initiated by');
}
