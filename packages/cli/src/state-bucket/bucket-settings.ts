import { tlsOnly } from './bucket-policy';
import { bucketTags } from './bucket-tags';
import { defaultEncryption } from './default-encryption';
import { lifecycle } from './lifecycle';
import { accessLogging } from './log-bucket';
import { objectOwnership } from './object-ownership';
import { publicAccessBlock } from './public-access-block';
import type { Setting } from './setting';
import type { StateBucket } from './state-bucket';
import { versioning } from './versioning';

/** What makes a bucket fit for state, in the order in which it is set: what keeps others out comes first. */
export const bucketSettings: readonly Setting<StateBucket>[] = [
  publicAccessBlock,
  objectOwnership,
  tlsOnly,
  defaultEncryption,
  versioning,
  lifecycle,
  accessLogging,
  bucketTags,
];
