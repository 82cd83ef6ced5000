import { PlatformStack, type PlatformStackProps } from '@nightshift/stack';
import type { Construct } from 'constructs';
import type { RegistryOutputs } from './registry-outputs';
import { Repository } from './repository';

/** Where the images of an environment are kept (R2). */
export class RegistryStack extends PlatformStack {
  readonly outputs: RegistryOutputs;

  constructor(scope: Construct, id: string, props: PlatformStackProps) {
    super(scope, id, props);
    const { registry, encryption } = props.environment;
    const repository = new Repository(this, 'Repository', {
      keepImages: registry.keepImages,
      keyDeletionWindowDays: encryption.deletionWindowDays,
    });
    this.outputs = this.publish({
      repository_name: repository.name,
      repository_arn: repository.arn,
      repository_url: repository.url,
    });
  }
}
