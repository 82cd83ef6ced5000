import type { ReleaseRecord, ReleaseVersion } from '../record';

/** A version that can be brought back. */
export type GoodVersion = ReleaseVersion & { readonly taskDefinition: string };

/**
 * The version to go back to: of the newest release that succeeded and brought another one than runs now. A version that a later rollback
 * went away from was not good, whatever CodeDeploy said of it. Where no release is left, what ran before the first of them.
 * @param records newest first.
 */
export function lastGoodVersion(records: readonly ReleaseRecord[], running: ReleaseVersion): GoodVersion | undefined {
  const left = new Set([running.taskDefinition]);
  const succeeded = records.filter(({ outcome }) => outcome === 'succeeded');
  for (const { kind, from, to } of succeeded) {
    if (!left.has(to.taskDefinition)) return to as GoodVersion;
    if (kind === 'rollback') left.add(from.taskDefinition);
  }
  const before = succeeded.at(-1)?.from;
  return before && !left.has(before.taskDefinition) ? (before as GoodVersion) : undefined;
}
