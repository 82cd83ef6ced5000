import type { Environment } from '@nightshift/config';

/** A synthesized stack of an environment that a verb acts on. */
export interface ChosenStack {
  /** Such as `network`. */
  readonly name: string;
  readonly environment: Environment;
  /** Relative to the workspace, for messages: `cdktf.out/<suffix>/stacks/<stack>`. */
  readonly directory: string;
  readonly absoluteDirectory: string;
  /** Where the resource at an address stands in the construct tree, such as `network/Vpc/Resource`. */
  readonly constructPath: (address: string) => string | undefined;
  /** Names of all stacks of the environment, this one included. */
  readonly siblings: readonly string[];
  /** Names of the stacks that read its values, directly or through others. */
  readonly dependents: readonly string[];
}
