import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LiveLines } from './live-lines';
import { temporaryDirectory } from './temporary-directory';

const directory = temporaryDirectory();

describe('the current work of programs', () => {
  it('is written by each program, and read by another one in the order of names', () => {
    const lines = new LiveLines(join(directory(), 'live'));
    expect(lines.read()).toEqual([]);
    lines.report('registry', { text: 'planning', since: 1 });
    lines.report('network', { text: 'planning', since: 2 });
    lines.report('network', { text: 'applying', since: 3 });
    expect(lines.read()).toEqual([
      { text: 'applying', since: 3 },
      { text: 'planning', since: 1 },
    ]);
    lines.report('network', undefined);
    lines.report('network', undefined);
    expect(lines.read()).toEqual([{ text: 'planning', since: 1 }]);
    lines.remove();
    expect(lines.read()).toEqual([]);
  });

  it('does not include a temporary file', () => {
    writeFileSync(join(directory(), 'network.json.new'), '{');
    expect(new LiveLines(directory()).read()).toEqual([]);
  });

  it('is not required to be writable', () => {
    const file = join(directory(), 'a-file');
    writeFileSync(file, '');
    new LiveLines(file).report('network', { text: 'planning', since: 1 });
    const occupied = join(directory(), 'occupied');
    mkdirSync(join(occupied, 'network.json', 'x'), { recursive: true });
    new LiveLines(occupied).report('network', undefined);
    expect(new LiveLines(file).read()).toEqual([]);
  });
});
