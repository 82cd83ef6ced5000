import { createHash } from 'node:crypto';
import { chmod, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { retry } from '@nightshift/errors';
import { isFile, withFileLock } from '@nightshift/files';
import type { TerraformBinary } from './terraform-version';

/** The version to download if none is installed; the same as in `.tool-versions`. */
export const DOWNLOADED_VERSION = '1.11.4';

/**
 * SHA-256 of the archives, by platform. They are pinned here, because the library does not verify the signature of the published checksums.
 * Update them with the version: https://releases.hashicorp.com/terraform/1.11.4/terraform_1.11.4_SHA256SUMS.
 * Package managers pin the same ones: https://github.com/chromebrew/chromebrew/blob/master/packages/terraform.rb (Linux),
 * https://github.com/microsoft/winget-pkgs/tree/master/manifests/h/Hashicorp/Terraform/1.11.4 (Windows).
 */
export const ARCHIVE_SHA256: Readonly<Record<string, string>> = {
  darwin_amd64: 'a56d5002b9f7647291faccc3dd1a70350e60fb61e4c45037629508b8fdc2575b',
  darwin_arm64: '867e0808fa971217043e25b7a792b10720c79b1546f8a68479b74f138be73e18',
  linux_386: '8e4bd232ce8b0cde2a90132a9c4d25665791c7a48bbb159f5cd4988265d10372',
  linux_amd64: '1ce994251c00281d6845f0f268637ba50c0005657eb3cf096b92f753b42ef4dc',
  linux_arm: '3cf072a049ab0178e9cbec47a14712ba7f38cc8ef061f3a7c0ff57b83d320edd',
  linux_arm64: 'a43d1d0da9b9bab214a8305a39db0e40869572594ccf50c416a7756499143633',
  windows_386: '61da1ff3dc081fbaa9a032327dafebc311df55f04ad5f8749d92a9b6c1790f40',
  windows_amd64: '4e1dc85419dda723f2bb3afdf63a0d282a2de858588d56dd57d2e4e4c4c83f2b',
};

/** The used fields of a release of `@hashicorp/js-releases`. */
export interface TerraformRelease {
  readonly getBuild: (os: string, arch: string) => { readonly url: string; readonly filename: string } | undefined;
  readonly download: (url: string, path: string, userAgent: string) => Promise<void>;
  readonly unpack: (directory: string, path: string) => Promise<void>;
}

export type GetRelease = (product: string, version: string, userAgent: string) => Promise<TerraformRelease>;

export interface DownloadOptions {
  readonly cacheDirectory: string;
  readonly platform: Platform;
  readonly onProgress: (message: string) => void;
  readonly askVersion: (path: string) => Promise<TerraformBinary | undefined>;
  /** @default - releases.hashicorp.com */
  readonly getRelease?: GetRelease | undefined;
  /** @default - those that are pinned here */
  readonly archiveSha256?: Readonly<Record<string, string>> | undefined;
}

const USER_AGENT = 'nightshift';

/** `unpack` reports the end shortly before it has written the last bytes. */
const UNPACK_ATTEMPTS = 20;

const UNPACK_POLL_MILLISECONDS = 100;

/** The path of a downloaded Terraform; the file may not exist yet. */
export function downloadedTerraform({
  cacheDirectory,
  platform,
}: Pick<DownloadOptions, 'cacheDirectory' | 'platform'>) {
  const path = join(
    cacheDirectory,
    'terraform',
    DOWNLOADED_VERSION,
    `terraform${platform.os === 'windows' ? '.exe' : ''}`,
  );
  return { path, version: DOWNLOADED_VERSION, product: 'terraform' } as const satisfies TerraformBinary;
}

/**
 * Downloads Terraform, verifies it and stores it in the cache. Concurrent processes download it once.
 *
 * @throws {Error} when it cannot be downloaded.
 */
export async function downloadTerraform(options: DownloadOptions): Promise<TerraformBinary> {
  const binary = downloadedTerraform(options);
  const directory = join(options.cacheDirectory, 'terraform', DOWNLOADED_VERSION);
  const onWait = () => {
    options.onProgress(`waiting for another process that downloads Terraform ${DOWNLOADED_VERSION}`);
  };
  return await withFileLock({ path: `${directory}.lock`, onWait }, async () => {
    if (await isFile(binary.path)) return binary;
    const draft = `${directory}.new`;
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { recursive: true });
    await fetchInto(draft, options);
    await rename(draft, directory);
    return binary;
  });
}

async function fetchInto(directory: string, options: DownloadOptions): Promise<void> {
  const { platform, onProgress, askVersion, getRelease = fromHashicorp, archiveSha256 = ARCHIVE_SHA256 } = options;
  const { os, arch } = platform;
  const expected = archiveSha256[`${os}_${arch}`];
  if (expected === undefined) throw new Error(`no checksum is pinned for ${os}_${arch}`);
  onProgress(`looking for Terraform ${DOWNLOADED_VERSION} at releases.hashicorp.com`);
  const release = await getRelease('terraform', DOWNLOADED_VERSION, USER_AGENT);
  const build = release.getBuild(os, arch);
  if (!build) throw new Error(`HashiCorp has no build for ${os}_${arch}`);
  const archive = join(directory, build.filename);
  onProgress(`downloading ${build.url}`);
  await release.download(build.url, archive, USER_AGENT);
  onProgress(`checking and unpacking ${build.filename}`);
  const found = createHash('sha256')
    .update(await readFile(archive))
    .digest('hex');
  if (found !== expected) {
    await rm(archive);
    throw new Error(`${build.filename} has the SHA-256 ${found}, and not ${expected}`);
  }
  await release.unpack(directory, archive);
  await rm(archive);
  const path = join(directory, basename(downloadedTerraform(options).path));
  await chmod(path, 0o755);
  const runs = async () => {
    const found = await askVersion(path);
    if (found?.version !== DOWNLOADED_VERSION) throw new Error(`${build.filename} does not run on this machine`);
  };
  await retry(runs, {
    attempts: UNPACK_ATTEMPTS,
    pause: () => sleep(UNPACK_POLL_MILLISECONDS),
  });
}

/** Imported on use, because it contains an HTTP client and OpenPGP. */
const fromHashicorp: GetRelease = async (product, version, userAgent) => {
  const { getRelease } = await import('@hashicorp/js-releases');
  return await getRelease(product, version, userAgent);
};

/** An operating system and a processor in HashiCorp's terms; `<os>_<arch>` in the names of packages. */
export interface Platform {
  readonly os: string;
  readonly arch: string;
}

/** https://nodejs.org/api/process.html#processplatform */
const systems: Readonly<Record<string, string>> = { win32: 'windows' };

/** https://nodejs.org/api/process.html#processarch */
const processors: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386' };

/** The platform of a Node.js `process` in HashiCorp's terms, if they differ. */
export function platformOf({ platform, arch }: Pick<NodeJS.Process, 'platform' | 'arch'>): Platform {
  return { os: systems[platform] ?? platform, arch: processors[arch] ?? arch };
}
