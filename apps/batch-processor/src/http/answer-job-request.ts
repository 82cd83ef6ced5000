import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody, type BodyLimits } from './read-body';
import { refuseForLoad, refuseJob, tooLarge, tooSlow } from './refuse-job';
import { refusal, type Answer } from './respond';
import type { ServiceContext } from './service-context';

/** `POST /jobs`: calculates a job and returns the result in the same request. @throws when the client disconnects */
export async function answerJobRequest(
  request: IncomingMessage,
  response: ServerResponse,
  context: ServiceContext,
): Promise<Answer> {
  const refused = refuseJob(request, context);
  const outcome = refused ? await dropBody(refused, request, context) : await receiveJob(request, response, context);
  if ('job' in outcome) return calculate(outcome, context);
  context.log.info('job refused', { status: outcome.status });
  return outcome;
}

/** Reads the body of a refused client. If the client waits to send or takes too long, closes the connection after the response. */
async function dropBody(refused: Answer, request: IncomingMessage, { configuration }: ServiceContext): Promise<Answer> {
  const unread = waitsToSend(request) || (await readBody(request, uploadLimits(configuration, 0))) === 'too slow';
  return unread ? { ...refused, headers: { ...refused.headers, Connection: 'close' } } : refused;
}

interface ReceivedJob {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly job: FollowedJob;
}

/** Reads a job before it takes one of MAX_JOBS, so that slow clients only block each other. */
async function receiveJob(
  request: IncomingMessage,
  response: ServerResponse,
  context: ServiceContext,
): Promise<ReceivedJob | Answer> {
  const { configuration, jobs, log } = context;
  jobs.addUpload();
  try {
    if (waitsToSend(request)) response.writeContinue();
    const body = await readBody(request, uploadLimits(configuration, configuration.MAX_BODY_BYTES));
    if (body === 'too large') return tooLarge(configuration.MAX_BODY_BYTES);
    if (body === 'too slow') return tooSlow(configuration.UPLOAD_SECONDS);
    return refuseForLoad(context) ?? { body, job: followJob(response, context) };
  } catch (error) {
    log.warn('client went away before its job was received');
    throw error;
  } finally {
    jobs.removeUpload();
  }
}

function waitsToSend({ headers }: IncomingMessage): boolean {
  return headers.expect !== undefined;
}

function uploadLimits({ UPLOAD_SECONDS }: ServiceContext['configuration'], bytes: number): BodyLimits {
  return { bytes, milliseconds: UPLOAD_SECONDS * 1000 };
}

interface FollowedJob {
  readonly jobId: string;
  /** Aborted when the client disconnects. */
  readonly gone: AbortSignal;
}

/** Counts a job until its last byte is sent or its client disconnects, and logs both. */
function followJob(response: ServerResponse, { jobs, log, newJobId, elapsed }: ServiceContext): FollowedJob {
  const jobId = newJobId();
  const started = elapsed();
  const gone = new AbortController();
  jobs.add();
  response.on('close', () => {
    jobs.remove();
    const fields = { jobId, durationMs: Math.round(elapsed() - started) };
    if (response.writableFinished) log.info('job answered', { ...fields, status: response.statusCode });
    else {
      gone.abort();
      log.warn('client went away before its job was answered', fields);
    }
  });
  return { jobId, gone: gone.signal };
}

async function calculate({ body, job }: ReceivedJob, { pool, log }: ServiceContext): Promise<Answer> {
  const { jobId, gone } = job;
  const headers = { 'X-Job-Id': jobId };
  try {
    return { ...(await pool.run(body, gone)), headers };
  } catch (error) {
    gone.throwIfAborted();
    log.error('calculation failed', { jobId, error: String(error) });
    return refusal(500, `the calculation failed - report job ${jobId}`, headers);
  }
}
