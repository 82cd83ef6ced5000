import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import { DataAwsPartition } from '@cdktf/provider-aws/lib/data-aws-partition';
import { DataAwsRegion } from '@cdktf/provider-aws/lib/data-aws-region';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import type { Environment } from '@nightshift/config';
import { namesFor, type Names } from '@nightshift/naming';
import { DefaultTokenResolver, S3Backend, StringConcat, TerraformOutput, TerraformStack, Tokenization } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';

/** S3 state with a lock file of its own: Terraform 1.11 or OpenTofu 1.10. */
const REQUIRED_VERSION = '>= 1.10.0';

/**
 * With the host, because `hashicorp/aws` is a provider of another registry for OpenTofu. Both tools then read each other's lock file and
 * state. https://opentofu.org/docs/language/providers/requirements/#source-addresses
 */
const PROVIDER_SOURCE = 'registry.terraform.io/hashicorp/aws';

export interface PlatformStackProps {
  readonly environment: Environment;
}

/** What a stack offers to the others: a value, or a list of known length, by the name of its output. */
export type Published = Readonly<Record<string, string | readonly string[]>>;

/**
 * One stack of an environment: its own state (R0.1), the provider bound to region and account, and outputs that other stacks may
 * read because they were published, and no others (R0.2).
 */
export abstract class PlatformStack extends TerraformStack {
  /** What all names of the environment end in. */
  readonly suffix: string;
  readonly names: Names;
  /** AWS account id, AWS partition and region as Terraform learns them: no ARN holds a literal. */
  readonly account: string;
  readonly partition: string;
  readonly region: string;
  private readonly outputByReference = new Map<string, TerraformOutput>();

  constructor(scope: Construct, id: string, { environment }: PlatformStackProps) {
    super(scope, id);
    const { region, suffix, state, account } = environment;
    this.suffix = suffix;
    this.names = namesFor(suffix);

    new S3Backend(this, {
      bucket: state.bucket,
      key: `${suffix}/${id}.tfstate`,
      region,
      encrypt: true,
      // Without a key of its own Terraform asks for SSE-S3 and so overrides the bucket's default. The key carries the bucket's name.
      kmsKeyId: `alias/${state.bucket}`,
    });
    this.addOverride('terraform.backend.s3.use_lockfile', true);
    this.addOverride('terraform.required_version', REQUIRED_VERSION);
    this.addOverride('terraform.required_providers.aws.source', PROVIDER_SOURCE);
    new AwsProvider(this, 'Aws', { region, ...(account && { allowedAccountIds: [account.id] }) });
    this.account = new DataAwsCallerIdentity(this, 'Account').accountId;
    this.partition = new DataAwsPartition(this, 'Partition').partition;
    this.region = new DataAwsRegion(this, 'Region').name;
  }

  /** The stack that a construct belongs to. @throws {Error} when that is no platform stack. */
  static override of(construct: IConstruct): PlatformStack {
    const stack = TerraformStack.of(construct);
    if (!(stack instanceof PlatformStack)) throw new Error(`${construct.node.path} is not inside a PlatformStack`);
    return stack;
  }

  /**
   * Offers values to other stacks as outputs that people can read too. A list becomes one output an element: `subnet_ids_0`,
   * `subnet_ids_1`, … The values come back for use as `outputs` of the stack.
   * @throws {Error} when a value is no reference to a resource.
   */
  protected publish<T extends Published>(values: T): T {
    for (const [name, value] of Object.entries(values)) {
      const elements =
        typeof value === 'string'
          ? [[name, value] as const]
          : value.map((item, index) => [`${name}_${index}`, item] as const);
      for (const [output, token] of elements) {
        const reference = this.referenceOf(output, token);
        this.outputByReference.set(reference, new TerraformOutput(this, output, { value: token, staticId: true }));
      }
    }
    return values;
  }

  /**
   * Keeps resources whose construct was renamed: Terraform moves them in the state and destroys nothing.
   * https://developer.hashicorp.com/terraform/language/moved
   * @param addresses the new address of each resource by its old address, as `plan` prints them.
   */
  protected moveTo(addresses: Readonly<Record<string, string>>): void {
    this.addOverride(
      'moved',
      Object.entries(addresses).map(([from, to]) => ({ from, to })),
    );
  }

  /**
   * CDKTF calls this with `aws_vpc.Vpc.id` when another stack uses that value. Its own way would make an output that is
   * named after the address, is marked as sensitive and vanishes with its last reader.
   */
  override registerOutgoingCrossStackReference(reference: string): TerraformOutput {
    const output = this.outputByReference.get(reference);
    if (!output) throw new Error(`stack ${this.node.id} does not publish ${reference}, which another stack reads`);
    return output;
  }

  private referenceOf(output: string, token: string): string {
    const resolver = new DefaultTokenResolver(new StringConcat());
    const resolved = String(Tokenization.resolve(token, { scope: this, resolver, preparing: false }));
    const [, reference] = /^\$\{(.+)\}$/.exec(resolved) ?? [];
    if (reference === undefined) {
      throw new Error(
        `stack ${this.node.id} publishes ${output}, which is no reference to a resource but '${resolved}'`,
      );
    }
    return reference;
  }
}
