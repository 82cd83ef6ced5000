import type { LocalClouds, ProcessVariables } from '@nightshift/aws-access';
import type { Environment } from '@nightshift/config';
import type { Keyboard, KeyPresses, ProcessControl, Terminal, Time } from '@nightshift/console';
import type {
  Directories,
  Identifiers,
  StackTraces,
  StateStorage,
  Synthesis,
  TerraformHandoff,
  TerraformRunner,
} from '@nightshift/stack-run';
import type { SynthesizedStacks } from '@nightshift/platform';
import type { Report } from '@nightshift/policy';

export interface CheckedSynthesis {
  /** Writes the stacks of an environment into a directory, unless the policy check finds an error. */
  readonly synthesize: (environment: Environment, directory: string) => Promise<Report>;
  /** The stacks of an environment as they would be written, without a policy check. */
  readonly synthesizedStacks: (environment: Environment) => Promise<SynthesizedStacks>;
}

/**
 * The outside world. Only `process-effects.ts` makes the real one, and only the `register` of a verb receives all of it; every other
 * function takes the parts that it uses, such as `Terminal & Time`.
 */
export type Effects = Terminal &
  Keyboard &
  KeyPresses &
  Time &
  ProcessVariables &
  Directories &
  ProcessControl &
  Identifiers &
  StackTraces &
  Synthesis &
  CheckedSynthesis &
  LocalClouds &
  TerraformHandoff &
  StateStorage &
  TerraformRunner;
