import type { ProcessEnvironment, RunProcess } from './run-process';
import type { TerraformBinary } from './terraform-binary';
import type { TerraformEvent } from './terraform-event';

export interface TerraformOptions {
  readonly binary: TerraformBinary;
  /** A synthesized stack: `cdktf.out/<suffix>/stacks/<stack>`, which holds `cdk.tf.json`. */
  readonly directory: string;
  /** The whole environment of Terraform, such as the `env` that `findProviders` returns. */
  readonly env: ProcessEnvironment;
  readonly onEvent: (event: TerraformEvent) => void;
  /** Fires on the first Ctrl-C: Terraform is asked to stop and waited for, however long it takes. */
  readonly interrupt?: AbortSignal | undefined;
  /** Fires on the second Ctrl-C: Terraform is asked once more and gives up at once, perhaps leaving a lock behind. */
  readonly kill?: AbortSignal | undefined;
  /** How long to wait for a state lock that another run holds. @default - 10 */
  readonly lockTimeoutSeconds?: number | undefined;
  /** What follows `-c` in the commands that errors suggest. @default - the suffix in `directory` */
  readonly configuration?: string | undefined;
  /** @default - the committed one */
  readonly lockFile?: string | undefined;
  /** @default - a real process */
  readonly run?: RunProcess | undefined;
}
