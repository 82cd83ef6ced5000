/** What the registry offers to other stacks. Values are references. */
export interface RegistryOutputs {
  readonly repository_name: string;
  readonly repository_arn: string;
  /** Without a tag or digest: `<account>.dkr.ecr.<region>.amazonaws.com/<name>`. */
  readonly repository_url: string;
}
