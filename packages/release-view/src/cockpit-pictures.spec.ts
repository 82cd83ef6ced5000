import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { span } from '@nightshift/console';
import { cockpitPictures, svgPicture } from './cockpit-pictures';

const images = join(__dirname, '..', '..', '..', 'docs', 'images');

describe('the pictures of the cockpit in docs/releases.md', () => {
  it.each(Object.entries(cockpitPictures()))(
    '%s is up to date; if not, run: npm run pictures -w packages/release-view',
    (name, picture) => {
      expect(readFileSync(join(images, name), 'utf8')).toBe(picture);
    },
  );
});

describe('svgPicture', () => {
  it('has position, length and colour of each part of a line', () => {
    const lines = [[span('a < b', 'bold'), span('  '), span('計', 'red')], [], [span('x')]];
    expect(svgPicture(lines, 10, 'a & b').split('\n')).toEqual([
      expect.stringMatching(/^<svg [^>]*width="116" height="92"/) as unknown,
      '  <title>a &amp; b</title>',
      '  <rect width="100%" height="100%" rx="8" fill="#1b1e24"/>',
      '  <text x="16.0" y="31" fill="#ffffff" font-weight="bold" textLength="42.0" lengthAdjust="spacingAndGlyphs" xml:space="preserve">a &lt; b</text>',
      '  <text x="74.8" y="31" fill="#ff7b72" textLength="16.8" lengthAdjust="spacingAndGlyphs" xml:space="preserve">計</text>',
      '  <text x="16.0" y="71" fill="#d4d7dd" textLength="8.4" lengthAdjust="spacingAndGlyphs" xml:space="preserve">x</text>',
      '</svg>',
      '',
    ]);
  });
});
