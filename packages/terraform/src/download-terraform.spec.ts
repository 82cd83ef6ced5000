import { readFileSync } from 'node:fs';
import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getRelease as hashicorpRelease } from '@hashicorp/js-releases';
import { temporaryDirectory } from '@nightshift/files/temporary-directory';
import {
  ARCHIVE_SHA256,
  DOWNLOADED_VERSION,
  downloadedTerraform,
  downloadTerraform,
  type GetRelease,
  platformOf,
  type TerraformRelease,
} from './download-terraform';
import { runProcess } from './run-process';
import { askVersion } from './terraform-version';
import { fakeRelease, fakeSha256 } from './testing/fake-release';

jest.mock('@hashicorp/js-releases', () => ({ getRelease: jest.fn() }));

describe('DOWNLOADED_VERSION', () => {
  it('is the one in .tool-versions', () => {
    const text = readFileSync(join(__dirname, '..', '..', '..', '.tool-versions'), 'utf8');
    expect(text).toContain(`terraform ${DOWNLOADED_VERSION}\n`);
  });
});

describe('ARCHIVE_SHA256', () => {
  it('has the checksum for each supported platform', () => {
    for (const platform of ['linux_amd64', 'linux_arm64', 'darwin_amd64', 'darwin_arm64']) {
      expect(ARCHIVE_SHA256[platform]).toMatch(/^[0-9a-f]{64}$/);
    }
    expect(new Set(Object.values(ARCHIVE_SHA256)).size).toBe(Object.keys(ARCHIVE_SHA256).length);
  });
});

describe('downloadedTerraform', () => {
  it('has the file name of its platform', () => {
    const of = (os: string) => downloadedTerraform({ cacheDirectory: '/c', platform: { os, arch: 'amd64' } }).path;
    expect(of('linux')).toBe('/c/terraform/1.11.4/terraform');
    expect(of('windows')).toBe('/c/terraform/1.11.4/terraform.exe');
  });
});

describe('downloadTerraform', () => {
  const cache = temporaryDirectory();

  async function download(release: Partial<TerraformRelease> = {}, arch = 'amd64') {
    const progress: string[] = [];
    const getRelease = jest.fn<ReturnType<GetRelease>, Parameters<GetRelease>>(() =>
      Promise.resolve(fakeRelease(release)),
    );
    const binary = await downloadTerraform({
      cacheDirectory: cache(),
      platform: { os: 'linux', arch },
      onProgress: (message) => progress.push(message),
      askVersion: (path) => askVersion(path, { env: {}, cwd: '/', run: runProcess }),
      getRelease,
      archiveSha256: fakeSha256,
    });
    return { binary, progress, getRelease };
  }

  it('downloads, checks and unpacks, reports each step, and leaves nothing else in the cache', async () => {
    const { binary, progress, getRelease } = await download();
    expect(binary).toEqual({
      path: join(cache(), 'terraform', '1.11.4', 'terraform'),
      version: '1.11.4',
      product: 'terraform',
    });
    expect(getRelease).toHaveBeenCalledWith('terraform', '1.11.4', 'nightshift');
    expect(progress).toEqual([
      'looking for Terraform 1.11.4 at releases.hashicorp.com',
      'downloading https://releases.hashicorp.com/terraform_linux_amd64.zip',
      'checking and unpacking terraform_linux_amd64.zip',
    ]);
    expect(await readdir(join(cache(), 'terraform'))).toEqual(['1.11.4']);
    expect(await readdir(join(cache(), 'terraform', '1.11.4'))).toEqual(['terraform']);
    expect((await stat(binary.path)).mode & 0o111).toBe(0o111);
  });

  it('downloads once for several simultaneous callers', async () => {
    const fetched = jest.fn(async (_url: string, path: string) => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      await writeFile(path, 'archive');
    });
    const results = await Promise.all([download({ download: fetched }), download({ download: fetched })]);
    expect(fetched).toHaveBeenCalledTimes(1);
    expect(results.flatMap(({ progress }) => progress)).toContain(
      'waiting for another process that downloads Terraform 1.11.4',
    );
  });

  it('waits until the binary is complete', async () => {
    const unpack = async (directory: string) => {
      await writeFile(join(directory, 'terraform'), '#!/bin/sh\n');
      setTimeout(() => void writeFile(join(directory, 'terraform'), '#!/bin/sh\necho Terraform v1.11.4\n'), 150);
    };
    expect((await download({ unpack })).binary.version).toBe('1.11.4');
  });

  it('refuses a download that does not run', async () => {
    const unpack = async (directory: string) => {
      await writeFile(join(directory, 'terraform'), '#!/bin/sh\n');
    };
    await expect(download({ unpack })).rejects.toThrow('terraform_linux_amd64.zip does not run on this machine');
    expect(await readdir(join(cache(), 'terraform'))).toEqual(['1.11.4.new']);
  });

  it('starts again after a failed download', async () => {
    const broken = () => Promise.reject(new Error('socket hang up'));
    await expect(download({ download: broken })).rejects.toThrow('socket hang up');
    expect((await download()).binary.version).toBe('1.11.4');
    expect(await readdir(join(cache(), 'terraform'))).toEqual(['1.11.4']);
  });

  it('refuses an archive with a different checksum than the pinned one', async () => {
    const other = (_url: string, path: string) => writeFile(path, 'another archive');
    await expect(download({ download: other })).rejects.toThrow(
      'terraform_linux_amd64.zip has the SHA-256 2c69436dc18e5782410cdfa0e5e728985a4e51939a2ba73998e933e9921fed02, and not 0eb3e36bfb24dcd9bb1d1bece1531216b59539a8fde17ee80224af0653c92aa3',
    );
    expect(await readdir(join(cache(), 'terraform', '1.11.4.new'))).toEqual([]);
  });

  it('downloads nothing without a pinned checksum', async () => {
    const getBuild = jest.fn();
    await expect(download({ getBuild }, 'riscv64')).rejects.toThrow('no checksum is pinned for linux_riscv64');
    expect(getBuild).not.toHaveBeenCalled();
  });

  it('fails if HashiCorp has no build for the platform', async () => {
    await expect(download({ getBuild: () => undefined })).rejects.toThrow('HashiCorp has no build for linux_amd64');
  });

  it("downloads from HashiCorp's release site by default", async () => {
    jest.mocked(hashicorpRelease).mockRejectedValue(new Error('connect ECONNREFUSED'));
    const options = {
      cacheDirectory: cache(),
      platform: { os: 'linux', arch: 'amd64' },
      onProgress: () => undefined,
      askVersion: () => Promise.resolve(undefined),
    };
    await expect(downloadTerraform(options)).rejects.toThrow('connect ECONNREFUSED');
    expect(hashicorpRelease).toHaveBeenCalledWith('terraform', '1.11.4', 'nightshift');
  });
});

describe('platformOf', () => {
  it.each([
    ['linux', 'x64', { os: 'linux', arch: 'amd64' }],
    ['darwin', 'arm64', { os: 'darwin', arch: 'arm64' }],
    ['win32', 'ia32', { os: 'windows', arch: '386' }],
  ] as const)('names %s %s as HashiCorp does', (platform, arch, expected) => {
    expect(platformOf({ platform, arch })).toEqual(expected);
  });
});
