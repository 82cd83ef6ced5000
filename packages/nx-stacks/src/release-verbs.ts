/** The stack whose service is released. */
export const RELEASED_STACK = 'compute';

/** Its targets for releases, and the `nightshift` verbs of the same name. */
export const releaseVerbs = {
  release: 'Replaces the version that runs, without a dropped request, and watches: --image <tag or digest>.',
  rollback: 'Goes back to the last good release that is recorded, and watches.',
} as const;

export function isReleaseVerb(target: string): target is keyof typeof releaseVerbs {
  return Object.hasOwn(releaseVerbs, target);
}
