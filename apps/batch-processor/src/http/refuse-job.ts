import type { IncomingMessage } from 'node:http';
import { refusal, type Answer } from './respond';
import type { ServiceContext } from './service-context';

/** A short time, because the load balancer sends the next attempt to another task. */
const RETRY = { 'Retry-After': '1' };

/** The reason to refuse a job before its body is read; undefined to accept it. */
export function refuseJob(request: IncomingMessage, { configuration, jobs }: ServiceContext): Answer | undefined {
  const { MAX_BODY_BYTES, MAX_UPLOADS } = configuration;
  const { headers } = request;
  if (jobs.draining) return refusal(503, 'this instance is stopping - send the job again', RETRY);
  if (!isJson(headers['content-type'])) {
    return refusal(415, 'Content-Type: is not application/json in UTF-8 - send the job as JSON', {
      Accept: 'application/json',
    });
  }
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') {
    return refusal(415, 'Content-Encoding: is not supported - send the job uncompressed', {
      'Accept-Encoding': 'identity',
    });
  }
  if (Number(headers['content-length'] ?? 0) > MAX_BODY_BYTES) return tooLarge(MAX_BODY_BYTES);
  if (jobs.uploads >= MAX_UPLOADS) return tooMany(`receives ${MAX_UPLOADS} jobs already`);
  return refuseForLoad({ configuration, jobs });
}

/** Checked again after the body is read, when a job takes one of MAX_JOBS. */
export function refuseForLoad({ configuration, jobs }: Pick<ServiceContext, 'configuration' | 'jobs'>) {
  const { MAX_JOBS } = configuration;
  return jobs.running < MAX_JOBS ? undefined : tooMany(`has ${MAX_JOBS} jobs to do`);
}

/** Not a 5xx status, because release gates and alarms count those as errors of the service. */
function tooMany(what: string): Answer {
  return refusal(429, `this instance ${what} - send the job again a little later`, RETRY);
}

export function tooSlow(seconds: number): Answer {
  const problem = `body: did not arrive within ${seconds} seconds - send it faster, or split the portfolio`;
  return refusal(408, problem, { Connection: 'close' });
}

export function tooLarge(limit: number): Answer {
  return refusal(413, `body: is larger than ${limit} bytes - split the portfolio, or send fewer scenarios`);
}

function isJson(contentType = ''): boolean {
  return /^\s*application\/json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/i.test(contentType);
}
