import { UserError } from '@nightshift/errors';
import type { ReleaseVersion } from '../record';
import { releaseHistory } from '../records/release-history';
import type { ReleaseContext } from '../release-context';
import { lastGoodVersion, type GoodVersion } from './last-good-version';

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
  const { environment } = context.target;
  throw new UserError({
    where: `releases of ${context.target.suffix}`,
    what: 'there is no good release to go back to',
    got:
      records.length === 0
        ? 'no release is recorded'
        : `${String(records.length)} recorded, none of another version that succeeded`,
    todo: `release the image that you want: npx nx run compute:release -c ${environment.name} --image <tag>`,
  });
}
