import type { Answer } from './respond';
import type { ServiceContext } from './service-context';

/** Half of what the load balancer and the container's own check wait for an answer (5 s): who waits that long is better served elsewhere. */
const LONGEST_LAG_MS = 2500;

/**
 * `GET /health` (R6.2): whether a job that is sent now would be calculated. That the calculation is right was proved before the
 * service listened; what can change later is that it stops, or that the main thread does not get to its requests.
 */
export function answerHealth({ configuration, jobs, lag, elapsed }: ServiceContext): Answer {
  const status = jobs.draining ? 'draining' : lag.worstMs() > LONGEST_LAG_MS ? 'overloaded' : 'ok';
  const uptimeSeconds = Math.floor(elapsed() / 1000);
  const body = { status, version: configuration.VERSION, uptimeSeconds, runningJobs: jobs.running };
  return { status: status === 'ok' ? 200 : 503, body: JSON.stringify(body) };
}
