import { EventEmitter } from 'node:events';
import { Worker } from 'node:worker_threads';
import { bytes } from '../job/risk-job.fixture';
import { ThreadPool } from './thread-pool';

/** A thread that does what its job says: answer, take a while, fail, or end. */
const script = `
  const { parentPort, threadId } = require('node:worker_threads');
  parentPort.on('message', (body) => {
    const text = new TextDecoder().decode(body);
    if (text === 'throw') throw new RangeError('out of range');
    if (text === 'exit') process.exit(3);
    const until = Date.now() + (text.startsWith('slow') ? 60 : 0);
    while (Date.now() < until);
    parentPort.postMessage({ status: 200, body: text + ' by ' + threadId });
  });
`;

/** Runs with a pool of real threads, and counts them. */
async function withPool(size: number, use: (pool: ThreadPool, started: Worker[]) => Promise<void>): Promise<void> {
  const started: Worker[] = [];
  const startThread = () => {
    const thread = new Worker(script, { eval: true });
    started.push(thread);
    return thread;
  };
  const pool = new ThreadPool({ size, startThread });
  try {
    await use(pool, started);
  } finally {
    await pool.stop();
  }
}

const workOf = async (pool: ThreadPool, text: string, signal?: AbortSignal) =>
  (await pool.run(bytes(text), signal)).body;

describe('thread pool', () => {
  it('starts a thread for the first job, and reuses it', () =>
    withPool(2, async (pool, started) => {
      expect(started).toHaveLength(0);
      const first = await workOf(pool, 'a');
      const second = await workOf(pool, 'b');
      expect(second.replace('b', 'a')).toBe(first);
      expect(started).toHaveLength(1);
    }));

  it('runs as many jobs at once as it has threads, and starts them in their order', () => {
    const threads: EventEmitter[] = [];
    const begun: string[] = [];
    const startThread = () => {
      const thread = Object.assign(new EventEmitter(), {
        postMessage: (body: Uint8Array) => begun.push(new TextDecoder().decode(body)),
        terminate: () => Promise.resolve(),
      });
      threads.push(thread);
      return thread;
    };
    const pool = new ThreadPool({ size: 2, startThread });
    for (const name of ['1', '2', '3', '4', '5']) void pool.run(bytes(name));
    expect([threads.length, begun]).toEqual([2, ['1', '2']]);
    threads[1]?.emit('message', { status: 200, body: '' });
    expect(begun).toEqual(['1', '2', '3']);
    threads[1]?.emit('message', { status: 200, body: '' });
    threads[0]?.emit('message', { status: 200, body: '' });
    expect([threads.length, begun]).toEqual([2, ['1', '2', '3', '4', '5']]);
  });

  it('transfers the bytes of a job instead of copying them', () =>
    withPool(1, async (pool) => {
      const body = bytes('moved');
      const work = pool.run(body);
      expect(body.length).toBe(0);
      expect((await work).body).toMatch(/^moved by/);
    }));

  it('reports why a thread ended, and gives the next job to a new thread', () =>
    withPool(1, async (pool, started) => {
      const [failed, next] = await Promise.allSettled([workOf(pool, 'throw'), workOf(pool, 'next')]);
      expect(failed).toMatchObject({ status: 'rejected', reason: { name: 'RangeError', message: 'out of range' } });
      expect(next).toMatchObject({ status: 'fulfilled', value: expect.stringMatching(/^next by/) as string });
      expect(started).toHaveLength(2);
    }));

  it('reports a thread that ended without an error', () =>
    withPool(1, async (pool) => {
      await expect(workOf(pool, 'exit')).rejects.toThrow('the thread ended with code 3');
    }));

  it('replaces a thread that ended while it was idle', () =>
    withPool(1, async (pool, started) => {
      await workOf(pool, 'a');
      await started[0]?.terminate();
      expect(await workOf(pool, 'b')).toMatch(/^b by/);
      expect(started).toHaveLength(2);
    }));

  it('removes a job that nobody waits for any more, unless a thread has started it', () =>
    withPool(1, async (pool, started) => {
      const control = new AbortController();
      const running = workOf(pool, 'slow', control.signal);
      const waiting = workOf(pool, 'throw', control.signal);
      const last = workOf(pool, 'last');
      control.abort(new Error('the client is gone'));
      await expect(waiting).rejects.toThrow('the client is gone');
      expect(await running).toMatch(/^slow by/);
      expect(await last).toMatch(/^last by/);
      expect(started).toHaveLength(1);
    }));

  it('fails all unfinished jobs when it closes', () =>
    withPool(1, async (pool, started) => {
      const jobs = [workOf(pool, 'slow'), workOf(pool, 'waiting')];
      const ended = Promise.allSettled(jobs);
      await pool.stop();
      const stopped = { status: 'rejected', reason: new Error('the service has stopped') };
      expect(await ended).toEqual([stopped, stopped]);
      expect(started).toHaveLength(1);
    }));
});
