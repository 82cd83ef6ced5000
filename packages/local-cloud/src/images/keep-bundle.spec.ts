import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@nightshift/files/temporary-directory';
import { keepBundle } from './keep-bundle';

describe('keepBundle', () => {
  const root = temporaryDirectory();

  it('keeps it in a file that is called after its digest, as often as it is asked', async () => {
    const folder = join(root(), 'bundles');
    for (const text of ['first', 'second']) {
      await keepBundle(folder, 'sha256:abc', Buffer.from(text));
      expect(readFileSync(join(folder, 'abc.js'), 'utf8')).toBe(text);
    }
  });
});
