/** The jobs that were taken and not answered yet. */
export class JobCount {
  #running = 0;
  #whenDrained: (() => void) | undefined;

  get running(): number {
    return this.#running;
  }

  /** True once no job may be taken any more. */
  get draining(): boolean {
    return this.#whenDrained !== undefined;
  }

  add(): void {
    this.#running += 1;
  }

  remove(): void {
    this.#running -= 1;
    if (this.#running === 0) this.#whenDrained?.();
  }

  /** Ends when the last job is answered. */
  drain(): Promise<void> {
    return new Promise((resolve) => {
      this.#whenDrained = resolve;
      if (this.#running === 0) resolve();
    });
  }
}
