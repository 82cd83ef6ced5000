import { FAKE_ACCOUNT, type Handlers, sdkError } from '@nightshift/testing/aws';

export interface FakeKey {
  readonly id: string;
  readonly arn: string;
  description: string;
  state: 'Enabled' | 'Disabled' | 'PendingDeletion';
  rotation: boolean;
  deletionDate?: Date | undefined;
  readonly tags: Map<string, string>;
}

interface Tag {
  readonly TagKey: string;
  readonly TagValue: string;
}

/** KMS in memory. */
export class FakeKms {
  readonly keys: FakeKey[] = [];
  /** Alias to key id. */
  readonly aliases = new Map<string, string>();

  create(description: string, tags: readonly Tag[] = []): FakeKey {
    const id = `key-${String(this.keys.length + 1)}`;
    const key: FakeKey = {
      id,
      arn: `arn:aws:kms:us-east-1:${FAKE_ACCOUNT}:key/${id}`,
      description,
      state: 'Enabled',
      rotation: false,
      tags: new Map(tags.map(({ TagKey, TagValue }) => [TagKey, TagValue])),
    };
    this.keys.push(key);
    return key;
  }

  /** @param name alias, id or ARN. */
  key(name: string): FakeKey {
    const wanted = this.aliases.get(name) ?? name;
    const key = this.keys.find(({ id, arn }) => id === wanted || arn === wanted);
    if (!key) throw sdkError('NotFoundException', `${name} is not found.`);
    return key;
  }

  get handlers(): Handlers {
    const key = (id: unknown) => this.key(id as string);
    return {
      DescribeKey: ({ KeyId }) => ({ KeyMetadata: metadata(key(KeyId)) }),
      CreateKey: ({ Description, Tags }) => ({
        KeyMetadata: metadata(this.create(Description as string, Tags as Tag[])),
      }),
      CreateAlias: ({ AliasName, TargetKeyId }) => this.aliases.set(AliasName as string, TargetKeyId as string),
      DeleteAlias: ({ AliasName }) => ({ deleted: this.aliases.delete(AliasName as string) }),
      EnableKey: ({ KeyId }) => Object.assign(key(KeyId), { state: 'Enabled' }),
      CancelKeyDeletion: ({ KeyId }) => Object.assign(key(KeyId), { state: 'Disabled', deletionDate: undefined }),
      ScheduleKeyDeletion: ({ KeyId, PendingWindowInDays }) => {
        const deletionDate = new Date(Date.UTC(2030, 0, 1 + (PendingWindowInDays as number)));
        Object.assign(key(KeyId), { state: 'PendingDeletion', deletionDate });
        return { DeletionDate: deletionDate };
      },
      GetKeyRotationStatus: ({ KeyId }) => ({ KeyRotationEnabled: key(KeyId).rotation }),
      EnableKeyRotation: ({ KeyId }) => Object.assign(key(KeyId), { rotation: true }),
      ListResourceTags: ({ KeyId }) => ({
        ...(key(KeyId).tags.size > 0 && {
          Tags: [...key(KeyId).tags].map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
        }),
      }),
      TagResource: ({ KeyId, Tags }) => {
        for (const { TagKey, TagValue } of Tags as Tag[]) key(KeyId).tags.set(TagKey, TagValue);
        return {};
      },
    };
  }
}

function metadata({ id, arn, description, state, deletionDate }: FakeKey): object {
  return { KeyId: id, Arn: arn, Description: description, KeyState: state, DeletionDate: deletionDate };
}
