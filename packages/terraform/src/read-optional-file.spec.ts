import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readOptionalFile } from './read-optional-file';
import { temporaryDirectory } from './testing/temporary-directory';

describe('readOptionalFile', () => {
  const directory = temporaryDirectory();

  it('reads a file', async () => {
    await writeFile(join(directory(), 'a'), 'text');
    expect(await readOptionalFile(join(directory(), 'a'))).toBe('text');
  });

  it('has nothing where there is no file', async () => {
    expect(await readOptionalFile(join(directory(), 'a'))).toBeUndefined();
  });

  it('fails when what is there cannot be read', async () => {
    await expect(readOptionalFile(directory())).rejects.toMatchObject({ code: 'EISDIR' });
  });
});
