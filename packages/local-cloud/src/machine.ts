import type { ProcessEnvironment } from './cloud-environment';

/** A program without a shell, and all of its variables. */
export interface ProgramRequest {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: ProcessEnvironment;
  /** @default - the current one */
  readonly cwd?: string;
}

export interface ProgramResult {
  /** Undefined if it could not be started or a signal ended it. */
  readonly exitCode: number | undefined;
  /** Standard output and standard error. */
  readonly output: string;
}

export interface ServerRequest extends ProgramRequest {
  /** The log of standard output and standard error; emptied first. */
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
  /** Runs a program to its end. Never rejects because of the program. */
  readonly run: (request: ProgramRequest) => Promise<ProgramResult>;
  /** Starts a program in the background that continues after this process; returns its process id. */
  readonly start: (request: ServerRequest) => Promise<number>;
}

/** Finds and ends processes of this machine. */
export interface Processes {
  /** The id of this process. */
  readonly pid: number;
  readonly isAlive: (pid: number) => boolean;
  readonly terminate: (pid: number) => void;
}

/** Sends requests to servers on this machine. */
export interface JsonClient {
  /** Undefined without a JSON response in time. */
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

/** The parts of this machine that the local cloud uses. */
export interface Machine extends Programs, Processes, JsonClient, Ports, Clock {}
