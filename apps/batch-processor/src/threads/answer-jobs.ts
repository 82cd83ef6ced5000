import { answerJob, type JobAnswer } from '../job/answer-job';

/** The part of a `MessagePort` that a thread uses. */
export interface Port {
  on(event: 'message', listener: (body: Uint8Array) => void): unknown;
  postMessage(answer: JobAnswer): void;
}

/**
 * The loop of a thread: answers one job after the other. An error ends the thread; the pool reports it to the caller and starts another
 * one.
 */
export function answerJobs(port: Port): void {
  port.on('message', (body) => {
    port.postMessage(answerJob(body));
  });
}
