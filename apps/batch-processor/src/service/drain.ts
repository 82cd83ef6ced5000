import type { Server } from 'node:http';
import type { JobCount } from './job-count';
import type { Log } from './log';

/** Once no job is left, what may still be under way is an answer of a few bytes. */
const LAST_ANSWERS_MS = 1000;

export interface DrainProps {
  readonly server: Server;
  readonly jobs: JobCount;
  readonly log: Log;
  /** How long the socket stays open at least, so that new jobs are refused in words. */
  readonly lingerMs: number;
  /** After how long jobs that still run are abandoned. */
  readonly limitMs: number;
}

/**
 * Stops without losing a job: from the first moment `/health` says so and new jobs are refused, running ones are finished and answered,
 * and only then the socket is closed. Gives whether no job was abandoned.
 */
export async function drain({ server, jobs, log, lingerMs, limitMs }: DrainProps): Promise<boolean> {
  const idle = jobs.drain();
  log.info('draining', { runningJobs: jobs.running });
  const lingered = wait(Math.min(lingerMs, limitMs));
  await firstOf(Promise.all([idle, lingered.over]), limitMs);
  lingered.cancel();
  const abandonedJobs = jobs.running;
  if (abandonedJobs > 0) {
    log.error('jobs abandoned', { abandonedJobs });
    server.closeAllConnections();
  }
  await firstOf(closed(server), LAST_ANSWERS_MS);
  server.closeAllConnections();
  return abandonedJobs === 0;
}

function closed(server: Server): Promise<unknown> {
  return new Promise((resolve) => {
    server.close(resolve);
  });
}

async function firstOf(event: Promise<unknown>, limitMs: number): Promise<void> {
  const limit = wait(limitMs);
  await Promise.race([event, limit.over]);
  limit.cancel();
}

function wait(milliseconds: number) {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  return {
    over,
    cancel: () => {
      clearTimeout(timer);
    },
  };
}
