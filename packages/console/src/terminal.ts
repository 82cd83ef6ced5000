import type { spawn } from 'node:child_process';
import type { createColors } from 'picocolors';
import type { z } from 'zod';
import type { Immutable } from './json-line';

export type Colours = ReturnType<typeof createColors>;

/** Standard output or standard error. */
export interface Output {
  /** Writes text without a line break of its own. Does not throw when the reader has closed the pipe. */
  readonly write: (text: string) => void;
  /** Writes one line of JSON: a value of this schema, which is published. */
  readonly json: <Schema extends z.ZodType>(schema: Schema, value: Immutable<z.output<Schema>>) => void;
  readonly isTerminal: boolean;
  /** Width of the terminal. @default - 80 where there is no terminal */
  readonly columns: number;
  /** Height of the terminal. @default - 24 where there is no terminal */
  readonly rows: number;
  /** Functions that colour text, or return it unchanged where colours are off. */
  readonly colours: Colours;
}

/** Where a program prints. */
export interface Terminal {
  readonly stdout: Output;
  readonly stderr: Output;
  /** Whether the output is a terminal that neither CI nor Nx uses. */
  readonly watched: boolean;
}

/** The input of the user. */
export interface Keyboard {
  /** Whether input and output are a terminal. */
  readonly interactive: boolean;
  /** Asks and waits for a line. Gives an empty one after Ctrl-D. Only where `interactive`. @throws {InterruptedError} on Ctrl-C. */
  readonly ask: (question: string) => Promise<string>;
}

/** Single keys that the user presses. */
export interface KeyPresses {
  /**
   * Calls `listener` for each key that is pressed, at once and without an echo, until the returned function is called. Only where
   * `interactive`. Meanwhile Ctrl-C is a key (`\u0003`) and no signal.
   */
  readonly onKey: (listener: (key: string) => void) => () => void;
}

export interface Time {
  readonly now: () => Date;
  /** Milliseconds of a monotonic clock. */
  readonly monotonic: () => number;
  /** Calls `tick` at this interval until the returned function is called. Does not keep the process alive. */
  readonly every: (milliseconds: number, tick: () => void) => () => void;
}

/** Signals that ask the command to stop. */
export type StopSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

export interface ProcessControl {
  /** Sets the exit code of the process; 0 unless a verb sets it. */
  readonly exitWith: (code: number) => void;
  /** Calls `listener` for each signal until the returned function is called; in the meantime, signals do not end the process. */
  readonly onSignal: (listener: (signal: StopSignal) => void) => () => void;
  readonly spawn: typeof spawn;
}

const MERGED_MILLISECONDS = 2000;

/**
 * Calls `listener` for each signal until the returned function is called. In an Nx run, one Ctrl-C arrives more than once: from the
 * terminal, which signals the whole process group, and from Nx. Signals within two seconds are one.
 */
export function onDistinctSignal(
  { onSignal, monotonic }: Pick<ProcessControl, 'onSignal'> & Pick<Time, 'monotonic'>,
  listener: (signal: StopSignal) => void,
): () => void {
  let last = -Infinity;
  return onSignal((signal) => {
    if (monotonic() - last < MERGED_MILLISECONDS) return;
    last = monotonic();
    listener(signal);
  });
}

/** Prints a line that begins with `warning`. */
export function warnOn({ write, colours }: Pick<Output, 'write' | 'colours'>): (text: string) => void {
  return (text) => {
    write(`${colours.yellow('warning')} ${text}\n`);
  };
}
