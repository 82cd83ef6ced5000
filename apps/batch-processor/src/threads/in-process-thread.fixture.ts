import { EventEmitter } from 'node:events';
import { answerJobs } from './answer-jobs';
import type { Thread } from './thread-pool';

/** A fake thread that works in the same process, in its own turn of the event loop. */
export function inProcessThread(): Thread {
  const outside = new EventEmitter();
  const inside = new EventEmitter();
  answerJobs({
    on: (event, listener) => inside.on(event, listener),
    postMessage: (answer) => setImmediate(() => outside.emit('message', answer)),
  });
  return Object.assign(outside, {
    postMessage: (body: Uint8Array) => setImmediate(() => inside.emit('message', body)),
    terminate: () => Promise.resolve(outside.emit('exit', 0)),
  });
}
