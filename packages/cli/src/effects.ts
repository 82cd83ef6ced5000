import type { spawn } from 'node:child_process';
import type { Environment } from '@nightshift/config';
import type { LocalCloud } from '@nightshift/local-cloud';
import type { SynthesizedStacks } from '@nightshift/platform';
import type { Report } from '@nightshift/policy';
import type { ProcessEnvironment, Terraform, TerraformBinary, TerraformOptions } from '@nightshift/terraform';
import type { createColors } from 'picocolors';
import type { ReleaseAgreement } from './stack-run/release-handoff';

export type Colours = ReturnType<typeof createColors>;

/** One end of the command's output. */
export interface Output {
  /** Writes as it stands; lines bring their own line break. Never throws because the reader has gone. */
  readonly write: (text: string) => void;
  readonly isTerminal: boolean;
  /** Width of the terminal. @default - 80 where there is no terminal */
  readonly columns: number;
  /** Height of the terminal. @default - 24 where there is no terminal */
  readonly rows: number;
  /** Functions that colour text, or leave it as it is where colours are not wanted. */
  readonly colours: Colours;
}

/** Signals that ask the command to stop. */
export type StopSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/** The Terraform and the provider to work with. */
export interface Installation {
  readonly binary: TerraformBinary;
  /** The whole environment of Terraform. */
  readonly env: ProcessEnvironment;
  /** Lines to show the user: what was ignored, and why. Mostly empty. */
  readonly notices: readonly string[];
}

export type TerraformRuns = Pick<
  Terraform,
  'init' | 'plan' | 'apply' | 'destroy' | 'outputs' | 'show' | 'pushState' | 'forceUnlock'
>;

/** Everything through which the command touches the world. Verbs get it passed in; only `process-effects.ts` makes the real one. */
export interface Effects {
  readonly stdout: Output;
  readonly stderr: Output;
  /** The process's environment as it was at the start. */
  readonly env: ProcessEnvironment;
  /** The file that a variable of `env` is from, such as `.env.local`, by the variable's name. Others are the shell's. */
  readonly envFiles: Readonly<Record<string, string | undefined>>;
  /** Where the user stands. */
  readonly cwd: string;
  /** The workspace's root directory: what holds `environments` and `cdktf.out`. */
  readonly root: string;
  /** A person looks at the terminal directly: neither CI nor Nx is in between. */
  readonly watched: boolean;
  /** Such a person can also answer. */
  readonly interactive: boolean;
  /** Asks and waits for a line. Only where `interactive`. */
  readonly ask: (question: string) => Promise<string>;
  /**
   * Calls `listener` for each key that is pressed, at once and unseen, until the returned function is called. Only where
   * `interactive`. Ctrl-C is a key meanwhile (`\u0003`) and no signal.
   */
  readonly onKey: (listener: (key: string) => void) => () => void;
  readonly now: () => Date;
  /** Milliseconds of a clock that only goes forward. */
  readonly monotonic: () => number;
  /** A random identifier. */
  readonly newId: () => string;
  /** Calls `tick` again and again until the returned function is called. Does not keep the process alive. */
  readonly every: (milliseconds: number, tick: () => void) => () => void;
  /** Calls `listener` for each signal until the returned function is called; meanwhile signals do not end the process. */
  readonly onSignal: (listener: (signal: StopSignal) => void) => () => void;
  readonly spawn: typeof spawn;
  /** Makes the places in a stack trace places in the sources. */
  readonly readableTrace: (trace: string) => string;
  /** Sets what the process ends with; 0 unless a verb says otherwise. */
  readonly exitWith: (code: number) => void;
  /** Writes the stacks of an environment into a directory, unless the policy check finds an error. */
  readonly synthesize: (environment: Environment, directory: string) => Promise<Report>;
  /** The same without a policy check: to inspect or destroy what violates a rule. */
  readonly synthesizeUnchecked: (environment: Environment, directory: string) => Promise<void>;
  /** The stacks of an environment as they would be written, without a policy check. */
  readonly synthesizedStacks: (environment: Environment) => Promise<SynthesizedStacks>;
  /** The policy check of stacks that were written before. */
  readonly checkPolicy: (environment: Environment, stacks: SynthesizedStacks) => Promise<Report>;
  readonly localCloud: () => Promise<LocalCloud>;
  /** What releases leave to Terraform, and it to them. */
  readonly releases: ReleaseAgreement;
  /** Finds Terraform and its provider for a program environment, and fetches what is missing. */
  readonly installation: (env: ProcessEnvironment, onProgress: (message: string) => void) => Promise<Installation>;
  readonly terraform: (options: TerraformOptions) => Promise<TerraformRuns>;
}
