import type { Environment } from '@nightshift/config';
import type { SynthesizedStacks } from '@nightshift/platform';
import type { Report } from '@nightshift/policy';
import type { BalancerInUse, ReleaseDue, ReleaseRemains, UnhealthyService } from '@nightshift/release';
import type { StateObjects } from '@nightshift/state-bucket';
import type {
  ProcessEnvironment,
  ProviderHostProps,
  Terraform,
  TerraformBinary,
  TerraformOptions,
} from '@nightshift/terraform';

/** Terraform and the provider. */
export interface Installation {
  readonly binary: TerraformBinary;
  /** All variables of Terraform. */
  readonly env: ProcessEnvironment;
  /** Messages for the user about ignored settings. */
  readonly notices: readonly string[];
}

export type TerraformRuns = Pick<
  Terraform,
  'init' | 'plan' | 'apply' | 'destroy' | 'outputs' | 'show' | 'pushState' | 'forceUnlock'
>;

export interface Directories {
  /** The workspace's root directory: it holds `environments` and `cdktf.out`. */
  readonly root: string;
  /** The directory in which the user called the command. */
  readonly cwd: string;
}

export interface Identifiers {
  /** A random identifier. */
  readonly newId: () => string;
}

export interface StackTraces {
  /** Maps the positions of a stack trace to the sources. */
  readonly readableTrace: (trace: string) => string;
}

export interface Synthesis {
  /** Writes the stacks of an environment into a directory without a policy check: to inspect or destroy a stack that violates a rule. */
  readonly synthesizeUnchecked: (environment: Environment, directory: string) => Promise<void>;
  /** The policy check of synthesized stacks. */
  readonly checkPolicy: (environment: Environment, stacks: SynthesizedStacks) => Promise<Report>;
}

/** The state of releases for Terraform's verbs. */
export interface ReleaseHandoff {
  /** The changes that only a release can apply. */
  readonly pendingChanges: (environment: Environment) => Promise<ReleaseDue>;
  /** The ports of the running tasks. Empty without a service. */
  readonly portsInUse: (environment: Environment) => Promise<readonly number[]>;
  /** The load balancer of the tasks. Undefined without one. */
  readonly balancerInUse: (environment: Environment) => Promise<BalancerInUse | undefined>;
  /** Closes the newest release and restores auto-scaling if it ended unwatched. */
  readonly finishEnded: (environment: Environment) => Promise<ReleaseRemains>;
  /** Waits until a task is healthy, at most ten minutes. Returns the problem otherwise. */
  readonly awaitHealthyTask: (
    environment: Environment,
    onWait: () => void,
    signal: AbortSignal,
  ) => Promise<UnhealthyService | undefined>;
  /** Keeps the images that the service needs in the repository, and lets the others expire. */
  readonly keepImages: (environment: Environment) => Promise<void>;
  /** The log group of Container Insights, if it exists and is not in Terraform's state. */
  readonly strayLogGroup: (environment: Environment) => Promise<string | undefined>;
  /** Deletes it, repeatedly for some minutes if it was just in use, because AWS creates it again. Returns whether it existed. */
  readonly sweepLogGroup: (environment: Environment, wait: boolean, signal: AbortSignal) => Promise<boolean>;
  /** Deregisters all task definitions of the environment. Returns their ARNs. */
  readonly deregister: (environment: Environment) => Promise<readonly string[]>;
}

/** Releases, as Terraform's verbs see them. */
export interface TerraformHandoff {
  readonly releases: ReleaseHandoff;
}

/** The objects in the state bucket of an environment. */
export interface StateStorage {
  readonly stateObjects: (environment: Environment) => Promise<StateObjects>;
}

export interface RunnerOptions extends Omit<TerraformOptions, 'providerHost'> {
  /** Prints why there is no provider host. @default - each Terraform command starts a provider */
  readonly providerHost?: Pick<ProviderHostProps, 'note'> | undefined;
}

export interface TerraformRunner {
  /** Finds Terraform and its provider for a program environment, and downloads what is missing. */
  readonly installation: (env: ProcessEnvironment, onProgress: (message: string) => void) => Promise<Installation>;
  readonly terraform: (options: RunnerOptions) => Promise<TerraformRuns>;
}
