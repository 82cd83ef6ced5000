import type { Problem } from '@nightshift/errors';

/** How a release ended for the one who watched it. */
export type End =
  | { readonly kind: 'succeeded' }
  /** It failed, and the former version has all the traffic. */
  | { readonly kind: 'rolled-back'; readonly cause: string }
  /** It failed, and the way back failed too: a person must look. */
  | { readonly kind: 'rollback-failed'; readonly cause: string }
  /** Somebody asked for it, and the former version has all the traffic. */
  | { readonly kind: 'stopped' }
  /** It goes on, unwatched. `cause`: it should have ended long ago. */
  | { readonly kind: 'detached'; readonly cause?: string }
  /** Nothing was changed. */
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

const exitCodes = {
  succeeded: 0,
  refused: 1,
  'rolled-back': 10,
  'rollback-failed': 11,
  stopped: 12,
  detached: 13,
} as const satisfies Record<End['kind'], number>;

/** What a command ends with that has waited for this end. */
export function exitCodeOf({ kind }: End): number {
  return exitCodes[kind];
}
