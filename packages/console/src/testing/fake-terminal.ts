import { createColors } from 'picocolors';
import type { Output, Terminal, Time } from '../terminal';

/** A terminal that keeps what is printed, with a clock that moves by hand. */
export class FakeTerminal implements Terminal, Time {
  readonly printed = { stdout: '', stderr: '' };
  watched = false;
  colours = createColors(false);
  columns = 80;
  rows = 24;
  private milliseconds = 0;
  private readonly tickers = new Set<{ readonly every: number; next: number; readonly tick: () => void }>();

  get stdout(): Output {
    return this.output('stdout');
  }

  get stderr(): Output {
    return this.output('stderr');
  }

  readonly now = (): Date => new Date(Date.UTC(2025, 0, 1) + this.milliseconds);
  readonly monotonic = (): number => this.milliseconds;

  readonly every = (milliseconds: number, tick: () => void): (() => void) => {
    const ticker = { every: milliseconds, next: this.milliseconds + milliseconds, tick };
    this.tickers.add(ticker);
    return () => this.tickers.delete(ticker);
  };

  /** Lets time pass; what is due happens. */
  advance(milliseconds: number): void {
    const end = this.milliseconds + milliseconds;
    for (const ticker of this.tickers) {
      for (; ticker.next <= end; ticker.next += ticker.every) {
        this.milliseconds = ticker.next;
        ticker.tick();
      }
    }
    this.milliseconds = end;
  }

  /** Intervals that still have a listener. */
  get listening(): number {
    return this.tickers.size;
  }

  private output(stream: 'stdout' | 'stderr'): Output {
    const width = () => this.columns;
    const height = () => this.rows;
    return {
      write: (text) => {
        this.printed[stream] += text;
      },
      isTerminal: this.watched,
      get columns() {
        return width();
      },
      get rows() {
        return height();
      },
      colours: this.colours,
    };
  }
}
