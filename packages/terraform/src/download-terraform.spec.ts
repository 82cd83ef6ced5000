import { readFileSync } from 'node:fs';
import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getRelease as hashicorpRelease } from '@hashicorp/js-releases';
import { askVersion } from './ask-version';
import {
  downloadedTerraform,
  downloadTerraform,
  DOWNLOADED_VERSION,
  type GetRelease,
  type TerraformRelease,
} from './download-terraform';
import { runProcess } from './run-process';
import { fakeRelease } from './testing/fake-release';
import { temporaryDirectory } from './testing/temporary-directory';

jest.mock('@hashicorp/js-releases', () => ({ getRelease: jest.fn() }));

describe('DOWNLOADED_VERSION', () => {
  it('is the one in .tool-versions', () => {
    const text = readFileSync(join(__dirname, '..', '..', '..', '.tool-versions'), 'utf8');
    expect(text).toContain(`terraform ${DOWNLOADED_VERSION}\n`);
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

  async function download(release: Partial<TerraformRelease> = {}) {
    const progress: string[] = [];
    const getRelease = jest.fn<ReturnType<GetRelease>, Parameters<GetRelease>>(() =>
      Promise.resolve(fakeRelease(release)),
    );
    const binary = await downloadTerraform({
      cacheDirectory: cache(),
      platform: { os: 'linux', arch: 'amd64' },
      onProgress: (message) => progress.push(message),
      askVersion: (path) => askVersion(path, { env: {}, cwd: '/', run: runProcess }),
      getRelease,
    });
    return { binary, progress, getRelease };
  }

  it('downloads, checks and unpacks, tells of each step, and leaves nothing else in the cache', async () => {
    const steps: string[] = [];
    const { binary, progress, getRelease } = await download({
      verify: (path, filename) => {
        steps.push(`${path.slice(cache().length)} ${filename}`);
        return Promise.resolve();
      },
    });
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
    expect(steps).toEqual(['/terraform/1.11.4.new/terraform_linux_amd64.zip terraform_linux_amd64.zip']);
    expect(await readdir(join(cache(), 'terraform'))).toEqual(['1.11.4']);
    expect(await readdir(join(cache(), 'terraform', '1.11.4'))).toEqual(['terraform']);
    expect((await stat(binary.path)).mode & 0o111).toBe(0o111);
  });

  it('downloads once when several want it at the same time', async () => {
    const verify = jest.fn(async () => {
      await new Promise((resolve) => setTimeout(resolve, 200));
    });
    const results = await Promise.all([download({ verify }), download({ verify })]);
    expect(verify).toHaveBeenCalledTimes(1);
    expect(results.flatMap(({ progress }) => progress)).toContain(
      'waiting for another process that downloads Terraform 1.11.4',
    );
  });

  it('waits until the binary is written to its end', async () => {
    const unpack = async (directory: string) => {
      await writeFile(join(directory, 'terraform'), '#!/bin/sh\n');
      setTimeout(() => void writeFile(join(directory, 'terraform'), '#!/bin/sh\necho Terraform v1.11.4\n'), 150);
    };
    expect((await download({ unpack })).binary.version).toBe('1.11.4');
  });

  it('takes nothing that does not run', async () => {
    const unpack = async (directory: string) => {
      await writeFile(join(directory, 'terraform'), '#!/bin/sh\n');
    };
    await expect(download({ unpack })).rejects.toThrow('terraform_linux_amd64.zip holds no Terraform that runs here');
    expect(await readdir(join(cache(), 'terraform'))).toEqual(['1.11.4.new']);
  });

  it('starts afresh after a download that failed', async () => {
    const verify = () => Promise.reject(new Error('SHA sum does not match'));
    await expect(download({ verify })).rejects.toThrow('SHA sum does not match');
    expect((await download()).binary.version).toBe('1.11.4');
    expect(await readdir(join(cache(), 'terraform'))).toEqual(['1.11.4']);
  });

  it('fails where HashiCorp has no build for the platform', async () => {
    await expect(download({ getBuild: () => undefined })).rejects.toThrow('there is none for linux_amd64');
  });

  it("asks HashiCorp's release site unless it is told another", async () => {
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
