import { UserError } from '@nightshift/errors';
import { hasImage } from '../image';
import { versionName } from '../image/image-name';
import type { ReleaseRecord, ReleaseVersion } from '../record';
import { releaseHistory } from '../records/release-history';
import type { ReleaseContext } from '../release-context';

/** The number of releases to search. */
const RECORDS = 100;

type Context = Pick<ReleaseContext, 'clients' | 'target'>;

/** The version that a rollback brings back. */
export interface RollbackVersion {
  readonly version: GoodVersion;
  /** Preferred versions whose images are no longer in the repository. */
  readonly skipped: readonly ReleaseVersion[];
}

/**
 * The version that a rollback brings back: of the release that the user names, or of the last good one whose image still exists.
 * @param to the id of a release, or the start of one.
 * @throws {UserError} when there is none.
 */
export async function rollbackVersion(
  context: Context,
  running: ReleaseVersion,
  to: string | undefined,
): Promise<RollbackVersion> {
  const { records } = await releaseHistory(context, RECORDS);
  if (to !== undefined) return { version: await namedVersion(context, records, running, to), skipped: [] };
  const skipped: GoodVersion[] = [];
  for (const version of goodVersions(records, running)) {
    if (await hasImage(context.clients.ecr, context.target.repository, version)) return { version, skipped };
    skipped.push(version);
  }
  throw noGoodVersion(context, records, skipped);
}

function noGoodVersion({ target }: Context, records: readonly ReleaseRecord[], skipped: readonly GoodVersion[]) {
  const count = `${String(records.length)} on record`;
  const gone = `none whose image is still in the repository (${skipped.map(versionName).join(', ')})`;
  const none = 'none that succeeded with another version';
  return new UserError({
    where: `releases of ${target.suffix}`,
    what: 'no good release to roll back to',
    got: records.length === 0 ? 'no releases on record' : `${count}, ${skipped.length === 0 ? none : gone}`,
    todo: `release an image instead: ${target.commands.nxRun('compute', 'release')} --image <tag>`,
  });
}

/** The version of one release. */
async function namedVersion(
  { clients, target }: Context,
  records: readonly ReleaseRecord[],
  running: ReleaseVersion,
  id: string,
): Promise<GoodVersion> {
  const found = records.filter((record) => record.id.startsWith(id));
  const [record] = found;
  const todo = `use the id of one that succeeded: ${target.commands.nightshift('release history')}`;
  const refuse = (what: string, got: string) => new UserError({ where: 'nightshift rollback --to', what, got, todo });
  if (!record) throw refuse('no such release', id);
  if (found.length > 1) throw refuse(`${String(found.length)} releases have an id that starts like this`, id);
  const { outcome, to } = record;
  if (outcome !== 'succeeded') throw refuse('the release did not succeed', `${id}: ${outcome ?? 'in progress'}`);
  if (to.taskDefinition === running.taskDefinition) {
    throw new UserError({
      where: 'nightshift rollback --to',
      what: `release ${id} (${versionName(to)}) already runs; nothing to roll back`,
      todo: `use the id of another release that succeeded: ${target.commands.nightshift('release history')}`,
    });
  }
  if (await hasImage(clients.ecr, target.repository, to)) return to as GoodVersion;
  throw refuse('the image of the release is not in the repository any more', `${id}: ${versionName(to)}`);
}

/** A version that can be brought back. */
type GoodVersion = ReleaseVersion & { readonly taskDefinition: string };

/**
 * The versions for a rollback, the best first: those of successful releases, newest first, without the running version. A version that a
 * later rollback replaced is not good, even if its release succeeded. The last one ran before the oldest of these releases.
 * @param records newest first.
 */
export function goodVersions(records: readonly ReleaseRecord[], running: ReleaseVersion): readonly GoodVersion[] {
  const left = new Set([running.taskDefinition]);
  const good: GoodVersion[] = [];
  const add = (version: ReleaseVersion) => {
    if (!left.has(version.taskDefinition)) good.push(version as GoodVersion);
    left.add(version.taskDefinition);
  };
  const succeeded = records.filter(({ outcome }) => outcome === 'succeeded');
  for (const { kind, from, to } of succeeded) {
    add(to);
    if (kind === 'rollback') left.add(from.taskDefinition);
  }
  const first = succeeded.at(-1);
  if (first) add(first.from);
  return good;
}
