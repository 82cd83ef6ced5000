import type { ProcessEnvironment } from './cloud-environment';

/** A program without a shell, and the whole of its environment. */
export interface ProgramRequest {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: ProcessEnvironment;
  /** @default - the current one */
  readonly cwd?: string;
}

export interface ProgramResult {
  /** Undefined when it could not be started or a signal ended it. */
  readonly exitCode: number | undefined;
  /** Standard output and standard error as they came. */
  readonly output: string;
}

export interface ServerRequest extends ProgramRequest {
  /** Emptied first; gets standard output and standard error. */
  readonly logFile: string;
}

export interface Question {
  /** @default - GET */
  readonly method?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Sent as JSON. @default - none */
  readonly body?: unknown;
}

export interface JsonAnswer {
  readonly status: number;
  readonly content: unknown;
}

/** Runs programs of this machine. */
export interface Programs {
  /** Runs a program to its end. Never rejects because of what the program does. */
  readonly run: (request: ProgramRequest) => Promise<ProgramResult>;
  /** Starts a program that outlives us and the terminal; gives its process id. */
  readonly start: (request: ServerRequest) => Promise<number>;
}

/** Looks at processes of this machine and ends them. */
export interface Processes {
  /** Our own process id. */
  readonly pid: number;
  readonly isAlive: (pid: number) => boolean;
  readonly terminate: (pid: number) => void;
}

/** Asks servers of this machine. */
export interface JsonClient {
  /** Undefined where nothing answers with JSON in time. */
  readonly ask: (url: string, question?: Question) => Promise<JsonAnswer | undefined>;
}

/** Ports of 127.0.0.1. */
export interface Ports {
  /** The error code of an attempt to listen on a port, such as `EADDRINUSE`; undefined if it succeeds. */
  readonly portProblem: (port: number) => Promise<string | undefined>;
  readonly freePort: () => Promise<number>;
}

export interface Clock {
  /** Milliseconds. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** Everything that the local cloud uses of the computer on which it runs. */
export interface Machine extends Programs, Processes, JsonClient, Ports, Clock {}
