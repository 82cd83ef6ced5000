import { readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { temporaryDirectory } from './temporary-directory';
import { isFile, readOptionalDirectory, readOptionalFile, writeFileAtomically } from './whole-files';

const directory = temporaryDirectory();
const at = (...names: string[]) => join(directory(), ...names);

describe('readOptionalFile', () => {
  it('reads a file', async () => {
    await writeFile(at('a'), 'text');
    expect(await readOptionalFile(at('a'))).toBe('text');
  });

  it('returns undefined if the file does not exist', async () => {
    expect(await readOptionalFile(at('a'))).toBeUndefined();
  });

  it('fails if the file cannot be read', async () => {
    await expect(readOptionalFile(directory())).rejects.toMatchObject({ code: 'EISDIR' });
  });
});

describe('readOptionalDirectory', () => {
  it('lists a directory, and nothing if it does not exist', async () => {
    await writeFile(at('a'), '');
    expect(await readOptionalDirectory(directory())).toEqual(['a']);
    expect(await readOptionalDirectory(at('b'))).toEqual([]);
    await expect(readOptionalDirectory(at('a'))).rejects.toMatchObject({ code: 'ENOTDIR' });
  });
});

describe('isFile', () => {
  it('accepts files and links to files only', async () => {
    await writeFile(at('file'), '');
    await symlink(at('file'), at('link'));
    await symlink(at('nothing'), at('dangling'));
    const answers = [at('file'), at('link'), directory(), at('nothing'), at('dangling')].map(isFile);
    expect(await Promise.all(answers)).toEqual([true, true, false, false, false]);
  });
});

describe('writeFileAtomically', () => {
  it('creates the directory, replaces the file and leaves no temporary file, also with several writers', async () => {
    await writeFileAtomically(at('a', 'b', 'file'), 'old');
    const texts = ['one', 'two', 'three'];
    await Promise.all(texts.map((text) => writeFileAtomically(at('a', 'b', 'file'), text)));
    expect(texts).toContain(await readFile(at('a', 'b', 'file'), 'utf8'));
    expect(await readdir(at('a', 'b'))).toEqual(['file']);
  });

  it('leaves no temporary file if it fails', async () => {
    await expect(writeFileAtomically(directory(), 'text')).rejects.toMatchObject({ code: 'EISDIR' });
    expect(await readdir(dirname(directory()))).not.toContainEqual(
      expect.stringContaining(`${basename(directory())}.`),
    );
  });
});
