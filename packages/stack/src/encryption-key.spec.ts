import { synthStack, testEnvironment } from '@nightshift/testing';
import { EncryptionKey, type EncryptionKeyProps } from './encryption-key';
import { eventsUseKey } from './key-statements';
import { PlatformStack } from './platform-stack';

class KeyStack extends PlatformStack {
  withKey(props: Partial<EncryptionKeyProps>): this {
    new EncryptionKey(this, 'Key', { qualifier: 'logs', description: 'Log groups', deletionWindowDays: 7, ...props });
    return this;
  }
}

const synth = (props: Partial<EncryptionKeyProps> = {}) =>
  synthStack((app) => new KeyStack(app, 'keys', { environment: testEnvironment() }).withKey(props));

describe('encryption key', () => {
  it('R8.2 has rotation, a name and the configured deletion window', () => {
    const stack = synth({ deletionWindowDays: 9 });
    expect(stack.resource('aws_kms_key', 'Key/Resource')).toMatchObject({
      enable_key_rotation: true,
      deletion_window_in_days: 9,
      description: 'Log groups',
    });
    expect(stack.resource('aws_kms_alias', 'Key/Alias')).toMatchObject({
      name: 'alias/kms-key-logs-test',
      target_key_id: stack.reference('aws_kms_key', 'Key/Resource', 'key_id'),
    });
  });

  it('allows only the account by default', () => {
    expect(synth().parsed('aws_kms_key', 'Key/Resource', 'policy')).toMatchObject({
      Statement: [
        {
          Sid: 'AccountAdministers',
          Principal: {
            AWS: 'arn:${data.aws_partition.Partition.partition}:iam::${data.aws_caller_identity.Account.account_id}:root',
          },
        },
      ],
    });
  });

  it('allows the given services', () => {
    expect(synth({ users: [eventsUseKey()] }).parsed('aws_kms_key', 'Key/Resource', 'policy')).toMatchObject({
      Statement: [{ Sid: 'AccountAdministers' }, { Sid: 'EventsUseKey' }],
    });
  });
});
