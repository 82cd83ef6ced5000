import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { parentPort, Worker } from 'node:worker_threads';
import { runService } from './service/run-service';
import { answerJobs } from './threads/answer-jobs';

/** The exit code after a defect, the same as for the `nightshift` command. */
const DEFECT = 70;

// Worker threads also run this file.
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
