import {
  CancelKeyDeletionCommand,
  CreateAliasCommand,
  EnableKeyCommand,
  EnableKeyRotationCommand,
  GetKeyRotationStatusCommand,
  ListResourceTagsCommand,
  TagResourceCommand,
} from '@aws-sdk/client-kms';
import type { Setting } from './setting';
import { findKey, type StateKey } from './state-key';
import { tagDeviation } from './tag-deviation';

/** Without the key no state can be read, so a disabled one is enabled and one that is due for deletion is kept. */
export const keyUsable: Setting<StateKey> = {
  title: 'KMS key',
  deviation: async ({ kms, id }) => {
    const { KeyState: state, DeletionDate: date } = (await findKey(kms, id)) ?? {};
    if (state === 'Enabled') return undefined;
    return date ? `due for deletion on ${date.toISOString().slice(0, 10)}` : String(state).toLowerCase();
  },
  set: async ({ kms, id }) => {
    const key = await findKey(kms, id);
    if (key?.KeyState === 'PendingDeletion') await kms.send(new CancelKeyDeletionCommand({ KeyId: id }));
    await kms.send(new EnableKeyCommand({ KeyId: id }));
  },
};

/** The backend knows the key by this name only. */
export const keyAlias: Setting<StateKey> = {
  title: 'key alias',
  deviation: async ({ kms, alias }) => ((await findKey(kms, alias)) === undefined ? 'missing' : undefined),
  set: async ({ kms, id, alias }) => {
    await kms.send(new CreateAliasCommand({ AliasName: alias, TargetKeyId: id }));
  },
};

/** A new key each year, old states stay readable: https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html */
export const keyRotation: Setting<StateKey> = {
  title: 'key rotation',
  deviation: async ({ kms, id }) => {
    const { KeyRotationEnabled } = await kms.send(new GetKeyRotationStatusCommand({ KeyId: id }));
    return KeyRotationEnabled === true ? undefined : 'off';
  },
  set: async ({ kms, id }) => {
    await kms.send(new EnableKeyRotationCommand({ KeyId: id }));
  },
};

/** R0.9. */
export const keyTags: Setting<StateKey> = {
  title: 'key tags',
  deviation: async ({ kms, id, tags }) => {
    const { Tags: found } = await kms.send(new ListResourceTagsCommand({ KeyId: id, Limit: 50 }));
    return tagDeviation(Object.fromEntries((found ?? []).map(({ TagKey, TagValue }) => [TagKey, TagValue])), tags);
  },
  set: async ({ kms, id, tags }) => {
    const Tags = Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
    await kms.send(new TagResourceCommand({ KeyId: id, Tags }));
  },
};
