import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TerraformRelease } from '../download-terraform';

/** A release whose archive holds a script that says which version it is. Each step can be replaced. */
export function fakeRelease(overrides: Partial<TerraformRelease> = {}): TerraformRelease {
  return {
    getBuild: (os, arch) => ({
      url: `https://releases.hashicorp.com/terraform_${os}_${arch}.zip`,
      filename: `terraform_${os}_${arch}.zip`,
    }),
    download: async (_url, path) => {
      await writeFile(path, 'archive');
    },
    verify: () => Promise.resolve(),
    unpack: async (directory) => {
      await writeFile(join(directory, 'terraform'), '#!/bin/sh\necho Terraform v1.11.4\n');
    },
    ...overrides,
  };
}
