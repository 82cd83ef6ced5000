import type { TerraformRuns } from '../effects';

/** What a run offers to the work in it beside the stack's own Terraform. */
export interface RunContext {
  /** Terraform in another directory that holds a `cdk.tf.json`: shown, interrupted and counted as part of this run. */
  readonly terraformIn: (directory: string) => Promise<TerraformRuns>;
  /** Tells the user something while the run goes on. */
  readonly note: (text: string) => void;
}
