import { UserError } from '@nightshift/errors';
import type { ReleaseRecord, ReleaseVersion } from '../record';
import { releaseHistory } from '../records/release-history';
import type { ReleaseContext } from '../release-context';

/** How far back is looked. */
const RECORDS = 100;

/**
 * The version that a rollback brings back.
 * @throws {UserError} when there is none.
 */
export async function lastGoodRelease(
  context: Pick<ReleaseContext, 'clients' | 'target'>,
  running: ReleaseVersion,
): Promise<GoodVersion> {
  const { records } = await releaseHistory(context, RECORDS);
  const version = lastGoodVersion(records, running);
  if (version) return version;
  throw new UserError({
    where: `releases of ${context.target.suffix}`,
    what: 'no good release to roll back to',
    got:
      records.length === 0
        ? 'no releases on record'
        : `${String(records.length)} on record, none that succeeded with another version`,
    todo: `release an image instead: ${context.target.commands.nxRun('compute', 'release')} --image <tag>`,
  });
}

/** A version that can be brought back. */
type GoodVersion = ReleaseVersion & { readonly taskDefinition: string };

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
