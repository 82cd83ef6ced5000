import type { Problem } from '@nightshift/errors';

/** The outcome of a release for the process that watched it. */
export type End =
  | { readonly kind: 'succeeded' }
  /** It failed, and the previous version has all the traffic. */
  | { readonly kind: 'rolled-back'; readonly cause: string }
  /** It failed, and the way back failed too: a person must look. */
  | { readonly kind: 'rollback-failed'; readonly cause: string }
  /** A user stopped it, and the previous version has all the traffic. */
  | { readonly kind: 'stopped' }
  /** It is still in progress and no longer watched. `cause`: why the watch ended. */
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

/** The exit code of a command that waited for this outcome. */
export function exitCodeOf({ kind }: End): number {
  return exitCodes[kind];
}
