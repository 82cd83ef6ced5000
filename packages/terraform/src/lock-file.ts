import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Pins the AWS provider of all stacks: version and checksums. Committed beside this package's `package.json`. */
export const LOCK_FILE = join(__dirname, '..', '.terraform.lock.hcl');

/** The address of the one provider that needs installing, as mirrors lay it out. */
export const PROVIDER = 'registry.terraform.io/hashicorp/aws';

/** The pinned version of the AWS provider, such as `5.100.0`. @throws {Error} when the lock file names none. */
export function lockedProviderVersion(lockFile = LOCK_FILE): string {
  const [, version] = /^\s*version\s*=\s*"([^"]+)"/m.exec(readFileSync(lockFile, 'utf8')) ?? [];
  if (version === undefined) throw new Error(`${lockFile}: no version of ${PROVIDER}`);
  return version;
}
