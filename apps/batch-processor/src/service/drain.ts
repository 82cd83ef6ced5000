import type { Server } from 'node:http';
import type { JobCount } from './job-count';
import type { Log } from './log';

/** After the last job, only a response of a few bytes can be in progress. */
const LAST_ANSWERS_MS = 1000;

export interface DrainProps {
  readonly server: Server;
  readonly jobs: JobCount;
  readonly log: Log;
  /** How long new jobs are still accepted. */
  readonly acceptMs: number;
  /** How long the socket stays open after that at least, so that new jobs are refused with a message. */
  readonly lingerMs: number;
  /** After how long jobs that still run are abandoned, counted from the signal. */
  readonly limitMs: number;
}

/**
 * Stops without losing a job. `/health` fails immediately, and jobs are accepted until the load balancer sends them elsewhere: on a Spot
 * interruption, the signal may arrive before the task is deregistered. Then new jobs are refused, running ones are finished, and the socket
 * is closed. Returns whether no job was abandoned.
 */
export async function drain({ server, jobs, log, acceptMs, lingerMs, limitMs }: DrainProps): Promise<boolean> {
  jobs.stop();
  const acceptingMs = Math.min(acceptMs, limitMs);
  await wait(acceptingMs).over;
  const idle = jobs.drain();
  log.info('draining', { runningJobs: jobs.running, uploads: jobs.uploads });
  const leftMs = limitMs - acceptingMs;
  const lingered = wait(Math.min(lingerMs, leftMs));
  await firstOf(Promise.all([idle, lingered.over]), leftMs);
  lingered.cancel();
  const abandonedJobs = jobs.running + jobs.uploads;
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
