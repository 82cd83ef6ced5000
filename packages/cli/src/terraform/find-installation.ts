import type { FindTerraformOptions } from '@nightshift/terraform';
import type { Installation } from '../effects';

/** Terraform, then the provider in the environment that suits that Terraform. */
export async function findInstallation(options: FindTerraformOptions): Promise<Installation> {
  const { findProviders, findTerraform } = await import('@nightshift/terraform');
  const terraform = await findTerraform(options);
  const providers = await findProviders({ env: terraform.env, cacheDirectory: options.cacheDirectory });
  return {
    binary: terraform.binary,
    env: providers.env,
    notices: [...terraform.notices, ...providers.notices],
  };
}
