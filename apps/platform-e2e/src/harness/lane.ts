type Act = () => Promise<void>;

/** How a test is declared: Jest's `it`, or that of a lane. */
export type Test = (title: string, act: Act) => void;

/**
 * Tests that go on beside others, one after the other. They begin with the lane, and are reported where they are declared: most of
 * what a deployment takes is waiting.
 */
export class Lane {
  private readonly waiting: Act[] = [];

  readonly it: Test = (title, act) => {
    const end = new Promise<void>((resolve, reject) => {
      this.waiting.push(() => act().then(resolve, reject));
    });
    // Whoever asks is told.
    end.catch(() => undefined);
    it(title, () => end);
  };

  async begin(): Promise<void> {
    for (const act of this.waiting) await act();
  }
}
