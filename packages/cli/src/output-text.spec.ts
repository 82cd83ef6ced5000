import { createColors } from 'picocolors';
import { checklistLine } from './output-text';

describe('checklistLine', () => {
  const plain = createColors(false);

  it('is one line for what was found', () => {
    expect(checklistLine({ mark: 'OK', title: 'versioning', detail: 'already so' }, plain)).toBe(
      '  [OK] versioning: already so\n',
    );
  });

  it('puts the remedy below', () => {
    const item = { mark: 'FAIL', title: 'Python', detail: 'is missing', remedy: 'install it' } as const;
    expect(checklistLine(item, plain)).toBe('  [FAIL] Python: is missing\n       -> install it\n');
  });

  it('is green, red or yellow on a terminal', () => {
    const colours = createColors(true);
    const marks = (['OK', 'FAIL', 'SKIP'] as const).map((mark) =>
      checklistLine({ mark, title: 'a', detail: 'b' }, colours),
    );
    expect(marks).toEqual([
      '  \u001b[32m[OK]\u001b[39m a: b\n',
      '  \u001b[31m[FAIL]\u001b[39m a: b\n',
      '  \u001b[33m[SKIP]\u001b[39m a: b\n',
    ]);
  });
});
