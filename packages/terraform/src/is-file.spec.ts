import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isFile } from './is-file';
import { temporaryDirectory } from './testing/temporary-directory';

describe('isFile', () => {
  const directory = temporaryDirectory();

  it('knows files and links to files from directories and nothing', async () => {
    const at = (name: string) => join(directory(), name);
    await writeFile(at('file'), '');
    await symlink(at('file'), at('link'));
    await symlink(at('nothing'), at('dangling'));
    const answers = [at('file'), at('link'), directory(), at('nothing'), at('dangling')].map(isFile);
    expect(await Promise.all(answers)).toEqual([true, true, false, false, false]);
  });
});
