import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readOptionalFile } from './optional-file';
import { temporaryFolder } from './testing/temporary-folder';

describe('readOptionalFile', () => {
  const folder = temporaryFolder();

  it('gives the text of a file', async () => {
    await writeFile(join(folder(), 'a'), 'text');
    expect(await readOptionalFile(join(folder(), 'a'))).toBe('text');
  });

  it('gives nothing where there is no file', async () => {
    expect(await readOptionalFile(join(folder(), 'a'))).toBeUndefined();
  });

  it('fails where it cannot be read', async () => {
    await expect(readOptionalFile(folder())).rejects.toThrow('EISDIR');
  });
});
