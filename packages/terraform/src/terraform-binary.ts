/** The Terraform or OpenTofu that runs the stacks. */
export interface TerraformBinary {
  /** What to execute: an absolute path, or a bare name that is looked up on PATH. */
  readonly path: string;
  /** Such as `1.11.4`. */
  readonly version: string;
  readonly product: TerraformProduct;
}

export type TerraformProduct = 'terraform' | 'opentofu';

/** Minor versions of major version 1: S3 state with a native lock file (`use_lockfile`) decides the lower bounds. */
const lowestMinor: Readonly<Record<TerraformProduct, number>> = { terraform: 11, opentofu: 10 };

/** For messages: what a machine must have. */
export const SUPPORTED_VERSIONS = 'Terraform >= 1.11 < 2 or OpenTofu >= 1.10 < 2';

/** Whether a binary can run the stacks. Pre-releases count as the version that they lead to. */
export function fits({ product, version }: Pick<TerraformBinary, 'product' | 'version'>): boolean {
  const [major, minor] = version.split('.');
  return major === '1' && Number(minor) >= lowestMinor[product];
}
