import { join } from 'node:path';
import { listEnvironments } from '@nightshift/config';
import { UserError } from '@nightshift/errors';
import type { Effects } from '../effects';

/** The region for a program that talks to the local cloud: the user's own, else that of the environment there. */
export function localRegion({ env, root }: Pick<Effects, 'env' | 'root'>): string | undefined {
  const own = [env['AWS_REGION'], env['AWS_DEFAULT_REGION']].find(Boolean);
  if (own) return own;
  try {
    return listEnvironments(join(root, 'environments')).find(({ cloud }) => cloud === 'local')?.region;
  } catch (error) {
    // A broken environment file must not keep a program from running.
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
