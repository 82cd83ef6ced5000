import type { JobAnswer } from '../job/answer-job';

/** The part of a `Worker` that the pool uses: https://nodejs.org/docs/latest-v20.x/api/worker_threads.html#class-worker */
export interface Thread {
  postMessage(body: Uint8Array, transfer: readonly ArrayBuffer[]): void;
  on(event: 'message', listener: (answer: JobAnswer) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  terminate(): Promise<unknown>;
}

interface Work {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly resolve: (answer: JobAnswer) => void;
  readonly reject: (reason: unknown) => void;
}

export interface ThreadPoolProps {
  /** The most jobs that are calculated at the same time. */
  readonly size: number;
  readonly startThread: () => Thread;
}

/**
 * Calculates jobs in threads in the order of their arrival, so that the main thread can always respond. Starts a thread for the first job
 * that needs it. If a thread ends, only its job fails, and the next job gets a new thread.
 */
export class ThreadPool {
  readonly #props: ThreadPoolProps;
  /** The job of each thread; undefined for an idle thread. */
  readonly #threads = new Map<Thread, Work | undefined>();
  readonly #waiting = new Set<Work>();

  constructor(props: ThreadPoolProps) {
    this.#props = props;
  }

  /**
   * The answer to a job. Transfers its bytes to the thread, so that they cannot be read here any more.
   * @param signal - removes a job that no thread has started yet
   * @throws the error of the thread, or the reason of the signal
   */
  run(body: Uint8Array<ArrayBuffer>, signal?: AbortSignal): Promise<JobAnswer> {
    return new Promise((resolve, reject) => {
      const work = { body, resolve, reject };
      this.#waiting.add(work);
      signal?.addEventListener('abort', () => {
        if (this.#waiting.delete(work)) reject(signal.reason);
      });
      this.#dispatch();
    });
  }

  /** Ends all threads, and fails the unfinished jobs. */
  async stop(): Promise<void> {
    for (const work of [...this.#waiting, ...this.#threads.values()]) {
      work?.reject(new Error('the service has stopped'));
    }
    this.#waiting.clear();
    await Promise.all([...this.#threads.keys()].map((thread) => thread.terminate()));
  }

  /** Gives the oldest waiting job to an idle or a new thread. */
  #dispatch(): void {
    const [work] = this.#waiting;
    const thread = work && (this.#idleThread() ?? this.#startThread());
    if (!work || !thread) return;
    this.#waiting.delete(work);
    this.#threads.set(thread, work);
    thread.postMessage(work.body, [work.body.buffer]);
  }

  #idleThread(): Thread | undefined {
    return [...this.#threads.keys()].find((thread) => !this.#threads.get(thread));
  }

  #startThread(): Thread | undefined {
    if (this.#threads.size >= this.#props.size) return undefined;
    const thread = this.#props.startThread();
    let reason: unknown;
    thread.on('message', (answer) => {
      this.#threads.get(thread)?.resolve(answer);
      this.#threads.set(thread, undefined);
      this.#dispatch();
    });
    thread.on('error', (error) => {
      reason = error;
    });
    thread.on('exit', (code) => {
      this.#threads.get(thread)?.reject(reason ?? new Error(`the thread ended with code ${code}`));
      this.#threads.delete(thread);
      this.#dispatch();
    });
    return thread;
  }
}
