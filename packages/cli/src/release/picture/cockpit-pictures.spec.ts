import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cockpitPictures } from './cockpit-pictures';

const images = join(__dirname, '..', '..', '..', '..', '..', 'docs', 'images');

describe('the pictures of the cockpit in docs/releases.md', () => {
  it.each(Object.entries(cockpitPictures()))(
    '%s is what operators see; if not, run: npm run pictures -w packages/cli',
    (name, picture) => {
      expect(readFileSync(join(images, name), 'utf8')).toBe(picture);
    },
  );
});
