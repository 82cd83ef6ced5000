import type { Clock } from '../release-context';

/** A clock whose time passes only during `sleep`. */
export class FakeClock implements Clock {
  private milliseconds: number;
  /** Called after each sleep to advance the fakes. */
  onSleep: (milliseconds: number) => void = () => undefined;

  constructor(start: string) {
    this.milliseconds = Date.parse(start);
  }

  readonly now = (): Date => new Date(this.milliseconds);

  readonly sleep = (milliseconds: number): Promise<void> => {
    this.pass(milliseconds);
    this.onSleep(milliseconds);
    return Promise.resolve();
  };

  pass(milliseconds: number): void {
    this.milliseconds += milliseconds;
  }
}
