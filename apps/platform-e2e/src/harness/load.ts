/** The results of a load test. */
export interface Answers {
  readonly sent: number;
  /** Requests that were refused, broken off or answered with 5xx. */
  readonly failed: readonly string[];
}

/** Sends requests at a constant rate until it is stopped, without waiting for responses. */
export class Load {
  private readonly pending = new Set<Promise<void>>();
  private readonly failed: string[] = [];
  private sent = 0;
  private readonly timer: NodeJS.Timeout;

  /** Sends load to `url` while `act` runs. */
  static async during(url: string, perSecond: number, act: () => Promise<unknown>): Promise<Answers> {
    const load = new Load(url, perSecond);
    try {
      await act();
    } finally {
      await load.stop();
    }
    return load.answers();
  }

  private constructor(
    private readonly url: string,
    perSecond: number,
  ) {
    this.timer = setInterval(() => {
      const request = this.send().finally(() => this.pending.delete(request));
      this.pending.add(request);
    }, 1000 / perSecond);
  }

  private async stop(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all(this.pending);
  }

  private answers(): Answers {
    return { sent: this.sent, failed: this.failed };
  }

  private async send(): Promise<void> {
    this.sent += 1;
    try {
      const { status, body } = await fetch(this.url, { signal: AbortSignal.timeout(30_000) });
      await body?.cancel();
      if (status >= 500) this.failed.push(String(status));
    } catch (error) {
      this.failed.push(String(error));
    }
  }
}
