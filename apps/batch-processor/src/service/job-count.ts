/** The accepted jobs of this instance: those that are received, wait or are calculated. */
export class JobCount {
  #running = 0;
  #uploads = 0;
  #stopping = false;
  #whenDrained: (() => void) | undefined;

  /** Jobs that wait for a thread, are calculated or are being answered. */
  get running(): number {
    return this.#running;
  }

  /** Jobs whose bodies are being received. */
  get uploads(): number {
    return this.#uploads;
  }

  /** True after the signal to stop: the health check fails, and jobs are accepted for a while. */
  get stopping(): boolean {
    return this.#stopping;
  }

  /** True when no new job is accepted any more. */
  get draining(): boolean {
    return this.#whenDrained !== undefined;
  }

  add(): void {
    this.#running += 1;
  }

  remove(): void {
    this.#running -= 1;
    this.#checkDrained();
  }

  addUpload(): void {
    this.#uploads += 1;
  }

  removeUpload(): void {
    this.#uploads -= 1;
    this.#checkDrained();
  }

  stop(): void {
    this.#stopping = true;
  }

  /** Resolves after the response to the last job, including jobs that are still being received. */
  drain(): Promise<void> {
    this.stop();
    return new Promise((resolve) => {
      this.#whenDrained = resolve;
      this.#checkDrained();
    });
  }

  #checkDrained(): void {
    if (this.#running + this.#uploads === 0) this.#whenDrained?.();
  }
}
