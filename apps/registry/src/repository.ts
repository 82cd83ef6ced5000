import { EcrLifecyclePolicy } from '@cdktf/provider-aws/lib/ecr-lifecycle-policy';
import { EcrRepository } from '@cdktf/provider-aws/lib/ecr-repository';
import { EncryptionKey, PlatformStack } from '@nightshift/stack';
import { Construct } from 'constructs';
import { lifecyclePolicy } from './lifecycle-policy';

export interface RepositoryProps {
  /** How many of the newest images stay. */
  readonly keepImages: number;
  readonly keyDeletionWindowDays: number;
}

/** Images of the batch processor: immutable, encrypted with a key of their own and scanned as they arrive (R2.1, R2.2). */
export class Repository extends Construct {
  readonly name: string;
  readonly arn: string;
  readonly url: string;

  constructor(scope: Construct, id: string, { keepImages, keyDeletionWindowDays }: RepositoryProps) {
    super(scope, id);
    const { names } = PlatformStack.of(this);
    const key = new EncryptionKey(this, 'Key', {
      qualifier: 'registry',
      description: 'Container images',
      deletionWindowDays: keyDeletionWindowDays,
    });
    const repository = new EcrRepository(this, 'Resource', {
      name: names.of('ecr-repository'),
      imageTagMutability: 'IMMUTABLE',
      imageScanningConfiguration: { scanOnPush: true },
      // AWS needs no statement in the key's policy: ECR makes a grant for itself in the name of whoever creates the repository.
      // https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html
      encryptionConfiguration: [{ encryptionType: 'KMS', kmsKey: key.arn }],
      forceDelete: true,
    });
    new EcrLifecyclePolicy(this, 'Lifecycle', {
      repository: repository.name,
      policy: lifecyclePolicy(keepImages),
    });
    this.name = repository.name;
    this.arn = repository.arn;
    this.url = repository.repositoryUrl;
  }
}
