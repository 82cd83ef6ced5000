import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isFile, writeFileAtomically } from '@nightshift/files';
import type { Platform } from './download-terraform';
import type { ProcessEnvironment } from './run-process';
import { setting } from './terraform-environment';

/** Pins the AWS provider of all stacks: version and checksums. Committed beside this package's `package.json`. */
export const LOCK_FILE = join(__dirname, '..', '.terraform.lock.hcl');

/** The path of the AWS provider in a mirror. */
export const PROVIDER = 'registry.terraform.io/hashicorp/aws';

/** The pinned version of the AWS provider, such as `5.100.0`. @throws {Error} when the lock file names none. */
export function lockedProviderVersion(lockFile = LOCK_FILE): string {
  const [, version] = /^\s*version\s*=\s*"([^"]+)"/m.exec(readFileSync(lockFile, 'utf8')) ?? [];
  if (version === undefined) throw new Error(`${lockFile}: no version of ${PROVIDER}`);
  return version;
}

/** One build of the AWS provider. */
export interface ProviderPackage {
  readonly version: string;
  readonly platform: Platform;
}

/**
 * The packaging of a provider in a directory, if it contains one;
 * https://developer.hashicorp.com/terraform/cli/config/config-file#filesystem_mirror
 */
export async function packagingIn(
  directory: string,
  { version, platform: { os, arch } }: ProviderPackage,
): Promise<'unpacked' | 'packed' | undefined> {
  const provider = join(directory, PROVIDER);
  const unpacked = await stat(join(provider, version, `${os}_${arch}`)).catch(() => undefined);
  if (unpacked?.isDirectory()) return 'unpacked';
  const archive = `terraform-provider-aws_${version}_${os}_${arch}.zip`;
  return (await isFile(join(provider, archive))) ? 'packed' : undefined;
}

interface Places {
  readonly env: ProcessEnvironment;
  readonly home: string;
  readonly cwd: string;
  readonly mirrorParents: readonly string[];
}

/** The first directory of this machine with the provider. */
export async function findMirror(provider: ProviderPackage, places: Places): Promise<string | undefined> {
  const inParents = await Promise.all(places.mirrorParents.map(subdirectories));
  const candidates = [...impliedMirrors(provider.platform, places), ...inParents.flat()];
  const packagings = await Promise.all(candidates.map((directory) => packagingIn(directory, provider)));
  return candidates.find((_, index) => packagings[index] !== undefined);
}

/**
 * The implied mirrors of Terraform, in its order;
 * https://developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories
 */
function impliedMirrors({ os }: Platform, { env, home, cwd }: Places): readonly string[] {
  const everywhere = join(cwd, 'terraform.d', 'plugins');
  const xdg = (directory: string) => join(directory, 'terraform', 'plugins');
  switch (os) {
    case 'windows': {
      const data = setting(env, 'APPDATA') ?? join(home, 'AppData', 'Roaming');
      return [everywhere, join(data, 'terraform.d', 'plugins'), join(data, 'HashiCorp', 'Terraform', 'plugins')];
    }
    case 'darwin': {
      const support = join('Library', 'Application Support', 'io.terraform', 'plugins');
      return [everywhere, join(home, '.terraform.d', 'plugins'), join(home, support), join('/', support)];
    }
    default: {
      const own = setting(env, 'XDG_DATA_HOME') ?? join(home, '.local', 'share');
      const shared = (setting(env, 'XDG_DATA_DIRS') ?? '/usr/local/share:/usr/share').split(':');
      return [everywhere, join(home, '.terraform.d', 'plugins'), ...[own, ...shared].map(xdg)];
    }
  }
}

async function subdirectories(parent: string): Promise<readonly string[]> {
  const names = await readdir(parent).catch(() => []);
  return names.sort().map((name) => join(parent, name));
}

/**
 * Writes a Terraform CLI configuration that installs the AWS provider from a mirror and every other provider from its registry;
 * https://developer.hashicorp.com/terraform/cli/config/config-file#provider-installation
 *
 * @returns its path, which changes with its content.
 */
export async function mirrorConfiguration(directory: string, cacheDirectory: string): Promise<string> {
  const content = `# Where Terraform finds the AWS provider on this machine. Generated.
provider_installation {
  filesystem_mirror {
    path    = ${JSON.stringify(directory)}
    include = ["${PROVIDER}"]
  }
  direct {
    exclude = ["${PROVIDER}"]
  }
}
`;
  const name = createHash('sha256').update(content).digest('hex').slice(0, 16);
  const path = join(cacheDirectory, 'terraform', `mirror-${name}.tfrc`);
  if (!(await isFile(path))) await writeFileAtomically(path, content);
  return path;
}
