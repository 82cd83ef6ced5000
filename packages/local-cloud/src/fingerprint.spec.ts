import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeFingerprint, fingerprintOf } from './fingerprint';
import { makeWorkspace } from './testing/fake-machine';
import { temporaryDirectory } from '@nightshift/files/temporary-directory';

describe('fingerprintOf', () => {
  it('is short, and the same for the same texts only', () => {
    expect(fingerprintOf('a', 'b')).toMatch(/^[0-9a-f]{12}$/);
    expect(fingerprintOf('a', 'b')).toBe(fingerprintOf('a', 'b'));
    expect(fingerprintOf('a', 'b')).not.toBe(fingerprintOf('ab'));
  });
});

describe('codeFingerprint', () => {
  const root = temporaryDirectory();
  const python = () => join(root(), 'packages', 'local-cloud', 'python');

  it.each([
    ['changes with a module', 'nightshift_cloud/server.py', false],
    ['changes with a new module', 'nightshift_cloud/new.py', false],
    ['changes with a module of a package', 'nightshift_cloud/proxy/new.py', false],
    ['changes with the requirements', 'requirements.txt', false],
    ['stays the same with other files', 'nightshift_cloud/notes.txt', true],
  ])('%s', async (_title, file, same) => {
    await makeWorkspace(root());
    const before = await codeFingerprint(python());
    await mkdir(join(python(), 'nightshift_cloud', 'proxy'));
    await writeFile(join(python(), file), 'changed');
    expect((await codeFingerprint(python())) === before).toBe(same);
  });
});
