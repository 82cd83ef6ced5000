import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { mirrorConfiguration } from './mirror-configuration';
import { temporaryDirectory } from './testing/temporary-directory';

describe('mirrorConfiguration', () => {
  const cache = temporaryDirectory();

  it('takes the AWS provider from the mirror and the others from their registries', async () => {
    const path = await mirrorConfiguration('C:\\a "mirror"', cache());
    expect(dirname(path)).toBe(join(cache(), 'terraform'));
    expect(await readFile(path, 'utf8')).toBe(`# Where Terraform finds the AWS provider on this machine. Generated.
provider_installation {
  filesystem_mirror {
    path    = "C:\\\\a \\"mirror\\""
    include = ["registry.terraform.io/hashicorp/aws"]
  }
  direct {
    exclude = ["registry.terraform.io/hashicorp/aws"]
  }
}
`);
  });

  it('is written once for a mirror, and another for another', async () => {
    const path = await mirrorConfiguration('/opt/a', cache());
    const before = await stat(path);
    expect(await mirrorConfiguration('/opt/a', cache())).toBe(path);
    expect((await stat(path)).mtimeMs).toBe(before.mtimeMs);
    expect(await mirrorConfiguration('/opt/b', cache())).not.toBe(path);
  });
});
