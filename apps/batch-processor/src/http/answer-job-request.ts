import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from './read-body';
import { refuseJob, tooLarge } from './refuse-job';
import { refusal, type Answer } from './respond';
import type { ServiceContext } from './service-context';

/** `POST /jobs`: a job is answered in the request that asked. @throws when the client goes away */
export async function answerJobRequest(
  request: IncomingMessage,
  response: ServerResponse,
  context: ServiceContext,
): Promise<Answer> {
  const waitsToSend = request.headers.expect !== undefined;
  const refused = refuseJob(request, context);
  if (refused) {
    context.log.info('job refused', { status: refused.status });
    if (waitsToSend) return { ...refused, headers: { ...refused.headers, Connection: 'close' } };
    await readBody(request, 0);
    return refused;
  }
  const { jobId, gone } = followJob(response, context);
  if (waitsToSend) response.writeContinue();
  const limit = context.configuration.MAX_BODY_BYTES;
  const body = await readBody(request, limit);
  const answer = body ? await calculate(body, jobId, gone, context) : tooLarge(limit);
  return { ...answer, headers: { 'X-Job-Id': jobId } };
}

/** Counts a job until its last byte is sent or its client is gone, and logs either. */
function followJob(response: ServerResponse, { jobs, log, newJobId, elapsed }: ServiceContext) {
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

async function calculate(
  body: Uint8Array<ArrayBuffer>,
  jobId: string,
  gone: AbortSignal,
  { pool, log }: ServiceContext,
): Promise<Answer> {
  try {
    return await pool.run(body, gone);
  } catch (error) {
    gone.throwIfAborted();
    log.error('calculation failed', { jobId, error: String(error) });
    return refusal(500, `the calculation failed - report job ${jobId}`);
  }
}
