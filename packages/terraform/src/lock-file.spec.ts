import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LOCK_FILE, lockedProviderVersion, PROVIDER } from './lock-file';
import { temporaryDirectory } from './testing/temporary-directory';

describe('the committed lock file', () => {
  it('pins the AWS provider that the generated constructs are made for', () => {
    expect(lockedProviderVersion()).toBe('5.100.0');
  });

  it('holds checksums of the zip files and of unpacked providers', () => {
    const text = readFileSync(LOCK_FILE, 'utf8');
    expect(text).toContain(`provider "${PROVIDER}"`);
    expect(text.match(/"h1:/g)).toHaveLength(3);
    expect(text.match(/"zh:/g)?.length).toBeGreaterThan(10);
  });
});

describe('lockedProviderVersion', () => {
  const directory = temporaryDirectory();

  it('fails when the lock file names no version', async () => {
    const file = join(directory(), '.terraform.lock.hcl');
    await writeFile(file, '# empty\n');
    expect(() => lockedProviderVersion(file)).toThrow(`${file}: no version of registry.terraform.io/hashicorp/aws`);
  });
});
