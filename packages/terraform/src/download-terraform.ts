import { chmod, mkdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { withFileLock } from './file-lock';
import { isFile } from './is-file';
import type { Platform } from './platform';
import type { TerraformBinary } from './terraform-binary';

/** The version that is downloaded where none is installed; `.tool-versions` says the same. */
export const DOWNLOADED_VERSION = '1.11.4';

/** What is used of a release of `@hashicorp/js-releases`. */
export interface TerraformRelease {
  readonly getBuild: (os: string, arch: string) => { readonly url: string; readonly filename: string } | undefined;
  readonly download: (url: string, path: string, userAgent: string) => Promise<void>;
  /** @throws when the checksum that HashiCorp publishes is another one. */
  readonly verify: (path: string, filename: string) => Promise<void>;
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
}

const USER_AGENT = 'nightshift';

/** `unpack` reports the end a little before the last bytes are written. */
const UNPACK_ATTEMPTS = 20;
const UNPACK_POLL_MILLISECONDS = 100;

/** Where a downloaded Terraform is, whether it is there or not. */
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
 * Downloads Terraform, checks it and puts it into the cache: once, whoever else wants it at the same time.
 *
 * @throws {Error} when it cannot be had.
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
  const { platform, onProgress, askVersion, getRelease = fromHashicorp } = options;
  const { os, arch } = platform;
  onProgress(`looking for Terraform ${DOWNLOADED_VERSION} at releases.hashicorp.com`);
  const release = await getRelease('terraform', DOWNLOADED_VERSION, USER_AGENT);
  const build = release.getBuild(os, arch);
  if (!build) throw new Error(`there is none for ${os}_${arch}`);
  const archive = join(directory, build.filename);
  onProgress(`downloading ${build.url}`);
  await release.download(build.url, archive, USER_AGENT);
  onProgress(`checking and unpacking ${build.filename}`);
  await release.verify(archive, build.filename);
  await release.unpack(directory, archive);
  await rm(archive);
  const path = join(directory, basename(downloadedTerraform(options).path));
  await chmod(path, 0o755);
  for (let attempt = 1; (await askVersion(path))?.version !== DOWNLOADED_VERSION; attempt += 1) {
    if (attempt === UNPACK_ATTEMPTS) throw new Error(`${build.filename} holds no Terraform that runs here`);
    await sleep(UNPACK_POLL_MILLISECONDS);
  }
}

/** Loaded only here: it brings an HTTP client and OpenPGP. */
const fromHashicorp: GetRelease = async (product, version, userAgent) => {
  const { getRelease } = await import('@hashicorp/js-releases');
  return await getRelease(product, version, userAgent);
};
