import { z } from 'zod';
import { imageReference } from '../image/image-name';
import type { ReleaseVersion } from '../record';

export const changeKind = z
  .enum([
    'image',
    'size',
    'role',
    'command',
    'environment',
    'secret',
    'health-check',
    'limit',
    'port',
    'storage',
    'logging',
    'service',
    'other',
  ])
  .describe('The part of a task that changes. `service`: where the tasks run, and on what capacity.');

export type ChangeKind = z.output<typeof changeKind>;

const HIDDEN = '(hidden)';

/** Variables that should be secrets but are not. The output of a release masks their values. */
const SECRET_NAME = /pass(?:word|wd|phrase)|secret|token|credential|api_?key|access_?key/i;

/** `scheme://user:password@host` */
const PASSWORD_IN_URL = /(\w+:\/\/[^\s/:@]*:)[^\s/@]+(?=@)/g;

/** A value as it may be shown. */
export function valueToShow(kind: ChangeKind, what: string, value: string): string {
  switch (kind) {
    case 'environment':
    case 'command':
    case 'health-check':
    case 'logging':
    case 'other':
      return SECRET_NAME.test(what) ? HIDDEN : value.replace(PASSWORD_IN_URL, `$1${HIDDEN}`);
    // The source of a secret, never its value.
    case 'secret':
      return /^arn:[^:]*:ssm:[^:]*:[^:]*:parameter(\/.*)$/.exec(value)?.[1] ?? value;
    case 'role':
      return value.slice(value.lastIndexOf('/') + 1);
    case 'image':
      return value;
    case 'size':
    case 'limit':
    case 'port':
    case 'storage':
    case 'service':
      return value;
  }
}

/** Such as `1.4.2 (sha256:1a2b3c4d5e6f)`. @param version adds the tag or digest that the task definition lacks. */
export function shownImage(image: string, version: ReleaseVersion): string {
  const { tag = version.tag, digest = version.digest } = imageReference(image);
  const short = digest?.slice(0, 'sha256:'.length + 12);
  if (tag === undefined) return short ?? image;
  return short === undefined ? tag : `${tag} (${short})`;
}
