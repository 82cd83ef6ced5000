import { createHash } from 'node:crypto';
import { limits, type NameLimit, type ResourceType } from './limits';

/** The maximum length of a suffix, which keeps names readable within AWS's limit of 32 for load balancers. */
export const MAX_SUFFIX_LENGTH = 16;

/**
 * The prefix of tags that keep an image: the lifecycle policy of the repository has a separate rule for them. Releases add and remove these
 * tags.
 */
export const KEPT_IMAGE_TAG_PREFIX = 'nightshift-keep-';

/** Lower-case letters and digits in groups joined by single hyphens, which every service accepts in names. */
export const SUFFIX_PATTERN = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

const HASH_LENGTH = 6;

/** Creates the names of one environment, `{type}-{suffix}` or `{type}-{qualifier}-{suffix}` (R0.8). */
export interface Names {
  readonly suffix: string;
  /**
   * The name of a resource: a string that is valid for its type. A name that is too long is shortened, with a hash of the full name before
   * the suffix to keep it unique.
   * @throws {Error} when the type is unknown or the characters are not allowed.
   */
  of(type: ResourceType, qualifier?: string): string;
}

export function namesFor(suffix: string): Names {
  return { suffix, of: (type, qualifier) => nameOf(type, qualifier, suffix) };
}

function nameOf(type: ResourceType, qualifier: string | undefined, suffix: string): string {
  const limit: NameLimit | undefined = limits[type];
  if (!limit) throw new Error(`names: '${String(type)}' is not a resource type in packages/naming/src/limits.ts`);
  const prefix = limit.prefix ?? '';
  const name = suffixed(prefix + [type, qualifier].filter(Boolean).join('-'), suffix, limit.maxLength);
  if (!limit.pattern.test(name)) {
    throw new Error(`names: '${name}' is not a legal name for a ${type}; AWS allows ${limit.pattern.source}`);
  }
  return name;
}

/** `{name}-{suffix}`. A name longer than `maxLength` is shortened, with a hash of the full name to keep it unique. */
export function suffixed(name: string, suffix: string, maxLength: number): string {
  const whole = `${name}-${suffix}`;
  if (whole.length <= maxLength) return whole;
  const hash = createHash('sha256').update(whole).digest('hex').slice(0, HASH_LENGTH);
  const tail = `-${hash}-${suffix}`;
  return whole.slice(0, maxLength - tail.length).replace(/-+$/, '') + tail;
}
