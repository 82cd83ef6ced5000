import { KmsAlias } from '@cdktf/provider-aws/lib/kms-alias';
import { KmsKey } from '@cdktf/provider-aws/lib/kms-key';
import { Construct } from 'constructs';
import { accountAdministers } from './key-statements';
import { PlatformStack } from './platform-stack';
import { policyDocument, type Statement } from './statement';

export interface EncryptionKeyProps {
  /** Its part of the alias: `alias/kms-key-{qualifier}-{suffix}`. */
  readonly qualifier: string;
  /** What it encrypts. */
  readonly description: string;
  /** How long it can be brought back after its deletion. */
  readonly deletionWindowDays: number;
  /** Which services may use it, beside those that act on behalf of a caller. @default - none */
  readonly users?: readonly Statement[];
}

/** A key of the environment's own, rotated every year, with its policy in place before anyone uses it (R8.2, R0.10). */
export class EncryptionKey extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    const { qualifier, description, deletionWindowDays, users = [] } = props;
    const stack = PlatformStack.of(this);
    const key = new KmsKey(this, 'Resource', {
      description,
      enableKeyRotation: true,
      deletionWindowInDays: deletionWindowDays,
      // Inline: with a policy of its own resource, a log group could be created before the key admits CloudWatch Logs.
      policy: policyDocument([accountAdministers(stack), ...users]),
      tags: { Name: `kms-key-${qualifier}-${stack.suffix}` },
    });
    new KmsAlias(this, 'Alias', { name: stack.names.of('kms-key', qualifier), targetKeyId: key.keyId });
    this.arn = key.arn;
  }
}
