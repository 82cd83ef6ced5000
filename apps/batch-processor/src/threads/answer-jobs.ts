import { answerJob, type JobAnswer } from '../job/answer-job';

/** The part of a `MessagePort` that a thread uses. */
export interface Port {
  on(event: 'message', listener: (body: Uint8Array) => void): unknown;
  postMessage(answer: JobAnswer): void;
}

/** What a thread does: answers one job after the other. What is thrown ends it; the pool tells the caller and starts another. */
export function answerJobs(port: Port): void {
  port.on('message', (body) => {
    port.postMessage(answerJob(body));
  });
}
