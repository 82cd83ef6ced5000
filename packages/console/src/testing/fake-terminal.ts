import { spawn } from 'node:child_process';
import { isDeepStrictEqual } from 'node:util';
import { createColors } from 'picocolors';
import { z } from 'zod';
import type { Output, ProcessControl, StopSignal, Terminal, Time } from '../terminal';

/**
 * A terminal that keeps what is printed, with signals that a test sends and a clock that moves by hand. A line of JSON must say
 * exactly what its schema says.
 */
export class FakeTerminal implements Terminal, Time, Pick<ProcessControl, 'onSignal' | 'spawn'> {
  readonly printed = { stdout: '', stderr: '' };
  watched = false;
  colours = createColors(false);
  columns = 80;
  rows = 24;
  readonly spawn = spawn;
  private milliseconds = 0;
  private readonly signalListeners = new Set<(signal: StopSignal) => void>();
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

  /** Advances the clock, and runs the expired timers. */
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

  readonly onSignal = (listener: (signal: StopSignal) => void): (() => void) => {
    this.signalListeners.add(listener);
    return () => this.signalListeners.delete(listener);
  };

  signal(signal: StopSignal = 'SIGINT'): void {
    for (const listener of this.signalListeners) listener(signal);
  }

  /** Signals and intervals that still have a listener. */
  get listening(): number {
    return this.tickers.size + this.signalListeners.size;
  }

  private output(stream: 'stdout' | 'stderr'): Output {
    const width = () => this.columns;
    const height = () => this.rows;
    const write = (text: string) => {
      this.printed[stream] += text;
    };
    return {
      write,
      json: (schema, value) => {
        const line = JSON.stringify(value);
        requireComplete(schema, line);
        write(`${line}\n`);
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

/** @throws {Error} when a line does not match its schema, or has more fields. */
function requireComplete(schema: z.ZodType, line: string): void {
  const printed: unknown = JSON.parse(line);
  const known: unknown = z.encode(schema, z.decode(schema, printed as never));
  if (!isDeepStrictEqual(known, printed)) {
    throw new Error(`printed: ${line}\nin the schema: ${JSON.stringify(known)}`);
  }
}
