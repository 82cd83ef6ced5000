import { describeProblem, UserError } from '@nightshift/errors';

/** Problems with files, and their fixes; https://nodejs.org/api/errors.html#common-system-errors */
const FILE_ERRORS: Readonly<Record<string, readonly [what: string, todo: string]>> = {
  ENOSPC: ['the disk is full', 'free space, then run the same command again'],
  EDQUOT: ['the disk quota is used up', 'free space, then run the same command again'],
  EROFS: ['the file system is read-only', 'use a writable copy of the workspace'],
  EACCES: ['access is denied', 'grant your user read and write access'],
  EPERM: ['access is denied', 'grant your user read and write access'],
};

/** The user can fix a full disk, a workspace without write access, and a missing package. */
export function asUserError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof UserError) return error;
  const { code = '', path, message } = error as NodeJS.ErrnoException;
  const [what, todo] = FILE_ERRORS[code] ?? [];
  // Writing to a file that is open names no path.
  const where = path ?? (code === 'ENOSPC' || code === 'EDQUOT' ? 'this machine' : undefined);
  if (what !== undefined && todo !== undefined && where !== undefined) {
    return new UserError({ where, what, got: code, todo });
  }
  const [, name] = code === 'MODULE_NOT_FOUND' ? (/^Cannot find module '([^']+)'/.exec(message) ?? []) : [];
  if (name === undefined) return error;
  return new UserError({ where: 'node_modules', what: 'package not found', got: name, todo: 'run npm ci' });
}

/**
 * Writes a record of finished work. A failure to write it is only a warning.
 * @param what such as `the report`.
 */
export async function keepRecord(
  what: string,
  write: () => Promise<unknown>,
  warn: (text: string) => void,
): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (thrown) {
    const error = asUserError(thrown);
    if (!(error instanceof UserError) && !('code' in Object(thrown))) throw thrown;
    const reason =
      error instanceof UserError ? error.problems.map(describeProblem).join('; ') : (thrown as Error).message;
    warn(`cannot save ${what}: ${reason}`);
    return false;
  }
}
