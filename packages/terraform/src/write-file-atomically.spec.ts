import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from './testing/temporary-directory';
import { writeFileAtomically } from './write-file-atomically';

describe('writeFileAtomically', () => {
  const directory = temporaryDirectory();

  it('creates the directory, replaces the file and leaves no draft, whoever writes beside it', async () => {
    const path = join(directory(), 'a', 'b', 'file');
    await writeFileAtomically(path, 'old');
    const texts = ['one', 'two', 'three'];
    await Promise.all(texts.map((text) => writeFileAtomically(path, text)));
    expect(texts).toContain(await readFile(path, 'utf8'));
    expect(await readdir(join(directory(), 'a', 'b'))).toEqual(['file']);
  });
});
