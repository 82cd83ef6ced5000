import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { parentPort, Worker } from 'node:worker_threads';
import { runService } from './service/run-service';
import { answerJobs } from './threads/answer-jobs';

/** Our defects end the process with this code, as those of the `nightshift` command do. */
const DEFECT = 70;

// Every thread runs this file too.
if (parentPort) answerJobs(parentPort);
else {
  void runService({
    env: process.env,
    processors: availableParallelism(),
    startThread: () => new Worker(__filename),
    newJobId: randomUUID,
    write: (line) => process.stdout.write(line),
    now: Date.now,
    elapsed: () => performance.now(),
    onStop: (listener) => {
      process.on('SIGTERM', listener).on('SIGINT', listener);
    },
    onDefect: (listener) => {
      process.on('uncaughtException', (error) => {
        listener(error);
        process.exit(DEFECT);
      });
    },
  }).then((code) => process.exit(code));
}
