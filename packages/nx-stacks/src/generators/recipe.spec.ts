import { GeneratorRun } from '../testing/generator-run';
import { type Edit, follow } from './recipe';

describe('an edit of a list', () => {
  let generator: GeneratorRun;
  beforeEach(() => {
    generator = new GeneratorRun();
  });

  const edit = (path: string, place: Edit['place']) => {
    follow(generator.tree, { files: {}, edits: [{ path, insert: 'a', place }], byHand: [] });
  };
  const todo =
    'follow the recipe of CONTRIBUTING.md by hand, or correct the place in packages/nx-stacks/src/generators';

  it.each<[Edit['place'], string]>([
    [{ before: 'x\n' }, '"x", got 2'],
    [{ after: 'z' }, '"z", got 0'],
    [{ among: /^y/ }, '"/^y/", got 0'],
  ])('requires exactly one place %o', (place, problem) => {
    generator.tree.write('list.ts', 'x\nx\n');
    expect(() => {
      edit('list.ts', place);
    }).toThrow(`list.ts: cannot insert "a": the file must have one place ${problem} - ${todo}`);
  });

  it('requires its file', () => {
    expect(() => {
      edit('lost.ts', { before: 'x' });
    }).toThrow(
      'lost.ts: the file does not exist - restore it, or correct the path in packages/nx-stacks/src/generators',
    );
  });
});
