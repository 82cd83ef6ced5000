import type { Attributes } from './value';

/** What a rule can be about: a resource, or a whole stack. */
export interface Subject {
  readonly stack: string;
  /** As Terraform calls it: `aws_vpc.Vpc_8378EB38`; of a stack, its name. */
  readonly address: string;
  /** Where it is in the construct tree: `network/Vpc/Resource`. Of what was not made by constructs, the address. */
  readonly path: string;
}

export interface Resource extends Subject {
  readonly kind: 'managed' | 'data';
  readonly type: string;
  readonly attributes: Attributes;
}

export interface Output {
  readonly name: string;
  readonly attributes: Attributes;
}

/** One state: its resources, and what Terraform is told beside them. */
export interface Stack extends Subject {
  /** The `terraform` block: backend, versions. */
  readonly terraform: Attributes;
  /** Configurations of providers by the provider's name. */
  readonly providers: Attributes;
  readonly outputs: readonly Output[];
  readonly resources: readonly Resource[];
}
