import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { readOptionalFile, writeFileAtomically } from '@nightshift/files';
import { type Platform, platformOf } from '../download-terraform';
import { PROVIDER } from '../provider-mirror';

/** An installed provider that is exactly the locked one. */
export interface LockedPackage {
  readonly binary: string;
  /** Such as `h1:Ijt7…`. */
  readonly checksum: string;
}

/**
 * The AWS provider that `terraform init` installed for a stack, if its checksum is in the stack's lock file. Terraform verifies this when
 * it starts a provider, but not for an attached provider.
 * https://developer.hashicorp.com/terraform/language/files/dependency-lock#checksum-verification
 *
 * @param directory of the stack.
 * @param cacheDirectory keeps checksums.
 */
export async function lockedPackage(
  directory: string,
  cacheDirectory: string,
  platform: Platform = platformOf(process),
): Promise<LockedPackage | undefined> {
  const lock = (await readOptionalFile(join(directory, '.terraform.lock.hcl'))) ?? '';
  const [, block = ''] = new RegExp(`^provider "${PROVIDER}" \\{([^}]*)^\\}`, 'm').exec(lock) ?? [];
  const [, version] = /^\s*version\s*=\s*"([^"]+)"/m.exec(block) ?? [];
  if (version === undefined) return undefined;
  const installed = join(directory, '.terraform', 'providers', PROVIDER, version, `${platform.os}_${platform.arch}`);
  const folder = await realpath(installed).catch(() => undefined);
  if (folder === undefined) return undefined;
  const files = await filesIn(folder);
  const binary = files.find((file) => basename(file).startsWith('terraform-provider-aws_'));
  const checksum = await checksumOf({ folder, files, cacheDirectory });
  if (binary === undefined || !block.includes(`"${checksum}"`)) return undefined;
  return { binary, checksum };
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
}

interface Package {
  readonly folder: string;
  readonly files: readonly string[];
  readonly cacheDirectory: string;
}

/** Cached until one of the files changes. */
async function checksumOf({ folder, files, cacheDirectory }: Package): Promise<string> {
  const stamp = JSON.stringify(await Promise.all(files.map(stampOf)));
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  const kept = join(cacheDirectory, 'terraform', 'checksums', name);
  const [keptStamp, keptChecksum] = (await readOptionalFile(kept))?.split('\n') ?? [];
  if (keptStamp === stamp && keptChecksum !== undefined) return keptChecksum;
  const checksum = await packageChecksum(folder, files);
  await writeFileAtomically(kept, `${stamp}\n${checksum}\n`);
  return checksum;
}

/** Users cannot set the change time (ctime). */
async function stampOf(file: string): Promise<readonly string[]> {
  const { size, mtimeNs, ctimeNs, ino, dev } = await stat(file, { bigint: true });
  return [file, ...[size, mtimeNs, ctimeNs, ino, dev].map(String)];
}

/** Go's checksum of a folder, `h1:`; https://pkg.go.dev/golang.org/x/mod/sumdb/dirhash#Hash1 */
async function packageChecksum(folder: string, files: readonly string[]): Promise<string> {
  const named = files.map((file) => ({ file, name: relative(folder, file).replaceAll('\\', '/') }));
  const all = createHash('sha256');
  for (const { file, name } of named.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    all.update(`${await fileChecksum(file)}  ${name}\n`);
  }
  return `h1:${all.digest('base64')}`;
}

const CHUNK_BYTES = 2 ** 20;

async function fileChecksum(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: CHUNK_BYTES })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
