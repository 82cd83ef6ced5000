type Act = () => Promise<void>;

/** Declares a test: Jest's `it`, or that of a lane. */
export type Test = (title: string, act: Act) => void;

/**
 * Tests that run in sequence, in parallel with other lanes, since deployments mostly wait. They start with the lane, and are reported where
 * they are declared.
 */
export class Lane {
  private readonly waiting: Act[] = [];

  readonly it: Test = (title, act) => {
    const end = new Promise<void>((resolve, reject) => {
      this.waiting.push(() => act().then(resolve, reject));
    });
    // The error is reported where the result is awaited.
    end.catch(() => undefined);
    it(title, () => end);
  };

  async begin(): Promise<void> {
    for (const act of this.waiting) await act();
  }
}
