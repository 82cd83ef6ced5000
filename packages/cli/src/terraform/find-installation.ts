import type { FindTerraformOptions } from '@nightshift/terraform';
import type { Installation } from '../effects';

/** Terraform, then the provider in the environment that suits that Terraform. */
export async function findInstallation(options: FindTerraformOptions): Promise<Installation> {
  const { findProviders, findTerraform } = await import('@nightshift/terraform');
  const { binary, notices } = await findTerraform(options);
  const { env } = await findProviders(options);
  return { binary, env, notices };
}
