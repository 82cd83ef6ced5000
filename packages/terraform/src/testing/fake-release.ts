import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TerraformRelease } from '../download-terraform';

/** The checksum of the archive of `fakeRelease`. */
export const fakeSha256 = { linux_amd64: '0eb3e36bfb24dcd9bb1d1bece1531216b59539a8fde17ee80224af0653c92aa3' };

/** A release whose archive contains a script that prints its version. Each step can be replaced. */
export function fakeRelease(overrides: Partial<TerraformRelease> = {}): TerraformRelease {
  return {
    getBuild: (os, arch) => ({
      url: `https://releases.hashicorp.com/terraform_${os}_${arch}.zip`,
      filename: `terraform_${os}_${arch}.zip`,
    }),
    download: async (_url, path) => {
      await writeFile(path, 'archive');
    },
    unpack: async (directory) => {
      await writeFile(join(directory, 'terraform'), '#!/bin/sh\necho Terraform v1.11.4\n');
    },
    ...overrides,
  };
}

/** Download options with `fakeRelease` and its checksum. */
export const fakeDownload = { getRelease: () => Promise.resolve(fakeRelease()), archiveSha256: fakeSha256 };
