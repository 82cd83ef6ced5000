import type { Answer } from './respond';
import type { ServiceContext } from './service-context';

/** Half of what the load balancer waits for an answer (5 s). */
const LONGEST_LAG_MS = 2500;

/**
 * `GET /health` (R6.2): whether the load balancer should send more jobs. An overloaded task says so and still answers 200: ECS replaces a
 * task that fails the health check of its load balancer, which makes the load of the others worse. Back-pressure is the 429 of a job.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/load-balancer-healthcheck.html
 */
export function answerHealth(context: ServiceContext): Answer {
  const { jobs, lag } = context;
  const status = jobs.stopping ? 'draining' : lag.worstMs() > LONGEST_LAG_MS ? 'overloaded' : 'ok';
  return { status: jobs.stopping ? 503 : 200, body: describe(status, context) };
}

/** `GET /live`: the process responds. ECS kills a task that fails this check, so it ignores load and draining (R4.3). */
export function answerLive(context: ServiceContext): Answer {
  return { status: 200, body: describe('ok', context) };
}

function describe(status: string, { configuration, jobs, elapsed }: ServiceContext): string {
  const uptimeSeconds = Math.floor(elapsed() / 1000);
  return JSON.stringify({ status, version: configuration.VERSION, uptimeSeconds, runningJobs: jobs.running });
}
